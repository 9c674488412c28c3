/** Taking, booking and acknowledging over one incarnation. Everything here ends when the incarnation does. */

import type { LocalText } from '#protocol/catalogue'
import { Commands, type Registered } from './commands'
import type { QueueKeys } from './hashTag'
import type { Incarnation } from './incarnation'
import type { InFlight } from './inFlight'
import { textOf } from './payload'
import { type Trouble, troubleOf, type Where } from './redisErrors'
import type { Signal } from './signal'
import type { SourceSettings, SourceSink } from './source'
import type { StatusBoard } from './statusBoard'

/** Real ms between two prolongations of the lease. */
const beatMs = 500
/** Items of one claim. */
const batch = 256
const acksPerCall = 4000
/** Real ms between two attempts to bury where the server refuses it. */
const buryAgainMs = 5000

/** What outlives the incarnations. */
export interface Context {
  readonly keys: QueueKeys
  readonly where: Where
  readonly settings: SourceSettings
  readonly sink: SourceSink
  readonly board: StatusBoard
  readonly inFlight: InFlight
  /** Rung when an item is done, an answer or `retry` came, an incarnation ended, or at stop. */
  readonly signal: Signal
  /** At most so many items are taken and not yet done. */
  concurrency: number
  /** Counts `retry` calls. */
  retries: number
  /** Null until the first registration. */
  registered: Registered | null
}

export class Consumption {
  /** What the server refuses at the moment, by the part that is refused. */
  readonly #refused = new Map<string, LocalText>()
  #flushing = false
  #beats = 0
  #beating = false
  #timer: NodeJS.Timeout | null = null

  readonly #commands: Commands

  constructor(
    private readonly incarnation: Incarnation,
    private readonly context: Context,
  ) {
    this.#commands = new Commands(incarnation, context.keys, context.where)
  }

  /** Registers the name, learns what the server holds for us, and starts what it holds and nobody runs. Rejects with trouble. */
  async register(): Promise<void> {
    const { inFlight, registered: before } = this.context
    const { adopted, epoch, ids } = await this.#commands.renew(before, inFlight.staged)
    this.context.registered = { sid: this.incarnation.sid, epoch }
    const orphans = inFlight.reconcile({ adopted, emptied: before !== null && before.epoch !== epoch, ids })
    await this.#takeOrphans(orphans)
    await this.#writeRunning()
    this.incarnation.live = true
    this.flushEnds()
    this.#timer = setInterval(() => this.#beat(), beatMs)
  }

