/**
 * One pair of connections and one name on the server, from one connection to its loss. ioredis' own recovery is off, because a blind second
 * sending of a command that is not idempotent is the very fault to survive: after a loss everything is made anew and compared.
 */
import { Redis, type RedisOptions } from 'ioredis'
import { type Trouble, troubleOf, type Where } from './redisErrors'

/** Seconds that one BLMOVE waits. It is not polling: the server answers at the push. The end only lets a dead connection be noticed. */
export const blockSeconds = 2

/**
 * Real ms without an answer after which C is given up. A line that is half-open must be found, and a new one made, before the lease is over; no
 * script of ours holds the server up for as long.
 */
const controlTimeoutMs = 2000

const options: RedisOptions = {
  lazyConnect: true,
  retryStrategy: null,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: null,
  connectTimeout: 2000,
  socketTimeout: blockSeconds * 1000 + 2000,
  keepAlive: 10_000,
  // Needs INFO, which an ACL may forbid; and LOADING is ours to tell.
  enableReadyCheck: false,
  // No HELLO: an old server, or one that wants a password, answers to the first command in plain words.
  protocol: 2,
  disableClientInfo: true,
  connectionName: 'loopscope',
}

export class Incarnation {
  /** C: leases, acknowledgements, counting, pushes. */
  readonly control: Redis
  /** B: BLMOVE and claims. A blocking command holds up everything behind it on its connection. */
  readonly blocking: Redis
  /** Why it is over, else null. */
  trouble: Trouble | null = null
  over = false
  /** Our name on the server is registered, and what runs here was compared with what it holds. */
  live = false
  /** At stop: nothing more is taken, only the farewell is still sent. */
  leaving = false
  /** CLIENT ID of B and the server's `run_id`, with which alone it means anything; null: not known, or forbidden by the ACL. */
  blockingId: number | null = null
  runId: string | null = null

  constructor(
    readonly sid: string,
    connection: RedisOptions,
    private readonly where: Where,
    /** Called once, when it is over. */
    private readonly onEnd: () => void,
  ) {
    this.control = new Redis({ ...connection, ...options, socketTimeout: controlTimeoutMs })
    this.blocking = new Redis({ ...connection, ...options })
  }

  get active(): boolean {
    return !this.over && !this.leaving
  }

  connectControl = () => this.#connect(this.control)
  connectBlocking = () => this.#connect(this.blocking)

  /** Resolves when the connection is ready; rejects with trouble. */
  async #connect(client: Redis): Promise<void> {
    let first: unknown = null
    const lost = (error: unknown) => {
      if (!(this.leaving && client === this.blocking)) this.end(troubleOf(error, this.where))
    }
    // A database that does not exist is told only so, while ioredis would go on in database 0.
    client.on('error', (error: unknown) => {
      first ??= error
      lost(error)
    })
    client.on('end', () => lost(first ?? new Error('Connection is closed.')))
    try {
      await client.connect()
    } catch (error) {
      // The error event knows the cause; the promise says only that the connection is closed.
      throw troubleOf(first ?? error, this.where)
    }
  }

  /** Drops both connections at once; what was asked and not answered is rejected. Only the first call's reason counts. */
  end(trouble: Trouble | null): void {
    if (this.over) return
    this.over = true
    this.trouble = trouble
    drop(this.control)
    drop(this.blocking)
    this.onEnd()
  }

  /** Ends the wait in BLMOVE, keeps C. */
  leave(): void {
    this.leaving = true
    drop(this.blocking)
  }
}

function drop(client: Redis): void {
  client.disconnect()
  // `disconnect` alone waits for the other side's goodbye, which a dead connection never sends. There is no stream before the first connect.
  client.stream?.destroy()
}
