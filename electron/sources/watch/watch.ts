/**
 * A queue of somebody else's, looked at: connecting and trying again, a look each second, the feed five times a second. Everything goes through
 * `Reader`, so nothing is written. What a server says no to is done without, all but the length.
 */
import type { WatchReport } from '#protocol/watchReport'
import { mostWorkers } from '#protocol/watchReport'
import { type QueueKeys, queueKeys } from '../hashTag'
import { type RedisAddress, readAddress } from '../redisAddress'
import { type Trouble, troubleOf, type Where } from '../redisErrors'
import { waitToRetry } from '../retrying'
import { Signal } from '../signal'
import type { SourceSink } from '../source'
import { StatusBoard } from '../statusBoard'
import { ClockBounds } from './clockBounds'
import { FeedReader, type ReadFrame } from './feedReader'
import { Fleet, type FleetSink, mostKnown, stillOpen } from './fleet'
import { askedAtOnce, type Kind, Looker, type Seen } from './look'
import * as notes from './notes'
import { Oldest } from './oldest'
import { Rate } from './rates'
import { Reader } from './reader'
import { Receipt } from './receipt'

/** Real ms between two readings of the feed; and readings for each look. */
const usualMillis = 200
const readingsALook = 5

export interface WatchSettings {
  readonly url: string
  readonly queue: string
  /** Real ms between two readings of the feed. */
  readonly feedMillis?: number
}

/** Where a watcher draws, beside what every source says. */
export interface WatchSink extends FleetSink, Pick<SourceSink, 'status' | 'activity' | 'attemptFailed'> {
  /** ns on the recorder's clock. */
  now(): number
  /** Resolves when the recorder has room for so many marks again. */
  room(marks: number): Promise<void>
}

/** Marks that one record makes at most: a task with its name, or a state. */
const marksOfRecord = 4

export class Watch {
  readonly receipt = new Receipt()
  readonly #board: StatusBoard
  readonly #signal = new Signal()
  readonly #fleet: Fleet
  readonly #growth = new Rate()
  readonly #started = new Rate()
  readonly #ended = new Rate()
  readonly #clock = new ClockBounds()
  readonly #oldest = new Oldest()
  #feed: FeedReader | null = null
  /** What was in the feed before we came, until it is known who is still there. */
  #past: readonly ReadFrame[] = []
  #epoch: string | null = null
  /** TIME is no command that reads data, and who may only read may not ask for it. */
  #clockIsForbidden = false
  #reader: Reader | null = null
  #failed = 0
  #retries = 0
  #stopped = false

  constructor(
    private readonly settings: WatchSettings,
    private readonly sink: WatchSink,
  ) {
    this.#fleet = new Fleet(sink)
    const address = readAddress(settings.url)
    this.#board = new StatusBoard(address.ok ? address.value.shown : '', settings.queue, (status) => sink.status(status))
  }

  start(): void {
    const address = readAddress(this.settings.url)
    const keys = queueKeys(this.settings.queue)
    if (!address.ok || !keys.ok) {
      const reason = address.ok ? (keys.ok ? null : keys.problem) : address.problem
      this.#board.set({ phase: 'refused', reason, refusal: address.ok ? 'key' : 'user' })
      this.sink.attemptFailed(address.ok ? 'KEY' : 'URL')
      return
    }
    this.#board.flush()
    void this.#live(address.value, keys.value)
  }

  /** Try to reach the server now. */
  retry(): void {
    this.#retries += 1
    this.#signal.ring()
  }