  /** Takes items until the incarnation is over. `onFirst` is called when the server answered to the first claim. */
  async pump(onFirst: () => void): Promise<void> {
    const { keys, inFlight, signal, sink } = this.context
    let first = true
    // Whether the queue may hold more: then a claim takes up to a batch at once. If not, BLMOVE waits for the next item.
    let left = true
    while (this.incarnation.active) {
      const stuck = this.#refused.has('bury')
      const room = stuck ? 0 : Math.max(0, this.context.concurrency - inFlight.running)
      try {
        if (first || inFlight.staged !== null || (left && room > 0)) {
          left = (await this.#claim(Math.min(batch, room))) > 0
          if (first && this.incarnation.active) onFirst()
          first = false
        } else if (room > 0) {
          sink.activity('waiting', `BLMOVE ${keys.queue}`)
          const bytes = await this.#commands.blmove()
          if (bytes && this.incarnation.active) this.#start(inFlight.reserve(1), bytes, 'stage')
        } else if (stuck) {
          await this.#buryAgain()
        } else {
          left = true
          sink.activity('waiting', 'a free place')
          await signal.wait()
        }
        this.#refuse('take', null)
      } catch (error) {
        if (this.incarnation.active) await this.#refusedTake(this.#trouble(error))
        // A claim answers at once; BLMOVE would tell only after a block that it is no longer refused.
        left = true
      }
    }
  }

  /** Ends the wait of BLMOVE: there is no room any more. */
  async unblock(): Promise<void> {
    const { control, blockingId, active } = this.incarnation
    if (!active || blockingId === null) return
    try {
      await control.client('UNBLOCK', blockingId)
    } catch (error) {
      // Where the ACL forbids it the wait ends with its block.
      this.#trouble(error)
    }
  }

  /** Sends the ends of items once per turn of the event loop; burials, where they are refused, only when it is time to try them again. */
  flushEnds(withBurials = !this.#refused.has('bury')): void {
    if (this.#flushing || !this.incarnation.live || !this.incarnation.active) return
    this.#flushing = true
    setImmediate(() => {
      this.#flushing = false
      if (!this.incarnation.active) return
      const { acks, burials } = this.context.inFlight.takeEnds(withBurials)
      for (let i = 0; i < acks.length; i += acksPerCall) this.#acknowledge(acks.slice(i, i + acksPerCall))
      for (const burial of burials) this.#send('bury', [burial.id], this.#commands.bury(burial))
    })
  }

  /**
   * Gives back what is not done and signs off. Everything is sent at once; the server takes it in this order: no more BLMOVE of ours, book the
   * staged item, the ends, the rest back. Rejects with trouble.
   */
  async farewell(): Promise<void> {
    const { keys, inFlight, board } = this.context
    const { control, blockingId } = this.incarnation
    this.close()
    this.incarnation.leave()
    const sent: Promise<unknown>[] = []
    // Where it is forbidden, the sweep of the stage does the same later.
    if (blockingId !== null) sent.push(control.client('KILL', 'ID', blockingId).catch((error: unknown) => this.#trouble(error)))
    const { staged } = inFlight
    if (staged !== null) {
      sent.push(this.#commands.claim(control, staged, 0, 0))
      inFlight.booked(staged)
    }
    const { acks, burials } = inFlight.takeEnds()
    for (const burial of burials) sent.push(this.#commands.bury(burial))
    if (acks.length > 0) sent.push(this.#commands.acknowledge(acks))
    sent.push(this.#commands.giveBack())
    const length = control.llen(keys.queue)
    await Promise.all([...sent, length])
    board.set({ waiting: await length })
  }

  /** Called when the incarnation is over. */
  close(): void {
    if (this.#timer) clearInterval(this.#timer)
  }

  #start(id: number, bytes: Buffer, place: 'stage' | 'hash'): void {
    const { inFlight, board, sink } = this.context
    inFlight.add(id, bytes, place)
    sink.activity('running', 'takes tasks')
    sink.take({ id, text: textOf(bytes) })
    board.set({ inFlight: inFlight.running })
  }

  /** Books the staged item and takes up to `want` more. Returns how many are left in the queue. */
  async #claim(want: number): Promise<number> {
    const { inFlight, board } = this.context
    const staged = inFlight.staged
    const base = inFlight.reserve(want)
    const { left, payloads } = await this.#commands.claim(this.incarnation.blocking, staged, want, base)
    if (!this.incarnation.active) return 0
    if (staged !== null) inFlight.booked(staged)
    payloads.forEach((bytes, index) => {
      this.#start(base + index, bytes, 'hash')
    })
    this.flushEnds()
    board.set({ waiting: left })
    return left
  }

  async #takeOrphans(ids: readonly number[]): Promise<void> {
    for (let i = 0; i < ids.length; i += 500) {
      const part = ids.slice(i, i + 500)
      const payloads = await this.#commands.payloads(part)
      payloads.forEach((bytes, index) => {
        if (bytes && this.incarnation.active) this.#start(part[index]!, bytes, 'hash')
      })
    }
  }

  /** A server that came back empty gets what is running here. In parts: a script's arguments are few. */
  async #writeRunning(): Promise<void> {
    const { inFlight } = this.context
    const items = inFlight.unwritten()
    for (let i = 0; i < items.length; i += 200) {
      const part = items.slice(i, i + 200)
      await this.#commands.assertRunning(part)
      inFlight.written(part.map(({ id }) => id))
    }
  }

  #acknowledge(ids: number[]): void {
    this.#send('acknowledge', ids, this.#commands.acknowledge(ids))
  }

  /** The ends of these items are known to the server when `sending` resolves; until then they are kept. */
  #send(part: 'acknowledge' | 'bury', ids: number[], sending: Promise<unknown>): void {
    const { inFlight, sink } = this.context
    const sent = performance.now()
    sending.then(
      () => {
        inFlight.confirm(ids)
        sink.settled(ids, part === 'bury' ? 'buried' : 'acknowledged', performance.now() - sent)
        this.#refuse(part, null)
      },
      (error: unknown) => {
        // Over: the next incarnation compares and sends them again. Refused: the next beat does.
        const trouble = this.#trouble(error)
        if (this.incarnation.over) return
        inFlight.again(ids)
        this.#refuse(part, trouble)
      },
    )
  }

  /** Prolongs the lease, and takes care of what dead consumers left. */
  async #beat(): Promise<void> {
    const { inFlight, board } = this.context
    if (this.#beating || !this.incarnation.active) return
    this.#beating = true
    try {
      this.flushEnds()
      const { waiting, due } = await this.#commands.beat()
      board.set({ waiting })
      if (due) await this.recover()
      this.#beats += 1
      if (this.#beats % 10 === 0) inFlight.age()
      this.#refuse('lease', null)
    } catch (error) {
      this.#refuse('lease', this.#trouble(error))
    } finally {
      this.#beating = false
    }
  }

  /** Puts back what dead consumers left, and counts it. */
  async recover(): Promise<void> {
    const { board } = this.context
    const count = await this.#commands.recover()
    if (count > 0) board.set({ recovered: board.current.recovered + count })
  }

  /** Nothing can be taken, but the connection is good: leases and acknowledgements go on, and after a while, or at `retry`, it is tried again. */
  async #refusedTake(trouble: Trouble): Promise<void> {
    const { board, signal, sink } = this.context
    if (!this.incarnation.active) return
    this.#refuse('take', trouble)
    board.set({ nextAttemptInSeconds: trouble.retrySeconds })
    sink.activity('sleeping', `retry in ${trouble.retrySeconds} s`)
    const until = performance.now() + trouble.retrySeconds * 1000
    const retries = this.context.retries
    while (this.incarnation.active && this.context.retries === retries && performance.now() < until)
      await signal.wait(until - performance.now())
  }

  /** What cannot be buried stays in our memory with its bytes, so nothing more is taken before it is. */
  async #buryAgain(): Promise<void> {
    const { board, signal, sink } = this.context
    const { retries } = this.context
    board.set({ nextAttemptInSeconds: buryAgainMs / 1000 })
    sink.activity('sleeping', `retry in ${buryAgainMs / 1000} s`)
    const until = performance.now() + buryAgainMs
    while (this.incarnation.active && this.#refused.has('bury') && this.context.retries === retries && performance.now() < until)
      await signal.wait(until - performance.now())
    this.flushEnds(true)
  }

  #refuse(part: string, trouble: Trouble | null): void {
    if (!this.incarnation.active || (trouble === null && !this.#refused.delete(part))) return
    this.context.signal.ring()
    if (trouble) this.#refused.set(part, trouble.sentence)
    const [reason = null] = this.#refused.values()
    if (reason) this.context.board.set({ phase: 'refused', reason })
    else this.context.board.set({ phase: 'consuming', reason: null, nextAttemptInSeconds: null })
  }

  /** Error → trouble. What is not the server's refusal ends the incarnation. */
  #trouble(error: unknown): Trouble {
    const trouble = troubleOf(error, this.context.where)
    if (trouble.kind !== 'refused' && !this.incarnation.leaving) this.incarnation.end(trouble)
    return trouble
  }
}
