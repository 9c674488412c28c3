import { expect, test } from 'vitest'
import { desktopHost, isOwnPort } from '../../renderer/host/desktopHost'
import type { Connection } from '../../renderer/state/connection'

function ownWindow() {
  let listen: (event: MessageEvent) => void = () => undefined
  const own = {
    location: { origin: 'app://loopscope' },
    addEventListener: (_: string, listener: typeof listen) => {
      listen = listener
    },
  } as unknown as Window
  const message = (port: MessagePort, more: Partial<MessageEvent> = {}) =>
    ({ source: own, origin: 'app://loopscope', data: { kind: 'ls:port' }, ports: [port], ...more }) as unknown as MessageEvent
  return { own, message, deliver: (event: MessageEvent) => listen(event) }
}

test('the port comes only from this window itself', () => {
  const { own, message } = ownWindow()
  const { port1 } = new MessageChannel()
  expect(isOwnPort(message(port1), own)).toBe(true)
  expect(isOwnPort(message(port1, { source: null }), own)).toBe(false)
  expect(isOwnPort(message(port1, { origin: 'https://example.invalid' }), own)).toBe(false)
  expect(isOwnPort(message(port1, { data: { kind: 'other' } }), own)).toBe(false)
  expect(isOwnPort(message(port1, { ports: [] }), own)).toBe(false)
})

test('it asks for a port, and talks over it', async () => {
  const { own, message, deliver } = ownWindow()
  const asked: string[] = []
  const host = desktopHost(own, { ready: () => asked.push('ready') })
  const connections: Connection[] = []
  const got = new Promise((resolve) => host.channel.onMessage(resolve))
  host.onConnection((connection) => connections.push(connection))
  expect([asked, connections]).toEqual([['ready'], [{ phase: 'connecting' }]])

  const { port1, port2 } = new MessageChannel()
  const heard = new Promise((resolve) => {
    port2.onmessage = (event) => resolve(event.data)
  })
  deliver(message(port1))
  expect(connections.at(-1)).toEqual({ phase: 'connected' })
  host.channel.send({ type: 'attach' })
  expect(await heard).toEqual({ type: 'attach' })
  port2.postMessage({ type: 'warm', threads: 1 })
  expect(await got).toEqual({ type: 'warm', threads: 1 })
  host.channel.close()
  port2.close()
})