  /** Leaves the server at once; it knows of nothing that would have to be taken back. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#fleet.close(this.sink.now())
    this.#reader?.end(null)
    this.#signal.ring()
    this.#board.close({ phase: 'stopped', reason: null, nextAttemptInSeconds: null })
  }

  async #live(address: RedisAddress, keys: QueueKeys): Promise<void> {
    const where: Where = { address: address.shown, queue: keys.queue, redact: address.redact }
    while (!this.#stopped) {
      const reader = new Reader(address.connection, this.receipt, where, () => this.#signal.ring())
      this.#reader = reader
      let trouble: Trouble
      try {
        await reader.connect()
        await this.#lookOn(reader, keys, where)
        trouble = reader.trouble ?? troubleOf(new Error('Connection is closed.'), where)
      } catch (error) {
        trouble = reader.trouble ?? troubleOf(error, where)
        reader.end(trouble)
      }
      if (!this.#stopped) await this.#backOff(trouble, where)
    }
  }

  async #lookOn(reader: Reader, keys: QueueKeys, where: Where): Promise<void> {
    const looker = new Looker(reader, keys, where)
    // What was open before a lost connection is open still: what nobody saw since is told by the numbers of the frames.
    this.#feed ??= new FeedReader(keys.events, this.#clock, () => this.sink.now() / 1000)
    const feed = this.#feed
    let kind: Kind = { layout: null, notes: [] }
    let fed = true
    this.sink.activity('waiting', `LLEN ${keys.queue}`)
    for (let reading = 0; !reader.over; reading++) {
      const began = performance.now()
      if (reading % readingsALook === 0) {
        // Who takes from it may come later than we.
        if (kind.layout === null) kind = await looker.kind()
        await this.#compare(reader, where)
        await this.#ifAllowed(looker, 'LINDEX', where, () => this.#oldest.look(reader.client, keys.queue))
        if (kind.layout !== null && fed && !feed.begun)
          fed = await this.#ifAllowed(looker, 'XREAD', where, async () => {
            this.#past = await feed.past(reader.client)
          })
        const seen = await looker.look(kind.layout !== null)
        this.#remember(seen.epoch)
        if (kind.layout === null) feed.beginEmpty()
        this.#tell(seen, { looker, kind, feed, where, fed })
        this.#takePast()
      }
      if (kind.layout !== null && fed) fed = await this.#ifAllowed(looker, 'XREAD', where, () => this.#read(reader, feed))
      await this.#signal.wait(Math.max(0, began + (this.settings.feedMillis ?? usualMillis) - performance.now()))
    }
  }

  /** A server that came back empty knows nothing of what was open. Its feed goes on from where it was: the names of entries follow its clock. */
  #remember(epoch: string | null): void {
    if (this.#epoch !== null && epoch !== this.#epoch) this.#fleet.close(this.sink.now())
    this.#epoch = epoch
  }

