/** Taking, booking and acknowledging over one incarnation. Everything here ends when the incarnation does. */
import type { LocalText } from '#protocol/catalogue'
import { burialReason, Commands, type Staged } from './commands'
import { type Context, goodPhase } from './context'
import type { Incarnation } from './incarnation'
import { feedWarning, type Trouble, troubleOf } from './redisErrors'
import { compare, prolong, tell } from './registration'
import { Starts } from './starts'
import { SuspectTurn } from './suspectTurn'

/** Items of one claim. */
const batch = 1000
/** Claims under way while the queue gives all that it is asked for: Redis works while the batch before is being started. */
const depth = 2
const acksPerCall = 4000
/** Real ms between two frames of the feed: each has its price, whatever is in it. */
const tellMs = 10
/** Real seconds between two attempts to bury where the server refuses it. */
const buryAgainSeconds = 5

export class Consumption {
  /** What the server refuses at the moment, by the part that is refused. */
  readonly #refused = new Map<string, Trouble>()
  #beats = 0
  #beating = false
  #recovering = false
  #timer: NodeJS.Timeout | null = null
  #telling: NodeJS.Timeout | null = null
  /** Lost frames, as last said, and how. */
  #warnedOf = 0
  #warning: LocalText | null = null
  /** When the next frame may go, as `performance.now` counts. */
  #tellAt = 0
  /** Items that claims and a BLMOVE under way may bring. */
  #asked = 0
  readonly #suspectTurn = new SuspectTurn()
  /** Whether there may be more: then a claim takes up to a batch at once. If not, BLMOVE waits for the next item. */
  #left = true
  /** The last claim brought all that it asked for. */
  #full = false
  #blocked = false

  readonly #commands: Commands
  readonly #starts: Starts

  constructor(
    private readonly incarnation: Incarnation,
    private readonly context: Context,
  ) {
    this.#commands = new Commands(incarnation, context.keys, context.where, context.tuning)
    this.#starts = new Starts(context)
  }

