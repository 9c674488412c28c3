/** A Redis list as a queue source: connections and their loss, first sight, trying again. What is taken and how: consumption.ts. */
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { DeadLetterAnswer, DeadLetterRequest } from '#protocol/deadLetters'
import { longestInHand } from './backOff'
import { Consumption } from './consumption'
import { type Context, goodPhase, type Wants } from './context'
import { answerDeadLetters, countDeadLetters } from './deadLetters'
import type { FeedSink } from './feedSink'
import { queueKeys, readableLayouts } from './hashTag'
import { Incarnation } from './incarnation'
import { InFlight } from './inFlight'
import { Outage } from './outage'
import { type RedisAddress, readAddress } from './redisAddress'
import {
  evictionWarning,
  layoutTrouble,
  ownKeysTrouble,
  stoppedTrouble,
  type Trouble,
  troubleOf,
  versionTrouble,
} from './redisErrors'
import { waitToRetry } from './retrying'
import { Signal } from './signal'
import { PushError, type QueueSource, type SourceSettings, type SourceSink } from './source'
import { StatusBoard } from './statusBoard'
import { defaultTuning, type Tuning } from './tuning'
import { withoutRepeats } from './withoutRepeats'

/** Real ms between two looks at the length while nothing is moved. */
const lookMs = 1000
const pushBatch = 1000

export interface RedisSettings extends SourceSettings, Partial<Tuning> {
  /** Hears what becomes of the items. */
  readonly feed?: FeedSink
  /** What others see of this consumer: the app by default. */
  readonly kind?: 'app' | 'worker'
}

export class RedisList implements QueueSource {
  #context: Context | null = null
  #board: StatusBoard | null = null
  #incarnation: Incarnation | null = null
  #consumption: Consumption | null = null
  /** What the user wants; null until the key was seen empty or the question was answered. */
  #choice: 'watch' | 'consume' | null
  #generation = 0
  /** A name whose registration was sent and not answered: it is used again, since the server may know us by it or by the one before. */
  #unanswered: string | null = null
  /** The last B, which the server may still believe alive. */
  #ghost: { readonly id: number; readonly runId: string } | null = null
  /** Attempts that failed since the last success. */
  #attempts = 0
  #stopping: Promise<void> | null = null
  readonly #wants: Wants
  #finished = 0
  #failed = 0
  /** Ends came that are neither sent nor shown. */
  #ended = false

  constructor(private readonly settings: RedisSettings) {
    this.#choice = settings.ask ? null : 'consume'
    this.#wants = { concurrency: settings.concurrency }
  }

  start(sink: SourceSink): void {
    const address = readAddress(this.settings.url)
    const keys = queueKeys(this.settings.queue)
    const board = new StatusBoard(address.ok ? address.value.shown : '', this.settings.queue, (status) => sink.status(status))
    this.#board = board
    if (!address.ok || !keys.ok) {
      const reason = address.ok ? (keys.ok ? null : keys.problem) : address.problem
      board.set({ phase: 'refused', reason, refusal: address.ok ? 'key' : 'user' })
      sink.attemptFailed(address.ok ? 'KEY' : 'URL')
      return
    }
    const tuning = { ...defaultTuning, ...this.settings }
    const context: Context = {
      keys: keys.value,
      where: { address: address.value.shown, queue: this.settings.queue, redact: address.value.redact },
      tuning,
      feed: this.settings.feed ?? null,
      self: () => ({
        name: ownName(),
        host: hostname(),
        pid: process.pid,
        concurrency: this.#wants.concurrency,
        kind: this.settings.kind ?? 'app',
      }),
      sink: withoutRepeats(sink),
      board,
      inFlight: new InFlight(),
      signal: new Signal(),
      wants: this.#wants,
      retries: 0,
      registered: null,
      emptied: null,
      outage: new Outage(2 * tuning.beatMs, tuning.leaseMs),
    }
    this.#context = context
    board.flush()
    void this.#live(context, address.value)
  }

