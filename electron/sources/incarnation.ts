/** One pair of connections and one name on the server, from one connection to its loss. */
import { Redis, type RedisOptions } from 'ioredis'
import { connect, connectionOptions, drop } from './connection'
import { type Trouble, troubleOf, type Where } from './redisErrors'

/** Seconds that one BLMOVE waits. It is not polling: the server answers at the push. The end only lets a dead connection be noticed. */
export const blockSeconds = 2

/**
 * Real ms without an answer after which C is given up. A line that is half-open must be found, and a new one made, before the lease is over; no
 * script of ours holds the server up for as long.
 */
const controlTimeoutMs = 2000

const options: RedisOptions = {
  ...connectionOptions,
  socketTimeout: blockSeconds * 1000 + 2000,
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

  /** Both resolve when the connection is ready, and reject with trouble. */
  connectControl = () => this.#connect(this.control)
  connectBlocking = () => this.#connect(this.blocking)

  #connect(client: Redis): Promise<void> {
    return connect(client, this.where, (error) => {
      if (!(this.leaving && client === this.blocking)) this.end(troubleOf(error, this.where))
    })
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
