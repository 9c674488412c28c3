/**
 * One connection to a server, from its start to its loss. ioredis' own recovery is off, because a blind second sending of a command that is not
 * idempotent is the very fault to survive: after a loss everything is made anew and compared.
 */
import type { Redis, RedisOptions } from 'ioredis'
import { troubleOf, type Where } from './redisErrors'

export const connectionOptions: RedisOptions = {
  lazyConnect: true,
  retryStrategy: null,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: null,
  connectTimeout: 2000,
  keepAlive: 10_000,
  // Needs INFO, which an ACL may forbid; and LOADING is ours to tell.
  enableReadyCheck: false,
  // No HELLO: an old server, or one that wants a password, answers to the first command in plain words.
  protocol: 2,
  disableClientInfo: true,
}

/** Resolves when the connection is ready; rejects with trouble. `onLoss` is told of each error and of the end. */
export async function connect(client: Redis, where: Where, onLoss: (error: unknown) => void): Promise<void> {
  let first: unknown = null
  // A database that does not exist is told only so, while ioredis would go on in database 0.
  client.on('error', (error: unknown) => {
    first ??= error
    onLoss(error)
  })
  client.on('end', () => onLoss(first ?? new Error('Connection is closed.')))
  try {
    await client.connect()
  } catch (error) {
    // The error event knows the cause; the promise says only that the connection is closed.
    throw troubleOf(first ?? error, where)
  }
}

/** Ends it at once; what was asked and not answered is rejected. */
export function drop(client: Redis): void {
  client.disconnect()
  // `disconnect` alone waits for the other side's goodbye, which a dead connection never sends. There is no stream before the first connect.
  client.stream?.destroy()
}
