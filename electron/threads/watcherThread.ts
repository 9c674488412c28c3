/** The thread that looks at a queue of others: a worker of the consumer's bundle, since that has the Redis client. */
import { sourceLine } from './consumerThread'
import { registerFunctions } from './handles'
import { Thread } from './thread'
import type { ThreadQueue } from './threadQueue'

/** Stands here for the function of that name in the consumer's bundle. */
export function watch(): never {
  throw new Error('watch runs only in the consumer’s worker')
}
registerFunctions('watcher', { watch })

/**
 * A daemon thread `watcher`: puts the length of the list into `lengths` whenever it has changed, and draws what the list's consumers tell of their
 * tasks. It sends no command that writes.
 */
export function createWatcher(lengths: ThreadQueue<number>, options: { readonly url: string; readonly queue: string }): Thread {
  return new Thread(watch, [sourceLine(), lengths, options], { name: 'watcher', daemon: true }, 'consumer')
}
