/**
 * The browser host's line: text is JSON, binary is a frame. What is no JSON, or breaks the protocol, ends the line; the engine gets `null` for it,
 * to be counted with what else it refuses. What JSON says is the engine's to check.
 */
import type { RawData, WebSocket } from 'ws'
import type { Channel } from '#protocol/channel'
import { Inbox } from './inbox'

/** No command is longer: 1000 payloads are pushed in parts. */
export const maxMessageBytes = 256 * 1024
/** So much may wait for a page that does not read: several times the three frames that it may owe us. */
const maxWaitingBytes = 128 * 1024 * 1024

export function socketChannel<Out extends object>(socket: WebSocket): Channel<unknown, Out | Uint8Array> {
  const inbox = new Inbox<unknown>()
  function shut(code: number, reason?: string): void {
    if (reason) console.error(`Loopscope: the line of a page was closed: ${reason}.`)
    socket.close(code, reason)
    // The other end may never answer the close.
    setTimeout(() => socket.terminate(), 1000).unref()
  }
  socket.on('message', (data: RawData, isBinary: boolean) => {
    const parsed = isBinary ? notJson : parseJson(String(data))
    if (parsed !== notJson) inbox.deliver(parsed)
    else if (!inbox.isOver) {
      inbox.deliver(null)
      inbox.end()
      shut(1007, 'a message must be JSON text')
    }
  })
  // `close` always follows an error of the socket and carries the news; an unheard `error` would end the process.
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code?.startsWith('WS_ERR_')) inbox.deliver(null)
    socket.terminate()
  })
  socket.on('close', () => inbox.end())
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      socket.send(message instanceof Uint8Array ? message : JSON.stringify(message))
      if (socket.bufferedAmount > maxWaitingBytes) socket.terminate()
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close(reason) {
      inbox.discard()
      shut(reason ? 1008 : 1000, reason)
    },
  }
}

const notJson = Symbol('not JSON')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return notJson
  }
}
