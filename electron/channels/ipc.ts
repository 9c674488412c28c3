/** The desktop app's line: a MessagePort for our own window, and nothing for anybody else. */
import {
  type BrowserWindow,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
} from 'electron'
import type { Channel, Undo } from '#protocol/channel'
import type { Engine } from '../engine/engine'
import { Allowance } from './allowance'
import { exactBytes } from './exactBytes'
import { Inbox } from './inbox'

/** Host and scheme of the page; the page's own origin as the address bar would show it. */
export const pageOrigin = { scheme: 'loopscope', host: 'app' } as const

/** Lines that a page may ask for: one for each load. Who asks more often gets the next one later. */
const lines = { burst: 20, perSecond: 5 }
const laterMillis = 500

/** Gives the window a line to the engine each time its page asks for one, which it does after every load; the line before it ends. */
export function setUpLine(window: BrowserWindow, engine: Promise<Pick<Engine, 'attach'>>): void {
  const allowance = new Allowance(lines.burst, lines.perSecond)
  let detach: Undo | null = null
  let later: NodeJS.Timeout | undefined
  ipcMain.on('ls:ready', (event) => {
    if (!isOurs(event, window)) return
    // The frame must be kept now: read later, it may be gone.
    const frame = event.senderFrame
    const connect = (ready: Pick<Engine, 'attach'>) => {
      if (window.isDestroyed()) return
      detach?.()
      const { port1, port2 } = new MessageChannelMain()
      detach = ready.attach(portChannel(port1))
      frame?.postMessage('ls:port', null, [port2])
    }
    const grant = () => {
      engine.then(connect).catch((error: unknown) => console.error('Loopscope: the page got no line to the engine:', error))
    }
    clearTimeout(later)
    if (allowance.take()) grant()
    else later = setTimeout(grant, laterMillis)
  })
}

/** Whether a message comes from our page in our window and not from a frame in it or from anything it was led to. */
export function isOurs(event: IpcMainEvent | IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame
  if (!frame?.url || frame.parent || window.isDestroyed() || event.sender !== window.webContents) return false
  const { protocol, host } = new URL(frame.url)
  return protocol === `${pageOrigin.scheme}:` && host === pageOrigin.host
}

function portChannel<Out extends object>(port: MessagePortMain): Channel<unknown, Out | Uint8Array> {
  const inbox = new Inbox<unknown>()
  port.on('message', ({ data }) => inbox.deliver(data))
  port.on('close', () => inbox.end())
  port.start()
  return {
    // No transfer list: ArrayBuffers cannot be in it (Electron 22 crashes), so bytes are copied, and only they.
    send: (message) => port.postMessage(message instanceof Uint8Array ? exactBytes(message) : message),
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close(reason) {
      if (reason) console.error(`Loopscope: the line of the page was closed: ${reason}.`)
      inbox.discard()
      port.close()
    },
  }
}
