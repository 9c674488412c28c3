/** Joins a host with the state: attaches at each connection, checks what arrives, acknowledges frames when they are appended. */
import { decodeFrame } from '#protocol/frame'
import { connectCommands } from '../state/commands'
import { appendFrame, ingest, ingestConnection, ingestUnreadable } from '../state/ingest'
import { browserHost } from './browserHost'
import { desktopHost } from './desktopHost'
import { parseEvent } from './eventSchema'
import type { Host } from './host'

export function pickHost(own: Window): Host {
  if (own.loopscope) return desktopHost(own, own.loopscope)
  const scheme = own.location.protocol === 'https:' ? 'wss' : 'ws'
  return browserHost({ url: `${scheme}://${own.location.host}/socket` })
}

export function connect(host: Host, page: Pick<Document, 'visibilityState' | 'addEventListener'>): void {
  const { channel } = host
  const sayVisible = () => channel.send({ type: 'visible', visible: page.visibilityState === 'visible' })
  connectCommands({ send: (command) => channel.send(command), retry: () => host.retry() })

  channel.onMessage((message) => {
    if (message instanceof Uint8Array || message instanceof ArrayBuffer) {
      const frame = decodeFrame(message instanceof Uint8Array ? message : new Uint8Array(message))
      if (!frame.ok) return ingestUnreadable(frame.problem)
      appendFrame(frame.value)
      // On append, not on draw: a hidden page draws nothing and must still let the engine go on.
      return channel.send({ type: 'ack', sequence: frame.value.sequence })
    }
    const event = parseEvent(message)
    return event.ok ? ingest(event.value) : ingestUnreadable(event.problem)
  })
  host.onConnection((connection) => {
    ingestConnection(connection)
    if (connection.phase !== 'connected') return
    channel.send({ type: 'attach' })
    sayVisible()
  })
  page.addEventListener('visibilitychange', sayVisible)
}
