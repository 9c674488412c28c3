/** The scripts as functions, with their keys, arguments and replies. Each rejects with what ioredis rejects with, or with trouble. */
import type { Redis } from 'ioredis'
import { acknowledge } from './feed'
import type { FeedSink } from './feedSink'
import { layoutVersion, type QueueKeys, readableLayouts } from './hashTag'
import { blockSeconds, type Incarnation } from './incarnation'
import type { Unwritten } from './inFlight'
import { layoutTrouble, ownKeysTrouble, Trouble, troubleOf, type Where } from './redisErrors'
import { assertRunning, bury, claim } from './scripts/claim'
import { beat, due, leave, renew } from './scripts/lease'
import { reap, sweep } from './scripts/recovery'
import { runScript, type Script, type ScriptArg } from './scripts/script'
import type { Tuning } from './tuning'

/** Bytes of one claim: it holds up the whole server, and its items are in our memory at once. */
const batchBytes = 8 << 20
/** Items and bytes that one call of `reap` moves. */
const reapItems = 500
const reapBytes = 8 << 20

/** Names by which the server knows us: the last one registered, and the epoch we saw then. */
export interface Registered {
  readonly sid: string
  readonly epoch: string
}

/** An item that was taken before. */
export interface Held {
  readonly ord: number
  readonly deaths: number
  readonly origin: Buffer
  readonly bytes: Buffer
}

export interface Claimed {
  /** Items in the queue and items to be taken again. */
  readonly left: number
  readonly suspects: number
  /** Number of the staged item, which is booked now; 0: there was none. */
  readonly stagedOrd: number
  /** Items under the ids from `base` on: those taken again, then those from the queue, which are numbered from `firstOrd` on. */
  readonly recovered: readonly Held[]
  /** The last of `recovered` is a suspect. */
  readonly suspect: boolean
  readonly firstOrd: number
  /** Payloads from the queue back to back, and the length of each. */
  readonly payloads: Buffer
  readonly lengths: readonly number[]
}

/** 'ours': a BLMOVE of ours is under way, and what it moves is its. Null: what lies in the stage goes back. Else the staged item's id. */
export type Staged = number | null | 'ours'

export class Commands {
  readonly #inflight: string
  readonly #stage: string
  readonly #susp: string

  constructor(
    private readonly incarnation: Incarnation,
    private readonly keys: QueueKeys,
    private readonly where: Where,
    private readonly tuning: Tuning,
  ) {
    this.#stage = keys.stage(incarnation.sid)
    this.#inflight = keys.inflight(incarnation.sid)
    this.#susp = keys.susp(incarnation.sid)
  }