  /** False where the server does not let us. */
  async #ifAllowed(looker: Looker, name: string, where: Where, work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      this.#without(looker, name, error, where)
      return false
    }
  }

  #without(looker: Looker, name: string, error: unknown, where: Where): void {
    const trouble = troubleOf(error, where)
    if (trouble.code === 'NOPERM') looker.forbidden.add(name)
    else if (trouble.code !== 'WRONGTYPE') throw trouble
  }

  /** How far the server's clock is from ours; where TIME is forbidden, the names of the feed's entries tell it less exactly. */
  async #compare(reader: Reader, where: Where): Promise<void> {
    if (this.#clockIsForbidden) return
    const sent = this.sink.now() / 1000
    try {
      const [seconds, micros] = (await reader.client.time()) as unknown as [string, string]
      const received = this.sink.now() / 1000
      const server = Number(seconds) * 1e6 + Number(micros)
      this.#clock.observe(received, server - received, server - sent)
    } catch (error) {
      if (troubleOf(error, where).code !== 'NOPERM') throw error
      this.#clockIsForbidden = true
    }
  }

  /** Until the stream has no more, in parts that the recorder can take. */
  async #read(reader: Reader, feed: FeedReader): Promise<void> {
    for (let more = true; more && !reader.over; ) {
      const read = await feed.next(reader.client)
      for (const one of read.frames) {
        await this.sink.room(one.frame.records.length * marksOfRecord)
        this.#draw(one, false)
      }
      more = read.more
    }
  }

  #takePast(): void {
    const past = this.#past
    this.#past = []
    const open = stillOpen(past.map(({ frame }) => frame))
    // Nothing came that compares the clocks closely, but what is in the stream was written before now.
    const now = this.sink.now() / 1000
    for (const { written } of past) this.#clock.observe(now, written - now)
    for (const [i, { written }] of past.entries()) this.#draw({ written, frame: open[i]! }, true)
  }

  #draw({ frame, written }: ReadFrame, isPast: boolean): void {
    // All bars were closed: none may begin after that.
    if (this.#stopped) return
    const offset = this.#clock.offset ?? 0
    this.#fleet.frame(frame, {
      written,
      isPast,
      now: this.sink.now(),
      toHere: (server) => (server - offset) * 1000,
      error: this.#clock.error ?? Number.POSITIVE_INFINITY,
    })
  }

  #tell(seen: Seen, parts: Parts): void {
    const now = this.sink.now()
    if (seen.leases)
      this.#fleet.looked(seen.leases, seen.leases.length === seen.consumers, (sid) => seen.about.get(sid) ?? null, now)
    const at = performance.now()
    this.#growth.add(seen.waiting, at)
    this.#started.add(this.#fleet.started, at)
    this.#ended.add(this.#fleet.finished + this.#fleet.failed, at)
    this.#failed = 0
    this.#board.set({
      phase: 'watching',
      reason: null,
      attempt: 0,
      nextAttemptInSeconds: null,
      waiting: seen.waiting,
      inFlight: seen.inFlight ?? 0,
      finished: this.#fleet.finished,
      failed: this.#fleet.failed,
      watch: this.#report(seen, parts, now),
    })
  }

  #report(seen: Seen, { looker, kind, feed, where, fed }: Parts, now: number): WatchReport {
    const { workers } = this.#fleet
    const clock = this.#clock
    const heard = workers.some(({ framed }) => framed > 0)
    const total = (error: number | null) => (error === null || clock.error === null ? null : (error + clock.error) / 1e6)
    const fleet = workers.slice(0, mostWorkers).map((worker) => ({
      id: worker.id,
      name: worker.name,
      host: worker.about?.host ?? null,
      pid: worker.about?.pid ?? null,
      concurrency: worker.about?.concurrency ?? null,
      running: worker.running,
      finished: worker.finished,
      failed: worker.failed,
      lostFrames: worker.lostFrames,
      aheadSeconds: worker.offset === null ? null : -worker.offset / 1e6,
      errorSeconds: total(worker.error),
      heardSecondsAgo: worker.heard === 0 ? null : Math.max(0, now - worker.heard) / 1e9,
    }))
    const errors = fleet.flatMap(({ errorSeconds }) => (errorSeconds === null ? [] : [errorSeconds]))
    const pushed = seen.waiting > 0 && clock.offset !== null ? this.#oldest.pushedAt : null
    const all = [...kind.notes]
    if (seen.waiting === 0 && !heard && !seen.consumers) all.push(notes.emptyKey(where))
    if (fed && !heard && (seen.consumers ?? 0) > 0) all.push(notes.noFeed(where))
    const known = seen.leases?.length ?? 0
    // Below the bound all are known: the two were only not counted in the same moment.
    const consumers = known < mostKnown ? known : (seen.consumers ?? known)
    if (known > askedAtOnce) all.push(notes.manyConsumers(where, consumers, known, askedAtOnce))
    if (looker.forbidden.size > 0) all.push(notes.notAllowed(where, [...looker.forbidden].sort()))
    if (feed.problem) all.push(notes.unreadable(feed.unreadable, feed.problem))
    return {
      oldestSeconds: pushed === null ? null : Math.max(0, now / 1000 + clock.offset! - pushed) / 1e6,
      growthPerSecond: this.#growth.perSecond,
      startedPerSecond: heard ? this.#started.perSecond : null,
      endedPerSecond: heard ? this.#ended.perSecond : null,
      consumers: seen.consumers,
      inFlight: seen.inFlight,
      retry: seen.retry,
      suspects: seen.suspects,
      deadLetters: seen.deadLetters,
      fleet,
      moreWorkers: Math.max(0, Math.max(workers.length, seen.consumers ?? 0) - fleet.length),
      lostFrames: this.#fleet.lostFrames,
      refusedRecords: this.#fleet.refusedRecords,
      clockErrorSeconds: errors.length > 0 ? Math.max(...errors) : null,
      notes: all,
      receipt: this.receipt.lines,
    }
  }

  /** Waits before the next attempt, or until `retry` or stop. */
  async #backOff(trouble: Trouble, { address }: Where): Promise<void> {
    const lost = this.#board.current.phase === 'watching' && trouble.kind !== 'refused'
    if (!lost) this.#failed += 1
    const retries = this.#retries
    const parts = { board: this.#board, sink: this.sink, signal: this.#signal }
    const attempt = { trouble, address, failed: lost ? 0 : this.#failed }
    await waitToRetry(parts, attempt, () => !this.#stopped && this.#retries === retries)
    if (!this.#stopped) this.sink.activity('running', 'connects')
  }
}

interface Parts {
  readonly looker: Looker
  readonly kind: Kind
  readonly feed: FeedReader
  readonly where: Where
  /** Whether the feed is read at all. */
  readonly fed: boolean
}
