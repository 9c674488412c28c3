/** A process's line to the engine that started it: Electron's or Node's. */
import type { FromChild, ToChild } from './messages'

interface EngineLine {
  send(message: FromChild): void
  onMessage(listener: (message: ToChild) => void): void
}

/** Electron's, in a process that `utilityProcess.fork` made. */
interface ParentPort {
  postMessage(message: FromChild): void
  on(event: 'message', listener: (event: { readonly data: ToChild }) => void): void
}

export function engineLine(): EngineLine {
  const { parentPort } = process as { readonly parentPort?: ParentPort }
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    }
  }
  // The engine is gone, whatever ended it. (Electron itself ends its utility processes.)
  process.on('disconnect', () => process.exit())
  // Ctrl+C in a terminal reaches all processes of its group; the engine ends us in its own order.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  return {
    send: (message) => process.send!(message),
    onMessage: (listener) => process.on('message', listener),
  }
}
