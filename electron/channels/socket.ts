/** The browser host's line: text is JSON, binary is a frame. What is no JSON ends the line; what JSON says is the engine's to check. */
import type { RawData, WebSocket } from 'ws'
import type { Channel } from '#protocol/channel'
import { Inbox } from './inbox'

/** No command is longer: 1000 payloads are pushed in parts. */
export const maxMessageBytes = 256 * 1024

export function socketChannel<Out extends object>(socket: WebSocket): Channel<unknown, Out | Uint8Array> {
  const inbox = new Inbox<unknown>()
  socket.on('message', (data: RawData, isBinary: boolean) => {
    const parsed = isBinary ? notJson : parseJson(String(data))
    if (parsed === notJson) socket.close(1007, 'a message must be JSON text')
    else inbox.deliver(parsed)
  })
  // `close` always follows an error of the socket and carries the news; an unheard `error` would end the process.
  socket.on('error', () => socket.terminate())
  socket.on('close', () => inbox.end())
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(message instanceof Uint8Array ? message : JSON.stringify(message))
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClose: (listener) => inbox.onClose(listener),
    close() {
      inbox.discard()
      socket.close(1000)
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
