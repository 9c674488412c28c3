/** The scripts as functions, with their keys, arguments and replies. Each rejects with what ioredis rejects with, or with trouble. */
import type { Redis } from 'ioredis'
import { layoutVersion, type QueueKeys, readableLayouts } from './hashTag'
import { blockSeconds, type Incarnation } from './incarnation'
import { layoutTrouble, ownKeysTrouble, Trouble, type Where } from './redisErrors'
import * as scripts from './redisScripts'
import { runScript, type Script, type ScriptArg } from './redisScripts'

/** Real ms. A consumer that was not heard of for so long is given up and its items go back to the queue. */
const leaseMs = 3000
/** A retired stage may still be filled by a BLMOVE that the server believes alive: not longer than one block. */
const sweepAgeMs = blockSeconds * 1000 + 1000
/** Bytes of one claim: it holds up the whole server, and its items are in our memory at once. */
const batchBytes = 8 << 20

/** Names by which the server knows us: the last one registered, and the epoch we saw then. */
export interface Registered {
  readonly sid: string
  readonly epoch: string
}

export class Commands {
  readonly #inflight: string
  readonly #stage: string

  constructor(
    private readonly incarnation: Incarnation,
    private readonly keys: QueueKeys,
    private readonly where: Where,
  ) {
    this.#stage = keys.stage(incarnation.sid)
    this.#inflight = keys.inflight(incarnation.sid)
  }

  /** Hands what the name before holds over to ours. `ids`: what is in our hash now. */
  async renew(before: Registered | null, staged: number | null): Promise<{ adopted: boolean; epoch: string; ids: number[] }> {
    const { keys } = this
    const { sid } = this.incarnation
    const old = before?.sid ?? ''
    const names = [keys.version, keys.epoch, keys.consumers, keys.retired, keys.queue, keys.seq, this.#stage, this.#inflight]
    const fresh = Math.random().toString(36).slice(2)
    const args = [layoutVersion, sid, leaseMs, fresh, old, staged ?? '', ...readableLayouts]
    const reply = await this.#run(scripts.renew, [...names, keys.stage(old || sid), keys.inflight(old || sid)], args)
    const [adopted, epoch = '', ...ids] = (reply as (number | Buffer)[]).map(String)
    if (adopted === '-2') throw layoutTrouble(epoch, this.where)
    return { adopted: adopted === '1', epoch, ids: ids.map(Number) }
  }

  /** Waits for the next item and moves it into the stage; null: none came within a block. */
  blmove(): Promise<Buffer | null> {
    return this.incarnation.blocking.blmoveBuffer(this.keys.queue, this.#stage, 'RIGHT', 'LEFT', blockSeconds)
  }

  /** Books the staged item and takes up to `want` more, under the ids from `base` on. `left`: how many the queue still has. */
  async claim(client: Redis, staged: number | null, want: number, base: number): Promise<{ left: number; payloads: Buffer[] }> {
    const names = [this.keys.queue, this.#stage, this.#inflight, this.keys.consumers, this.keys.seq]
    const args = [this.incarnation.sid, staged ?? '', base, want, batchBytes]
    const [state, left, ...payloads] = (await runScript(client, scripts.claim, names, args)) as [number, number, ...Buffer[]]
    if (state === -1) throw this.#fenced()
    return { left, payloads }
  }

  /** Payloads that our hash holds under these ids; null where there is none. */
  async payloads(ids: readonly number[]): Promise<(Buffer | null)[]> {
    const values = await this.incarnation.control.hmgetBuffer(this.#inflight, ...ids.map(String))
    return values.map((value) => value && payloadOf(value))
  }

  async assertRunning(items: readonly { id: number; bytes: Buffer }[]): Promise<void> {
    const args = [this.incarnation.sid, ...items.flatMap(({ id, bytes }) => [id, bytes])]
    const done = await this.#run(scripts.assertRunning, [this.#inflight, this.keys.consumers, this.keys.seq], args)
    if (done !== 1) throw this.#fenced()
  }

  acknowledge(ids: readonly number[]): Promise<number> {
    return this.incarnation.control.hdel(this.#inflight, ...ids.map(String))
  }

  bury({ id, reason }: { id: number; reason: string }): Promise<unknown> {
    const line = JSON.stringify({ reason, id, consumer: this.incarnation.sid }).slice(0, -1)
    return this.#run(scripts.bury, [this.#inflight, this.keys.dead], [id, line], this.keys.dead)
  }

  /** Prolongs the lease. `due`: there is something for `recover`. `waiting` is null where the key is no list. */
  async beat(): Promise<{ waiting: number | null; due: boolean }> {
    const names = [this.keys.consumers, this.keys.queue, this.keys.retired]
    const reply = (await this.#run(scripts.beat, names, [this.incarnation.sid, leaseMs, sweepAgeMs])) as number[]
    const [state, length = 0, expired = 0, retired = 0] = reply
    if (state === -1) throw this.#fenced()
    return { waiting: length < 0 ? null : length, due: expired > 0 || retired > 0 }
  }

  /** Puts back what consumers whose lease is over hold, and what came late into retired stages. Returns how many items. */
  async recover(): Promise<number> {
    const { keys } = this
    const reply = (await this.#run(scripts.due, [keys.consumers, keys.retired], [sweepAgeMs])) as Buffer[][]
    const [expired = [], retired = []] = reply.map((sids) => sids.map(String))
    let count = 0
    if (expired.length > 0) count += await this.#reap('', expired)
    if (retired.length > 0) {
      count += Number(
        await this.#run(scripts.sweep, [keys.queue, keys.retired, ...retired.map(keys.stage)], [sweepAgeMs, ...retired]),
      )
    }
    return count
  }

  /** Puts back all that we hold and signs off. */
  giveBack(): Promise<number> {
    return this.#reap('force', [this.incarnation.sid])
  }

  async #reap(force: 'force' | '', sids: readonly string[]): Promise<number> {
    const { keys } = this
    const held = sids.flatMap((sid) => [keys.stage(sid), keys.inflight(sid)])
    return Number(await this.#run(scripts.reap, [keys.queue, keys.consumers, keys.retired, ...held], [force, ...sids]))
  }

  #fenced(): Trouble {
    const seconds = leaseMs / 1000
    return new Trouble('fenced', 'LEASE', {
      en: `This consumer was not heard of for ${seconds} s: its items were given to others.`,
      zh: `这个消费者有 ${seconds} 秒没有音讯：它的任务已交给别人。`,
    })
  }

  /** `suspect`: the key to name where one is of a wrong type. The scripts that run here touch the user's list only to give items back to it. */
  #run(script: Script, keys: readonly string[], args: readonly ScriptArg[], suspect = this.keys.own): Promise<unknown> {
    return runScript(this.incarnation.control, script, keys, args).catch((error: unknown) => {
      throw ownKeysTrouble(error, suspect, this.where)
    })
  }
}

/** `<ord> <deaths> <origin> <payload>` → payload, the very bytes. */
function payloadOf(value: Buffer): Buffer {
  let at = 0
  for (let spaces = 0; spaces < 3; spaces++) at = value.indexOf(0x20, at) + 1
  return value.subarray(at)
}
