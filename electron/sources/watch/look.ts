/** One look at a queue: a dozen commands that only read, each of them bounded, whatever the queue holds. */
import type { LocalText } from '#protocol/catalogue'
import { plainText } from '#protocol/plainText'
import { type QueueKeys, readableLayouts } from '../hashTag'
import { Trouble, troubleOf, type Where } from '../redisErrors'
import { type KnownWorker, mostKnown } from './fleet'
import * as notes from './notes'
import type { Reader } from './reader'

/** Consumers that one look asks what they hold, and who they are. */
export const askedAtOnce = 100
const metAtOnce = 500

/** Null: not known. */
export interface Seen {
  readonly waiting: number
  /** Of the consumers in `leases`, as each said when it was last asked. */
  readonly inFlight: number | null
  readonly retry: number | null
  readonly suspects: number | null
  readonly deadLetters: number | null
  readonly consumers: number | null
  /** Server ms at which each lease ends, of at most 2,000; null where the list may not be read. */
  readonly leases: readonly { readonly sid: string; readonly lease: number }[] | null
  readonly about: ReadonlyMap<string, KnownWorker>
  /** Changes when the server has come back empty. */
  readonly epoch: string | null
}

/** Which keys there are beside the list. */
export interface Kind {
  readonly layout: string | null
  readonly notes: readonly LocalText[]
}

export class Looker {
  /** Commands that the server refused this user. */
  readonly forbidden = new Set<string>()
  #about = new Map<string, KnownWorker>()
  /** Items in the hands of each consumer. Who was asked longest ago stands first. */
  readonly #holds = new Map<string, number>()

  constructor(
    private readonly reader: Reader,
    private readonly keys: QueueKeys,
    private readonly where: Where,
  ) {}

  /** What the keys are; trouble where the queue is no list. `layout` null: there are none that are understood here. */
  async kind(): Promise<Kind> {
    const { client } = this.reader
    const { queue } = this.keys
    const [type, layout, bull] = await Promise.all([
      this.#ifAllowed('TYPE', client.type(queue)),
      this.#ifAllowed('GET', client.get(this.keys.version)),
      this.#ifAllowed('EXISTS', client.exists(notes.bullMqKey(queue))),
    ])
    if (type !== null && type !== 'list' && type !== 'none') throw notes.wrongType(type, this.where)
    const found: LocalText[] = []
    if (bull === 1) found.push(notes.isBullMqList(queue) ? notes.bullMqList(this.where) : notes.bullMqName(this.where))
    else if (layout === null && !this.forbidden.has('GET')) found.push(notes.nobodysKeys(this.where, this.keys.own))
    if (layout !== null && !readableLayouts.includes(layout)) found.push(notes.otherLayout(this.where, layout))
    return { layout: layout !== null && readableLayouts.includes(layout) ? layout : null, notes: found }
  }

  /** `own`: also what Loopscope's consumers keep beside the list. */
  async look(own: boolean): Promise<Seen> {
    const { client } = this.reader
    const { keys } = this
    const ifOwn = <T>(name: string, ask: () => Promise<T>) => (own ? this.#ifAllowed(name, ask()) : Promise.resolve(null))
    const [waiting, retry, suspects, deadLetters, consumers, leases, epoch] = await Promise.all([
      this.#length(),
      ifOwn('ZCARD', () => client.zcard(keys.retry)),
      ifOwn('ZCARD', () => client.zcard(keys.suspects)),
      ifOwn('LLEN', () => client.llen(keys.dead)),
      ifOwn('ZCARD', () => client.zcard(keys.consumers)),
      ifOwn('ZRANGE', () => client.zrange(keys.consumers, 0, String(mostKnown - 1), 'WITHSCORES')),
      ifOwn('GET', () => client.get(keys.epoch)),
    ])
    const sids = pairs(leases ?? [])
    const [held] = await Promise.all([this.#held(sids.map(({ sid }) => sid)), this.#meet(sids.map(({ sid }) => sid))])
    return {
      waiting,
      retry,
      suspects,
      deadLetters,
      consumers,
      epoch,
      inFlight: leases && held,
      leases: leases && sids,
      about: this.#about,
    }
  }

  async #length(): Promise<number> {
    try {
      return await this.reader.client.llen(this.keys.queue)
    } catch (error) {
      const trouble = troubleOf(error, this.where)
      if (trouble.code !== 'WRONGTYPE') throw trouble
      const type = await this.#ifAllowed('TYPE', this.reader.client.type(this.keys.queue))
      throw notes.wrongType(type ?? '?', this.where)
    }
  }

  async #held(sids: readonly string[]): Promise<number | null> {
    const present = new Set(sids)
    for (const sid of this.#holds.keys()) if (!present.has(sid)) this.#holds.delete(sid)
    const asked = [...sids.filter((sid) => !this.#holds.has(sid)), ...this.#holds.keys()].slice(0, askedAtOnce)
    const counts = await Promise.all(
      asked.map((sid) => this.#ifAllowed('HLEN', this.reader.client.hlen(this.keys.inflight(sid)))),
    )
    for (const [i, sid] of asked.entries()) {
      this.#holds.delete(sid)
      const count = counts[i] ?? null
      if (count !== null) this.#holds.set(sid, count)
    }
    return this.#holds.size < sids.length ? null : [...this.#holds.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Asks who the consumers are that were not seen before. */
  async #meet(sids: readonly string[]): Promise<void> {
    const present = new Set(sids)
    this.#about = new Map([...this.#about].filter(([sid]) => present.has(sid)))
    const strangers = sids.filter((sid) => !this.#about.has(sid)).slice(0, metAtOnce)
    if (strangers.length === 0) return
    const told = await this.#ifAllowed('HMGET', this.reader.client.hmget(this.keys.workers, ...strangers))
    strangers.forEach((sid, i) => {
      const about = readWorker(told?.[i] ?? null)
      if (about) this.#about.set(sid, about)
    })
  }

  /** Null where the server refuses; what is no refusal ends the connection. */
  async #ifAllowed<T>(name: string, asked: Promise<T>): Promise<T | null> {
    try {
      return await asked
    } catch (error) {
      const trouble = troubleOf(error, this.where)
      if (trouble.kind !== 'refused' || !(trouble instanceof Trouble)) throw trouble
      if (trouble.code === 'NOPERM') this.forbidden.add(name)
      else if (trouble.code !== 'WRONGTYPE') throw trouble
      return null
    }
  }
}

/** `sid, score, sid, score …` */
const pairs = (flat: readonly string[]) =>
  Array.from({ length: flat.length / 2 }, (_, i) => ({ sid: flat[2 * i]!, lease: Number(flat[2 * i + 1]) }))

/** A field of the hash `workers`: JSON, from anybody who may write there. */
export function readWorker(text: string | null): KnownWorker | null {
  if (text === null || text.length > 2000) return null
  let told: unknown
  try {
    told = JSON.parse(text)
  } catch {
    // It goes by the name that its sid has.
    return null
  }
  if (typeof told !== 'object' || told === null || !('name' in told) || typeof told.name !== 'string' || told.name === '')
    return null
  const { name, host, pid, concurrency } = told as Record<string, unknown>
  return {
    name: plainText(String(name), 60),
    host: typeof host === 'string' ? plainText(host, 60) : null,
    pid: isCount(pid) ? pid : null,
    concurrency: isCount(concurrency) ? concurrency : null,
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