  done(id: number): void {
    if (this.#end(id, 'ack')) this.#finished += 1
  }

  bury(id: number, reason: string): void {
    if (this.#end(id, { reason })) this.#failed += 1
  }

  limit(concurrency: number): void {
    this.#wants.concurrency = concurrency
    const context = this.#context
    if (!context) return
    const { phase } = context.board.current
    if (phase === 'consuming' || phase === 'paused') context.board.set({ phase: goodPhase(context) })
    this.#consumption?.interrupt()
    context.signal.ring()
  }

  async push(payloads: readonly string[]): Promise<void> {
    const context = this.#context
    const incarnation = this.#incarnation
    if (
      !context ||
      !incarnation ||
      !this.#board ||
      ['connecting', 'unreachable', 'stopped'].includes(this.#board.current.phase)
    ) {
      throw new PushError({ en: 'Nothing was pushed: Redis is not connected.', zh: '什么也没有推入：没有连接到 Redis。' })
    }
    try {
      for (let i = 0; i < payloads.length; i += pushBatch) {
        await incarnation.control.lpush(context.keys.queue, ...payloads.slice(i, i + pushBatch))
      }
    } catch (error) {
      const { kind, sentence } = troubleOf(error, context.where)
      // LPUSH is not sent twice: without its reply nobody knows whether it was done.
      if (kind === 'refused') throw new PushError(sentence)
      throw new PushError({
        en: `${sentence.en} Whether the items were pushed is not known.`,
        zh: `${sentence.zh}这些任务是否已推入，不得而知。`,
      })
    }
  }

  async deadLetters(request: DeadLetterRequest): Promise<DeadLetterAnswer> {
    const context = this.#context
    const incarnation = this.#incarnation
    if (!context || !incarnation?.active || ['connecting', 'unreachable', 'stopped'].includes(context.board.current.phase)) {
      const problem = {
        en: 'Redis is not connected. The dead letters stay where they are; try again when it is back.',
        zh: '没有连接到 Redis。死信都还在原处；等它恢复后再试。',
      }
      return { kind: 'problem', problem }
    }
    const answer = await answerDeadLetters(incarnation.control, context.keys, context.where, request)
    if (answer.kind !== 'problem') context.board.set({ deadLetters: answer.total })
    return answer
  }

  answer(choice: 'watch' | 'consume'): void {
    if (this.#choice !== 'consume') this.#choice = choice
    this.#context?.signal.ring()
  }

  retry(): void {
    if (!this.#context) return
    this.#context.retries += 1
    this.#context.signal.ring()
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  /** All ends of one turn of the event loop are sent and shown together. False: its end here counts for nothing. */
  #end(id: number, end: 'ack' | { readonly reason: string }): boolean {
    const context = this.#context
    const { feed, inFlight } = context ?? {}
    const at = feed?.now()
    const ord = inFlight?.end(id, end, at)
    if (!context || ord === undefined) return false
    if (feed && ord > 0) {
      if (end === 'ack') feed.mark('finished', ord, '', at)
      else feed.mark('failed', ord, end.reason, at)
    }
    const counts = ord >= 0
    if (this.#ended) return counts
    this.#ended = true
    setImmediate(() => {
      this.#ended = false
      context.board.set({ inFlight: context.inFlight.running, ...this.#counts })
      this.#consumption?.flushEnds()
      context.signal.ring()
    })
    return counts
  }

  get #counts() {
    return { finished: this.#finished, failed: this.#failed }
  }

  async #stop(): Promise<void> {
    const context = this.#context
    const consumption = this.#consumption
    if (context && consumption && this.#incarnation?.active) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, context.tuning.farewellMs)
      })
      // Redis is going or gone: the lease ends by itself and the next consumer puts everything back.
      const farewell = consumption.farewell().catch((error: unknown) => troubleOf(error, context.where))
      await Promise.race([farewell, late])
      clearTimeout(timer)
    }
    this.#incarnation?.end(null)
    context?.inFlight.clear()
    context?.signal.ring()
    this.#board?.close({ phase: 'stopped', ...this.#counts, inFlight: 0, reason: null, nextAttemptInSeconds: null })
  }

  /** One incarnation after another until stop. */
  async #live(context: Context, address: RedisAddress): Promise<void> {
    while (!this.#stopping) {
      const incarnation = this.#newIncarnation(context, address)
      const trouble = await this.#incarnate(context, incarnation)
      this.#consumption?.close()
      this.#consumption = null
      if (incarnation.blockingId !== null && incarnation.runId)
        this.#ghost = { id: incarnation.blockingId, runId: incarnation.runId }
      if (!this.#stopping) await this.#backOff(context, trouble)
    }
  }

  #newIncarnation(context: Context, address: RedisAddress): Incarnation {
    this.#generation += 1
    const sid = this.#unanswered ?? `${ownName()}.${this.#generation}.${randomBytes(4).toString('hex')}`
    this.#incarnation = new Incarnation(sid, address.connection, context.where, () => context.signal.ring())
    return this.#incarnation
  }

  /** Lives until the incarnation is over; returns why. */
  async #incarnate(context: Context, incarnation: Incarnation): Promise<Trouble> {
    const { board, where } = context
    let counting: NodeJS.Timeout | undefined
    try {
      await incarnation.connectControl()
      counting = countDeadLetters(incarnation.control, context.keys, (deadLetters) => board.set({ deadLetters }))
      await this.#look(context, incarnation)
      if (this.#choice === null) await this.#ask(context, incarnation)
      if (this.#choice === 'watch') await this.#watch(context, incarnation)
      if (!incarnation.active) return incarnation.trouble ?? stoppedTrouble()
      await incarnation.connectBlocking()
      await this.#killGhost(incarnation)
      this.#unanswered = incarnation.sid
      const consumption = new Consumption(incarnation, context)
      this.#consumption = consumption
      await consumption.register()
      this.#unanswered = null
      await consumption.recover()
      await consumption.pump(() => {
        this.#attempts = 0
        board.set({ phase: goodPhase(context), reason: null, attempt: 0, nextAttemptInSeconds: null })
      })
      return incarnation.trouble ?? stoppedTrouble()
    } catch (error) {
      // What ended the incarnation says more than the command that was rejected by it.
      const trouble = incarnation.trouble ?? troubleOf(error, where)
      if (!incarnation.leaving) incarnation.end(trouble)
      return trouble
    } finally {
      clearInterval(counting)
    }
  }

  /** Looks without touching: is it a list, is it ours, is the server new enough. */
  async #look(context: Context, incarnation: Incarnation): Promise<void> {
    const { keys, where, board } = context
    const { control } = incarnation
    // What an ACL may forbid is done without: BLMOVE itself tells then whether the server is too old.
    const ifAllowed = <T>(asked: Promise<T>, without: T) =>
      asked.catch((error: unknown) => {
        if (troubleOf(error, where).kind === 'refused') return without
        throw error
      })
    const own = (asked: Promise<number>) =>
      asked.catch((error: unknown) => {
        throw ownKeysTrouble(error, keys.own, where)
      })
    const [length, again, suspects, layout, info, memory, [blmove]] = await Promise.all([
      control.llen(keys.queue),
      own(control.zcard(keys.retry)),
      own(control.zcard(keys.suspects)),
      control.get(keys.version).catch((error: unknown) => {
        throw ownKeysTrouble(error, keys.version, where)
      }),
      ifAllowed(control.info('server'), ''),
      ifAllowed(control.info('memory'), ''),
      ifAllowed(control.call('COMMAND', 'INFO', 'blmove') as Promise<unknown[]>, ['unknown']),
    ])
    const old = versionTrouble(info, blmove !== null, where)
    if (old) throw old
    if (layout !== null && !readableLayouts.includes(layout)) throw layoutTrouble(layout, where)
    incarnation.runId = /^run_id:(\w+)/m.exec(info)?.[1] ?? null
    const waiting = length + again + suspects
    board.set({ waiting, warning: context.emptied ?? evictionWarning(memory, where) })
    if (this.#choice === null && waiting === 0) this.#choice = 'consume'
  }

  async #ask(context: Context, incarnation: Incarnation): Promise<void> {
    this.#attempts = 0
    context.board.set({ phase: 'asking', reason: null, attempt: 0, nextAttemptInSeconds: null })
    await this.#lookOn(context, incarnation, () => this.#choice === null)
  }

  async #watch(context: Context, incarnation: Incarnation): Promise<void> {
    this.#attempts = 0
    context.board.set({ phase: 'watching', reason: null, attempt: 0, nextAttemptInSeconds: null })
    await this.#lookOn(context, incarnation, () => this.#choice === 'watch')
  }

  /** Refreshes the length once a second as long as `goOn` says so. Nothing is moved. */
  async #lookOn({ keys, board, signal, sink }: Context, incarnation: Incarnation, goOn: () => boolean): Promise<void> {
    sink.activity('waiting', `LLEN ${keys.queue}`)
    let looked = performance.now()
    while (goOn() && incarnation.active) {
      await signal.wait(Math.max(0, looked + lookMs - performance.now()))
      if (!incarnation.active || performance.now() < looked + lookMs) continue
      looked = performance.now()
      board.set({ waiting: await incarnation.control.llen(keys.queue) })
    }
  }

  /**
   * The server may still believe the last B alive, and its BLMOVE would take an item. Ids mean something only to the same run of the server: after
   * a restart the number may be anybody's.
   */
  async #killGhost(incarnation: Incarnation): Promise<void> {
    const ghost = this.#ghost
    try {
      if (ghost && ghost.runId === incarnation.runId) await incarnation.control.client('KILL', 'ID', ghost.id)
    } catch (error) {
      // Forbidden by the ACL: the sweep of its stage does the same a little later.
      if (!(error instanceof Error && error.name === 'ReplyError')) throw error
    }
    try {
      incarnation.blockingId = await incarnation.blocking.client('ID')
    } catch (error) {
      // As above.
      if (!(error instanceof Error && error.name === 'ReplyError')) throw error
    }
  }

  /** Waits before the next attempt, or until `retry` or stop. */
  async #backOff(context: Context, trouble: Trouble): Promise<void> {
    const { board, sink, retries, inFlight, where } = context
    // The first new attempt after a loss is made almost at once.
    const lost = board.current.phase !== 'connecting' && board.current.phase !== 'unreachable' && trouble.kind !== 'refused'
    if (!lost) this.#attempts += 1
    const longest = inFlight.running > 0 ? longestInHand : Number.POSITIVE_INFINITY
    const attempt = { trouble, address: where.address, failed: lost ? 0 : this.#attempts, longest }
    await waitToRetry(context, attempt, () => !this.#stopping && context.retries === retries)
    if (!this.#stopping) sink.activity('running', 'connects')
  }
}

/** The same for all queues of this process. */
const ownName = () => `${hostname().replace(/[^\w-]/g, '-')}-${process.pid}`
