/** The desktop app: the preload hands the page one end of a MessagePort, over which it talks with the engine in the main process. */
import type { Connection } from '../state/connection'
import type { Host } from './host'

/** What the preload exposes: it asks the main process for a port. */
interface Bridge {
  ready(): void
}
declare global {
  interface Window {
    readonly loopscope?: Bridge
  }
}

/** The message that carries the port from the preload into the page. */
export const portMessage = 'ls:port'

/** A message from this window's own preload, not from a frame or another window that pretends to be it. */
export const isOwnPort = (event: MessageEvent, own: Window) =>
  event.source === own &&
  event.origin === own.location.origin &&
  (event.data as { kind?: unknown } | null)?.kind === portMessage &&
  event.ports.length === 1

export function desktopHost(own: Window, bridge: Bridge): Host {
  let port: MessagePort | null = null
  let listener: ((message: unknown) => void) | null = null
  let onConnection: ((connection: Connection) => void) | null = null
  const early: unknown[] = []
  const onMessage = (event: MessageEvent) => (listener ? listener(event.data) : early.push(event.data))
  own.addEventListener('message', (event) => {
    if (!isOwnPort(event, own)) return
    port?.close()
    port = event.ports[0]!
    port.onmessage = onMessage
    onConnection?.({ phase: 'connected' })
  })
  return {
    kind: 'electron',
    channel: {
      send: (command) => port?.postMessage(command),
      onMessage(next) {
        listener = next
        for (const message of early.splice(0)) next(message)
        return () => {
          if (listener === next) listener = null
        }
      },
      // The port lives as long as the main process, and the page does not outlive that.
      onClose: () => () => undefined,
      close: () => port?.close(),
    },
    onConnection(next) {
      onConnection = next
      next(port ? { phase: 'connected' } : { phase: 'connecting' })
      // Only now: the port's arrival must find its listener.
      if (!port) bridge.ready()
      return () => {
        if (onConnection === next) onConnection = null
      }
    },
    retry: () => bridge.ready(),
  }
}
