/** Two joined ends in one process: for tests and the command line. Delivery is never synchronous, as on a real line. */
import type { Channel } from '#protocol/channel'
import { Inbox } from './inbox'

/** What goes into one end comes out of the other, in order. */
export function memoryPair<A, B>(): [Channel<A, B>, Channel<B, A>] {
  const line = { open: true }
  const first = new Inbox<A>()
  const second = new Inbox<B>()
  return [end(line, first, second), end(line, second, first)]
}

function end<In, Out>(line: { open: boolean }, own: Inbox<In>, other: Inbox<Out>): Channel<In, Out> {
  return {
    send(message) {
      if (line.open) queueMicrotask(() => other.deliver(message))
    },
    onMessage: (listener) => own.onMessage(listener),
    onClose: (listener) => own.onClose(listener),
    close() {
      if (!line.open) return
      line.open = false
      own.discard()
      queueMicrotask(() => other.end())
    },
  }
}
