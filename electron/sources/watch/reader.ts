/** A connection over which only what reads can leave. Whatever a library may want to send besides is refused here, before it is written. */
import { type Command, Redis, type RedisOptions } from 'ioredis'
import { connect, connectionOptions, drop } from '../connection'
import type { RedisAddress } from '../redisAddress'
import { type Trouble, troubleOf, type Where } from '../redisErrors'
import type { Receipt } from './receipt'

/** Names of the commands that may leave. `auth` and `select` are about this connection alone, and no data. */
const allowed = new Set([
  'auth',
  'select',
  'time',
  'type',
  'get',
  'exists',
  'llen',
  'lindex',
  'zcard',
  'zrange',
  'hlen',
  'hmget',
  'xread',
  'xrevrange',
])
const withoutKey = new Set(['auth', 'select', 'time'])

/** No name is set and nothing is told of this client (CLIENT SETNAME, CLIENT SETINFO, HELLO): an ACL may forbid it, and it is of no use. */
const options: RedisOptions = { ...connectionOptions, socketTimeout: 4000 }

/** Every command of ioredis, also those of its own accord, goes through `sendCommand`. */
function guard(client: Redis, receipt: Receipt): void {
  const send = client.sendCommand.bind(client)
  client.sendCommand = (command, stream) => {
    const name = command.name.toLowerCase()
    if (!allowed.has(name)) {
      command.reject(new Error(`${name} is no command of a watcher`))
      return command.promise
    }
    const answered = receipt.sent(name.toUpperCase(), withoutKey.has(name) ? null : keyOf(command))
    command.promise.then(
      () => answered(false),
      () => answered(true),
    )
    return send(command, stream)
  }
}

/** No command here has more than one; of XREAD it stands behind the word STREAMS. */
function keyOf({ name, args }: Command): string {
  const place = name.toLowerCase() === 'xread' ? args.findIndex((arg) => String(arg).toUpperCase() === 'STREAMS') + 1 : 0
  return String(args[place] ?? '')
}

export class Reader {
  readonly client: Redis
  /** Why it is over, else null. */
  trouble: Trouble | null = null
  over = false

  constructor(
    connection: RedisAddress['connection'],
    receipt: Receipt,
    private readonly where: Where,
    /** Called once, when it is over. */
    private readonly onEnd: () => void,
  ) {
    this.client = new Redis({ ...connection, ...options })
    guard(this.client, receipt)
  }

  /** Resolves when the connection is ready; rejects with trouble. */
  connect(): Promise<void> {
    return connect(this.client, this.where, (error) => this.end(troubleOf(error, this.where)))
  }

  /** Drops the connection at once. Only the first call's reason counts. */
  end(trouble: Trouble | null): void {
    if (this.over) return
    this.over = true
    this.trouble = trouble
    drop(this.client)
    this.onEnd()
  }
}