  /** Registers the name, learns what the server holds for us, and starts what it holds and nobody runs. Rejects with trouble. */
  async register(): Promise<void> {
    const { context } = this
    const { feed, tuning } = context
    await compare(this.incarnation, context, this.#commands, this.#starts)
    await feed?.measure(this.incarnation.control)
    this.incarnation.live = true
    this.flushEnds()
    this.#timer = setInterval(() => this.#beat(), tuning.beatMs)
  }

  /** Takes items until the incarnation is over. `onFirst` is called when the server answered to the first claim. */
  async pump(onFirst: () => void): Promise<void> {
    const { context } = this
    const { inFlight, signal, sink } = context
    const { blocking } = this.incarnation
    let first = true
    const underWay: Promise<unknown>[] = []
    const another = () => {
      const room = this.#room()
      if (underWay.length === 0) return first || inFlight.staged !== null || (this.#left && room > 0)
      return underWay.length < depth && this.#full && this.#left && inFlight.staged === null && room >= batch
    }
    while (this.incarnation.active) {
      try {
        while (another()) underWay.push(this.#claim(blocking, inFlight.staged))
        const claim = underWay.shift()
        if (claim) {
          const error = await claim
          if (error) throw error
          if (first && this.incarnation.active) onFirst()
          first = false
        } else if (this.#room() > 0) {
          await this.#waitForItem()
        } else if (this.#stuck && context.wants.concurrency > 0) {
          await this.#sleep(buryAgainSeconds, () => this.#stuck)
          this.flushEnds(true)
        } else {
          this.#left = true
          sink.activity('waiting', 'a free place')
          await signal.wait()
        }
        this.#refuse('take', null)
      } catch (error) {
        // What was asked for meanwhile is refused for the same reason.
        await Promise.all(underWay.splice(0))
        if (this.incarnation.active) await this.#refusedTake(this.#trouble(error))
        // A claim answers at once; BLMOVE would tell only after a block that it is no longer refused.
        this.#left = true
      }
    }
  }

  /** What the user wants has changed: nothing that comes from now on may be started against it. */
  interrupt(): void {
    const { control, blockingId } = this.incarnation
    if (!this.#blocked || this.#free() >= 0 || blockingId === null || !this.incarnation.active) return
    // Where it is forbidden the item that comes next is put back instead.
    control.client('UNBLOCK', blockingId).catch((error: unknown) => this.#trouble(error))
  }

  /** Sends the ends of items, and what there is to tell; burials, where they are refused, only when it is time to try them again. */
  flushEnds(withBurials = !this.#stuck): void {
    if (!this.incarnation.live || !this.incarnation.active) return
    const { inFlight } = this.context
    const { acks, burials } = inFlight.takeEnds(withBurials)
    for (let i = 0; i < acks.length; i += acksPerCall) this.#acknowledge(acks.slice(i, i + acksPerCall))
    for (const burial of burials) this.#bury(burial)
    this.#tellSoon()
  }

  /** What the feed has to tell goes with acknowledgements when it is time, or alone where none come then. */
  #tellSoon(): void {
    const { feed } = this.context
    if (!feed) return
    this.#telling ??= setTimeout(() => {
      this.#telling = null
      if (!this.incarnation.live || !this.incarnation.active) return
      this.#tellAt = performance.now() + tellMs
      this.#commands.settle([], false, feed).catch((error: unknown) => this.#trouble(error))
    }, tellMs)
  }

  /**
   * Gives back what is not done and signs off. Everything is sent at once; the server takes it in this order: we leave, no more BLMOVE of ours, book
   * the staged item, the ends, the rest back. Rejects with trouble.
   */
  async farewell(): Promise<void> {
    const { inFlight, board, feed } = this.context
    const { control, blockingId } = this.incarnation
    this.close()
    this.incarnation.leave()
    const sent: Promise<unknown>[] = [this.#commands.leave()]
    // Where it is forbidden, the sweep of the stage does the same later.
    if (blockingId !== null) sent.push(control.client('KILL', 'ID', blockingId).catch((error: unknown) => this.#trouble(error)))
    const { staged } = inFlight
    if (staged !== null) {
      sent.push(this.#commands.claim(control, staged, 0, 0, false))
      inFlight.booked(staged, 0)
    }
    const { acks, burials } = inFlight.takeEnds()
    for (const burial of burials) sent.push(this.#commands.bury(burial))
    for (const id of inFlight.runningIds()) tell(this.context, 'givenBack', id)
    // Without the feed, and once more where the answer is not here: what is discarded for the feed's sake would come after all was given back.
    const ended = [...acks, ...inFlight.finishedIds()]
    sent.push(this.#commands.settle(ended, this.#clears(ended), null))
    sent.push(this.#commands.settle([], false, feed))
    sent.push(this.#commands.giveBack())
    // What is refused must not cut off the rest: the connection is dropped when this is over.
    for (const outcome of await Promise.allSettled(sent)) if (outcome.status === 'rejected') throw outcome.reason
    board.set({ waiting: await this.#commands.waiting() })
  }

  /** Called when the incarnation is over. */
  close(): void {
    if (this.#timer) clearInterval(this.#timer)
    if (this.#telling) clearTimeout(this.#telling)
  }

  /** More may not be taken, because what is to be buried stays in our memory. */
  get #stuck(): boolean {
    return this.#refused.has('bury')
  }

  /** How many items may still be asked for. */
  #room(): number {
    return this.#stuck ? 0 : Math.max(0, this.#free())
  }

  /** Places that are neither taken nor asked for; below 0: there are fewer than there were. */
  #free(): number {
    const { wants, inFlight } = this.context
    return wants.concurrency - inFlight.running - this.#asked
  }

  async #waitForItem(): Promise<void> {
    const { keys, sink } = this.context
    sink.activity('waiting', `BLMOVE ${keys.queue}`)
    this.#asked += 1
    this.#blocked = true
    const bytes = await this.#commands.blmove().finally(() => {
      this.#blocked = false
      this.#asked -= 1
    })
    if (bytes && this.context.outage.mayBeDead()) await this.#makeSure()
    if (!bytes || !this.incarnation.active) return
    if (this.#room() > 0) {
      this.#starts.staged(bytes)
    } else {
      await this.#commands.claim(this.incarnation.blocking, null, 0, 0, false)
    }
  }

  /** Books the staged item and takes as many more as there is room for. Resolves to what it was refused for, or null; never rejects. */
  async #claim(client: Incarnation['control'], staged: Staged): Promise<unknown> {
    const { inFlight, board } = this.context
    const want = Math.min(batch, this.#room())
    const base = inFlight.reserve(want)
    this.#asked += want
    const turn = this.#suspectTurn.next(want)
    try {
      const claimed = await this.#commands.claim(client, staged, want, base, turn)
      if (this.context.outage.mayBeDead()) await this.#makeSure()
      if (!this.incarnation.active) return null
      if (typeof staged === 'number') this.#starts.booked(staged, claimed.stagedOrd)
      this.#full = this.#starts.claimed(claimed, base) === want
      this.#left = claimed.left > 0
      board.set({ waiting: claimed.left + claimed.suspects })
      this.flushEnds()
      return null
    } catch (error) {
      return error
    } finally {
      this.#asked -= want
    }
  }

  /** Whether the suspect in hand is one of these. */
  #clears(ids: readonly number[]): boolean {
    const { suspect } = this.context.inFlight
    return suspect !== null && ids.includes(suspect)
  }

  #acknowledge(ids: number[]): void {
    const now = performance.now()
    const feed = now < this.#tellAt ? null : this.context.feed
    if (feed) this.#tellAt = now + tellMs
    this.#send('acknowledge', ids, this.#commands.settle(ids, this.#clears(ids), feed))
  }

  #bury(burial: { id: number; reason: string }): void {
    const { inFlight, feed } = this.context
    const { id, reason } = burial
    const ord = inFlight.ordOf(id)
    const sending = this.#commands.bury(burial).then(() => {
      if (ord > 0) feed?.mark('buried', ord, reason)
      this.#tellSoon()
    })
    this.#send('bury', [id], sending)
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
    const { inFlight, board, outage } = this.context
    if (this.#beating || !this.incarnation.active) return
    this.#beating = true
    try {
      this.flushEnds()
      const { waiting, again, suspects, due } = await prolong(this.context, this.#commands)
      await this.context.feed?.measure(this.incarnation.control)
      this.#warnOfFeed()
      board.set({ waiting })
      const poke = again > 0 || (suspects > 0 && inFlight.suspect === null)
      if (due || poke) void this.#recover(due, poke)
      else this.#refuse('recover', null)
      this.#beats += 1
      if (this.#beats % 10 === 0) inFlight.age()
      this.#refuse('lease', null)
    } catch (error) {
      outage.failed()
      this.#refuse('lease', this.#trouble(error))
    } finally {
      this.#beating = false
    }
  }

  /**
   * A reply came when our lease may have been over, as it does where this process was frozen: what it brings is ours only where the lease can still
   * be prolonged. If not, the next incarnation asks what it owns. Never rejects.
   */
  async #makeSure(): Promise<void> {
    try {
      while (this.context.outage.mayBeDead() && this.incarnation.active) await prolong(this.context, this.#commands)
    } catch (error) {
      const trouble = this.#trouble(error)
      if (this.incarnation.active) this.incarnation.end(trouble)
    }
  }

  /** What the server may lose of the tasks is said before what it loses of the feed. */
  #warnOfFeed(): void {
    const { feed, board, where } = this.context
    const { warning } = board.current
    if (!feed || feed.lost === this.#warnedOf || (warning !== null && warning !== this.#warning)) return
    this.#warnedOf = feed.lost
    this.#warning = feedWarning(feed.lost, where)
    board.set({ warning: this.#warning })
  }

  /** Beside the beats: the lease must not wait until all that many dead have left is moved and taken. Never rejects. */
  async #recover(due: boolean, poke: boolean): Promise<void> {
    if (this.#recovering) return
    this.#recovering = true
    try {
      const recovered = due ? await this.recover() : 0
      if (poke || recovered > 0) await this.#poke()
      this.#refuse('recover', null)
    } catch (error) {
      this.#refuse('recover', this.#trouble(error))
    } finally {
      this.#recovering = false
    }
  }

  /** A BLMOVE that waits does not hear of items that are to be taken again. */
  async #poke(): Promise<void> {
    do {
      if (!this.#blocked || !this.incarnation.active || this.#room() === 0) return
      const error = await this.#claim(this.incarnation.control, 'ours')
      if (error) throw error
    } while (this.#left)
  }

  /** Puts back what dead consumers left, and counts it. */
  async recover(): Promise<number> {
    const { board, feed, outage, tuning } = this.context
    if (!outage.mayJudge()) return 0
    const { moved, buried } = await this.#commands.recover()
    for (const ord of buried) feed?.mark('buried', ord, burialReason(tuning.maxDeaths))
    if (moved > 0) board.set({ recovered: board.current.recovered + moved })
    return moved
  }

  /** Nothing can be taken, but the connection is good: leases and acknowledgements go on, and after a while, or at `retry`, it is tried again. */
  async #refusedTake(trouble: Trouble): Promise<void> {
    if (!this.incarnation.active) return
    this.#refuse('take', trouble)
    await this.#sleep(trouble.retrySeconds, () => true)
  }

  /** For so long, until `retry`, or as long as `goOn` says so. */
  async #sleep(seconds: number, goOn: () => boolean): Promise<void> {
    const { board, signal, sink, retries } = this.context
    board.set({ nextAttemptInSeconds: seconds })
    sink.activity('sleeping', `retry in ${seconds} s`)
    await signal.waitWhile(() => this.incarnation.active && goOn() && this.context.retries === retries, seconds * 1000)
  }

  #refuse(part: string, trouble: Trouble | null): void {
    if (!this.incarnation.active || (trouble === null && !this.#refused.delete(part))) return
    this.context.signal.ring()
    if (trouble) this.#refused.set(part, trouble)
    const [first] = this.#refused.values()
    if (first) this.context.board.set({ phase: 'refused', reason: first.sentence, refusal: first.refusal })
    else this.context.board.set({ phase: goodPhase(this.context), reason: null, nextAttemptInSeconds: null })
  }

  /** Error → trouble. What is not the server's refusal ends the incarnation. */
  #trouble(error: unknown): Trouble {
    const trouble = troubleOf(error, this.context.where)
    if (trouble.kind !== 'refused' && !this.incarnation.leaving) this.incarnation.end(trouble)
    return trouble
  }
}
