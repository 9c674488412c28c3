/** The browser host: a WebSocket to the server that sent this page, made again with growing pauses whenever it is lost. */
import type { Connection } from '../state/connection'
import type { Host } from './host'

/** Pause before attempt n: short at first, since most losses are a restart of the server; never long enough to look dead. */
export const pauseBefore = (attempt: number) => Math.min(500 * 2 ** (attempt - 1), 10_000)

/** What of a WebSocket is used here; tests hand in another. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'readyState' | 'binaryType' | 'onopen' | 'onmessage' | 'onclose'>

export interface BrowserHostOptions {
  readonly url: string
  readonly open?: (url: string) => Socket
  /** Wall clock, ms. */
  readonly now?: () => number
}

const socketOpen = 1

export function browserHost({ url, open = (to) => new WebSocket(to), now = Date.now }: BrowserHostOptions): Host {
  let socket: Socket | null = null
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let connection: Connection = { phase: 'connecting' }
  let onConnection: ((connection: Connection) => void) | null = null
  let listener: ((message: unknown) => void) | null = null
  let onClose: (() => void) | null = null

  function say(next: Connection) {
    connection = next
    onConnection?.(next)
  }

  function dial() {
    clearTimeout(timer)
    const line = open(url)
    line.binaryType = 'arraybuffer'
    line.onopen = () => {
      attempt = 0
      say({ phase: 'connected' })
    }
    line.onmessage = (event) => {
      if (line === socket) listener?.(parse(event.data))
    }
    line.onclose = () => {
      if (line !== socket) return
      socket = null
      attempt++
      const pause = pauseBefore(attempt)
      timer = setTimeout(dial, pause)
      say({ phase: 'lost', attempt, nextAttemptAt: now() + pause })
    }
    socket = line
  }

  return {
    kind: 'browser',
    channel: {
      // What is said while the line is down is not kept: after a reconnect the page attaches and starts from what the engine has.
      send: (command) => {
        if (socket?.readyState === socketOpen) socket.send(JSON.stringify(command))
      },
      onMessage(next) {
        listener = next
        return () => {
          if (listener === next) listener = null
        }
      },
      onClose(next) {
        onClose = next
        return () => {
          if (onClose === next) onClose = null
        }
      },
      close() {
        clearTimeout(timer)
        const line = socket
        socket = null
        line?.close()
        onClose?.()
      },
    },
    onConnection(next) {
      onConnection = next
      next(connection)
      if (!socket && connection.phase === 'connecting') dial()
      return () => {
        if (onConnection === next) onConnection = null
      }
    },
    retry() {
      if (!socket) dial()
    },
  }
}

/** Bytes are frames; text is JSON. Text that is no JSON goes on as it is, for the schema to refuse and count. */
function parse(data: unknown): unknown {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}