  /** Hands what the name before holds over to ours. `ids`: what is in our hash now. `self`: who we are, for others. */
  async renew(
    before: Registered | null,
    staged: number | null,
    self: object,
  ): Promise<{ epoch: string; suspectOrd: number; ids: number[] }> {
    const { keys } = this
    const { sid } = this.incarnation
    // A name whose registration was cut short is registered once more; it has nothing to take over from itself.
    const old = before && before.sid !== sid ? before.sid : ''
    const { version, epoch, consumers, retired, queue, seq, retry, suspects, workers } = keys
    const ours = [this.#stage, this.#inflight, this.#susp]
    const theirs = [keys.stage, keys.inflight, keys.susp].map((of) => of(old || sid))
    const names = [version, epoch, consumers, retired, queue, seq, retry, suspects, workers, ...ours, ...theirs]
    const fresh = Math.random().toString(36).slice(2)
    const open = JSON.stringify(self).slice(0, -1)
    const args = [layoutVersion, sid, this.tuning.leaseMs, fresh, old, staged ?? '', open, ...readableLayouts]
    const reply = ((await this.#run(renew, names, args)) as (number | Buffer)[]).map(String)
    const [state, found = '', suspectOrd, ...ids] = reply
    if (state === '-2') throw layoutTrouble(found, this.where)
    return { epoch: found, suspectOrd: Number(suspectOrd), ids: ids.map(Number) }
  }

  /** Waits for the next item and moves it into the stage; null: none came within a block. */
  blmove(): Promise<Buffer | null> {
    return this.incarnation.blocking.blmoveBuffer(this.keys.queue, this.#stage, 'RIGHT', 'LEFT', blockSeconds)
  }

  /** Books the staged item and takes up to `want` more, under the ids from `base` on. `turn`: a suspect may be among them whatever else there is. */
  async claim(client: Redis, staged: Staged, want: number, base: number, turn: boolean): Promise<Claimed> {
    const { queue, consumers, seq, retry, suspects, dead } = this.keys
    const names = [queue, this.#stage, this.#inflight, consumers, seq, retry, suspects, this.#susp, dead]
    const name = staged === 'ours' ? '-' : (staged ?? '')
    const { maxDeaths } = this.tuning
    const args = [this.incarnation.sid, name, base, want, batchBytes, turn ? '1' : '', maxDeaths, reasonOf(maxDeaths)]
    const reply = (await this.#run(claim, names, args, this.keys.own, client)) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      ...Buffer[],
    ]
    const [state, left, suspectsLeft, stagedOrd, firstOrd, suspect, again] = reply
    if (state === -1) throw this.#fenced()
    const recovered: Held[] = []
    const end = 7 + 4 * again
    for (let at = 7; at < end; at += 4) {
      const [origin, bytes] = reply.slice(at + 2, at + 4) as [Buffer, Buffer]
      recovered.push({ ord: Number(reply[at]), deaths: Number(reply[at + 1]), origin, bytes })
    }
    const [decimals, payloads] = reply.slice(end) as [Buffer, Buffer]
    const lengths = decimals.length === 0 ? [] : decimals.toString('latin1').split(' ').map(Number)
    return { left, suspects: suspectsLeft, stagedOrd, firstOrd, recovered, suspect: suspect === 1, payloads, lengths }
  }

  /** What our hash holds under these ids; null where there is nothing. */
  async payloads(ids: readonly number[]): Promise<(Held | null)[]> {
    const values = await this.incarnation.control.hmgetBuffer(this.#inflight, ...ids.map(String))
    return values.map((value) => value && opened(value))
  }

  /** `suspect`: id of the one in hand. */
  async assertRunning(items: readonly Unwritten[], suspect: number | null): Promise<void> {
    const written = items.flatMap(({ id, ord, past, bytes }) => [id, ord, past?.deaths ?? 0, past?.origin ?? '-', bytes])
    const args = [this.incarnation.sid, suspect ?? '', ...written]
    const done = await this.#run(assertRunning, [this.#inflight, this.keys.consumers, this.keys.seq, this.#susp], args)
    if (done !== 1) throw this.#fenced()
  }

  /** Forgets the items and tells the feed. `cleared`: the suspect in hand is among them. Rejects if they were not forgotten. */
  settle(ids: readonly number[], cleared: boolean, feed: FeedSink | null): Promise<void> {
    const { control } = this.incarnation
    return acknowledge(
      control,
      { inflight: this.#inflight, events: this.keys.events, susp: cleared ? this.#susp : null },
      ids,
      feed,
    )
  }

  /** Only a server that was emptied, or gave our items to others, does not have it. */
  async bury({ id, reason }: { id: number; reason: string }): Promise<void> {
    const names = [this.#inflight, this.keys.dead, this.#susp]
    const done = await this.#run(bury, names, [id, this.incarnation.sid, JSON.stringify(reason)], this.keys.dead)
    if (done !== 1) throw this.#fenced()
  }

  /** The suspect that we were trying has ended. */
  async forgetSuspect(): Promise<void> {
    await this.incarnation.control.del(this.#susp)
  }

  /**
   * Prolongs the lease. `due`: there is something for `recover`. `left`: items in the queue and items to be taken again; null where the key is no list.
   * `again`: items to be taken again, of which no BLMOVE knows.
   */
  async beat(): Promise<{ waiting: number | null; again: number; suspects: number; due: boolean }> {
    const { consumers, queue, retired, retry, suspects: suspected } = this.keys
    const args = [this.incarnation.sid, this.tuning.leaseMs, this.tuning.sweepMs]
    const reply = (await this.#run(beat, [consumers, queue, retired, retry, suspected], args)) as number[]
    const [state, length = 0, expired = 0, stages = 0, again = 0, suspects = 0] = reply
    if (state === -1) throw this.#fenced()
    return { waiting: length < 0 ? null : length + again + suspects, again, suspects, due: expired > 0 || stages > 0 }
  }

  /** Puts back what consumers whose lease is over hold, and what came late into retired stages. */
  async recover(): Promise<{ moved: number; buried: number[] }> {
    const { keys, tuning } = this
    const reply = (await this.#run(due, [keys.consumers, keys.retired], [tuning.sweepMs])) as Buffer[][]
    const [expired = [], retired = []] = reply.map((sids) => sids.map(String))
    let moved = 0
    const buried: number[] = []
    for (const sid of expired) {
      const of = await this.#reap('', sid)
      moved += of.moved
      buried.push(...of.buried)
    }
    if (retired.length > 0) {
      const names = [keys.queue, keys.retired, ...retired.map(keys.stage)]
      moved += Number(await this.#run(sweep, names, [tuning.sweepMs, ...retired]))
    }
    return { moved, buried }
  }

  /** Items in the queue, to be taken again, and suspects. */
  async waiting(): Promise<number> {
    const { queue, retry, suspects } = this.keys
    const { control } = this.incarnation
    const counts = await Promise.all([control.llen(queue), control.zcard(retry), control.zcard(suspects)])
    return counts.reduce((sum, count) => sum + count, 0)
  }

  /** The first word of a farewell. Its script is sent whole: a server that does not know it yet would have to be asked twice. */
  async leave(): Promise<void> {
    const { consumers, workers } = this.keys
    await this.incarnation.control.call('eval', [leave.lua, 2, consumers, workers, this.incarnation.sid, this.tuning.leaseMs])
  }

  /** Puts back all that we hold and signs off. */
  async giveBack(): Promise<void> {
    await this.#reap('force', this.incarnation.sid)
  }

  /** In parts, so that no call holds up the server for long. */
  async #reap(force: 'force' | '', sid: string): Promise<{ moved: number; buried: number[] }> {
    const { keys, tuning } = this
    const { queue, consumers, retired, retry, suspects, dead, seq, workers } = keys
    const held = [keys.stage(sid), keys.inflight(sid), keys.susp(sid)]
    const names = [queue, consumers, retired, retry, suspects, dead, seq, workers, ...held]
    const { suspectAfter, maxDeaths } = tuning
    const args = [sid, force, reapItems, reapBytes, suspectAfter, maxDeaths, reasonOf(maxDeaths)]
    const all = { moved: 0, buried: [] as number[] }
    for (;;) {
      const [moved = 0, more, ...buried] = (await this.#run(reap, names, args)) as number[]
      all.moved += moved
      all.buried.push(...buried)
      if (more !== 1) return all
    }
  }

  #fenced(): Trouble {
    const seconds = this.tuning.leaseMs / 1000
    return new Trouble('fenced', 'LEASE', {
      en: `This consumer was not heard of for ${seconds} s: its items were given to others.`,
      zh: `这个消费者有 ${seconds} 秒没有音讯：它的任务已交给别人。`,
    })
  }

  /** `suspect`: the key of ours to name where one is of a wrong type. */
  async #run(
    script: Script,
    keys: readonly string[],
    args: readonly ScriptArg[],
    suspect = this.keys.own,
    client = this.incarnation.control,
  ): Promise<unknown> {
    try {
      return await runScript(client, script, keys, args)
    } catch (error) {
      throw (await this.#listIsGood(error)) ? ownKeysTrouble(error, suspect, this.where) : error
    }
  }

  /** An error does not tell which key is of a wrong type, and nobody is to delete the list for one of ours. */
  async #listIsGood(error: unknown): Promise<boolean> {
    if (troubleOf(error, this.where).code !== 'WRONGTYPE') return false
    const type = await this.incarnation.control.type(this.keys.queue)
    return type === 'list' || type === 'none'
  }
}

/** Of a burial that nobody asked for. */
export const burialReason = (deaths: number) => `${deaths} consumers died with it in hand.`
const reasonOf = (deaths: number) => JSON.stringify(burialReason(deaths))

/** `<ord> <deaths> <origin> <payload>` → its parts, the payload's very bytes. */
function opened(value: Buffer): Held {
  const after = (at: number) => value.indexOf(0x20, at) + 1
  const deaths = after(0)
  const origin = after(deaths)
  const payload = after(origin)
  return {
    ord: Number(value.toString('latin1', 0, deaths)),
    deaths: Number(value.toString('latin1', deaths, origin)),
    origin: value.subarray(origin, payload - 1),
    bytes: value.subarray(payload),
  }
}
