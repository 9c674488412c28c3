/** The desktop app's line, with a stand-in for Electron: who gets one, and how often. With the real one: tests/e2e/security.spec.ts. */
import type { BrowserWindow } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Channel } from '#protocol/channel'
import { setUpLine } from '../../electron/channels/ipc'

const electron = await vi.hoisted(async () => {
  const { EventEmitter } = await import('node:events')
  const ports: Port[] = []
  class Port extends EventEmitter {
    readonly sent: unknown[] = []
    closed = false
    constructor() {
      super()
      ports.push(this)
    }
    start = () => undefined
    postMessage = (message: unknown) => this.sent.push(message)
    close() {
      this.closed = true
    }
  }
  class MessageChannelMain {
    readonly port1 = new Port()
    readonly port2 = 'the page’s end'
  }
  return { ipcMain: new EventEmitter(), MessageChannelMain, ports }
})
vi.mock('electron', () => electron)

interface Frame {
  url: string
  parent: unknown
  readonly postMessage: ReturnType<typeof vi.fn>
}

const contents = {}
let destroyed: boolean
const window = { webContents: contents, isDestroyed: () => destroyed } as unknown as BrowserWindow
let attached: Channel<unknown, object | Uint8Array>[]
let frame: Frame
/** The page asks for a line. */
const ask = (more: object = {}) => electron.ipcMain.emit('ls:ready', { sender: contents, senderFrame: frame, ...more })
const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  destroyed = false
  attached = []
  electron.ports.length = 0
  electron.ipcMain.removeAllListeners()
  frame = { url: 'loopscope://app/', parent: null, postMessage: vi.fn() }
  const engine = {
    attach(line: Channel<unknown, object | Uint8Array>) {
      attached.push(line)
      return () => line.close()
    },
  }
  setUpLine(window, Promise.resolve(engine))
})
afterEach(() => void vi.useRealTimers())

test('our page gets a line, and a new one for the old when it asks again', async () => {
  ask()
  await settled()
  expect(frame.postMessage).toHaveBeenCalledExactlyOnceWith('ls:port', null, ['the page’s end'])
  ask()
  await settled()
  expect(attached).toHaveLength(2)
  expect(electron.ports.map(({ closed }) => closed)).toEqual([true, false])
})

test.each([
  ['another page', { url: 'https://app/' }, {}],
  ['a file', { url: 'file:///app/index.html' }, {}],
  ['our scheme with another host', { url: 'loopscope://evil/' }, {}],
  ['an address that only begins like ours', { url: 'loopscope://app.evil/' }, {}],
  ['a blank page', { url: 'about:blank' }, {}],
  ['a page that is still to come', { url: '' }, {}],
  ['a frame in our page', { parent: {} }, {}],
  ['another window with our page', {}, { sender: {} }],
  ['a frame that has gone', {}, { senderFrame: null }],
])('%s gets none', async (_who, change, more) => {
  Object.assign(frame, change)
  ask(more)
  await settled()
  expect(attached).toEqual([])
  expect(frame.postMessage).not.toHaveBeenCalled()
})

test('nobody gets one when the window has gone meanwhile', async () => {
  ask()
  destroyed = true
  await settled()
  expect(attached).toEqual([])
})

test('a page that asks without end gets few lines, and one in the end', async () => {
  for (let n = 0; n < 10_000; n++) ask()
  await settled()
  const atOnce = attached.length
  expect(atOnce).toBeLessThanOrEqual(20)
  expect(atOnce).toBeGreaterThan(3)
  await vi.advanceTimersByTimeAsync(1000)
  expect(attached).toHaveLength(atOnce + 1)
  expect(electron.ports.filter(({ closed }) => !closed)).toHaveLength(1)
})

test('bytes leave alone, without the buffer that they are a part of', async () => {
  ask()
  await settled()
  attached[0]!.send(new Uint8Array(1000).subarray(1, 3))
  expect((electron.ports[0]!.sent[0] as Uint8Array).buffer.byteLength).toBe(2)
})

test('a line that is closed for a reason says it on the console', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  ask()
  await settled()
  attached[0]!.close('too much')
  expect(said.mock.calls.map(String)).toEqual(['Loopscope: the line of the page was closed: too much.'])
  expect(electron.ports[0]!.closed).toBe(true)
})
