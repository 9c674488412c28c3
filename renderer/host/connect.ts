/** Joins a host with the state: attaches at each connection, checks what arrives, acknowledges frames when they are appended. */
import { decodeFrame } from '#protocol/frame'
import { failure, type Result, success } from '#protocol/result'
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

/** A frame that cannot be appended leaves a hole: the history is asked for anew, but not for ever should the next one be no better. */
const newStartsPerConnection = 3

export function connect(host: Host, page: Pick<Document, 'visibilityState' | 'addEventListener'>): void {
  const { channel } = host
  let newStarts = 0
  const sayVisible = () => channel.send({ type: 'visible', visible: page.visibilityState === 'visible' })
  connectCommands({ send: (command) => channel.send(command), retry: () => host.retry() })

  channel.onMessage((message) => {
    if (message instanceof Uint8Array || message instanceof ArrayBuffer) {
      const taken = takeFrame(message instanceof Uint8Array ? message : new Uint8Array(message))
      // On append, not on draw: a hidden page draws nothing and must still let the engine go on.
      if (taken.ok) return channel.send({ type: 'ack', sequence: taken.value })
      ingestUnreadable(taken.problem)
      if (newStarts++ < newStartsPerConnection) channel.send({ type: 'attach' })
      return
    }
    const event = parseEvent(message)
    if (event.ok) ingest(event.value)
    else ingestUnreadable(event.problem)
  })
  host.onConnection((connection) => {
    ingestConnection(connection)
    if (connection.phase !== 'connected') return
    newStarts = 0
    channel.send({ type: 'attach' })
    sayVisible()
  })
  page.addEventListener('visibilitychange', sayVisible)
}

/** Appends a frame; the value is its sequence number. The store throws where rows are missing, which only a broken line can cause. */
function takeFrame(bytes: Uint8Array): Result<number> {
  const frame = decodeFrame(bytes)
  if (!frame.ok) return frame
  try {
    appendFrame(frame.value)
  } catch (error) {
    return failure(`frame ${frame.value.sequence}: ${String(error)}`)
  }
  return success(frame.value.sequence)
}
