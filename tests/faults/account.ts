/** The account, counted from the outside with a client of its own: pushed = finished + dead + still there. */
import type { Redis } from 'ioredis'
import { type QueueKeys, queueKeys } from '../../electron/sources/hashTag'
import type { Ledger } from './ledger'

export interface Account {
  readonly pushed: number
  readonly finished: number
  readonly dead: number
  /** Without those that finished while their consumer was told to stop: they were given back and may run again. */
  readonly there: number
  /** Items that are there more than once. */
  readonly double: number
  readonly lost: readonly string[]
  /** Starts beyond the first. */
  readonly extra: number
  /** Items that ran again though nothing had happened to either of their consumers. */
  readonly unexplained: readonly string[]
  /** Keys that should be gone. */
  readonly leftOver: readonly string[]
}

const uidOf = (payload: Buffer) => payload.toString('latin1').split(':', 1)[0]!.replace(/\s/g, '_')
/** `<ord> <deaths> <origin> <payload>`; all before the payload is ASCII without line feeds. */
const uidOfEnvelope = (value: Buffer) => uidOf(value.subarray(/^(\S+ ){3}/.exec(value.toString('latin1'))?.[0].length ?? 0))

export const keysOf = (queue: string): QueueKeys => {
  const keys = queueKeys(queue)
  if (!keys.ok) throw new Error(keys.problem.en)
  return keys.value
}

/** uids of the dead letters. */
export async function deadIn(client: Redis, keys: QueueKeys): Promise<string[]> {
  const letters = await client.lrangeBuffer(keys.dead, 0, -1)
  return letters.map((letter) => uidOf(letter.subarray(letter.indexOf(0x0a) + 1)))
}

/** uids of what waits, was recovered, or is in somebody's hands. */
async function stillIn(client: Redis, keys: QueueKeys): Promise<string[]> {
  const names = await client.keys('*')
  const [stages, hashes] = [keys.stage(''), keys.inflight('')].map((prefix) => names.filter((name) => name.startsWith(prefix)))
  const plain = await Promise.all([keys.queue, ...stages!].map((name) => client.lrangeBuffer(name, 0, -1)))
  const sets = await Promise.all([keys.retry, keys.suspects].map((name) => client.zrangeBuffer(name, '0', '-1')))
  const held = await Promise.all(hashes!.map((name) => client.hvalsBuffer(name)))
  return [...plain.flat().map(uidOf), ...sets.flat().map(uidOfEnvelope), ...held.flat().map(uidOfEnvelope)]
}

/** `broken`: ids of the processes to which something was done for which an item may run again. Call it when no consumer lives. */
export async function accountOf(
  client: Redis,
  queue: string,
  pushed: readonly string[],
  ledger: Ledger,
  broken: ReadonlySet<number>,
): Promise<Account> {
  const keys = keysOf(queue)
  const [dead, there] = await Promise.all([deadIn(client, keys), stillIn(client, keys)])
  const { finished, runs, starved } = ledger.read()
  const known = new Set([...finished, ...dead, ...there])
  // Either the run before was one of somebody who was given up, or this is: a claim's reply may wait in the socket of one that is frozen.
  const gone = (pid: number) => broken.has(pid) || starved.has(pid)
  const again = [...runs].filter(([, pids]) => pids.length > 1)
  // A farewell that comes too late is left to the lease. What is counted above needs no second mention.
  const { version, epoch, seq, retired, consumers, workers, events, retry, suspects } = keys
  const lasting = [queue, version, epoch, seq, retired, keys.dead, consumers, workers, events, retry, suspects]
  return {
    pushed: pushed.length,
    finished: pushed.filter((uid) => finished.has(uid)).length,
    dead: dead.length,
    there: [...new Set(there)].filter((uid) => !finished.has(uid)).length,
    double: there.length - new Set(there).size,
    lost: pushed.filter((uid) => !known.has(uid)),
    extra: again.reduce((sum, [, pids]) => sum + pids.length - 1, 0),
    unexplained: again
      .filter(([, pids]) => pids.some((pid, run) => run > 0 && !gone(pids[run - 1]!) && !gone(pid)))
      .map(([uid]) => uid),
    leftOver: (await client.keys('*')).filter((name) => !lasting.includes(name) && !/:(inflight|stage):/.test(name)),
  }
}
