/**
 * The loop itself, on top of Node's: a FIFO ready queue, of which each turn runs what was ready when the turn began (as asyncio's
 * BaseEventLoop._run_once does), and a heap of timers with one armed setTimeout.
 */
import type { ThreadContext } from '../threads/context'
import { Stopped } from '../threads/controlBlock'
import { describeError, untilTerminated } from '../threads/nestedThread'
import { type Timer, TimerHeap } from './timerHeap'

/** What `callSoon` and `callLater` return; `cancel()` before it ran keeps it from running. */
export interface Handle {
  cancel(): void
}
/** A call or a timer that is due; whether it was cancelled is asked when its turn comes. */
interface ReadyEntry {
  readonly run: () => void
  readonly cancelled: boolean
}

export class LoopCore {
  #ready: ReadyEntry[] = []
  readonly #timers = new TimerHeap()
  #timerOrder = 0
  #armed: NodeJS.Timeout | undefined
  #scheduled = false
  #stopping = false
  #finish: (() => void) | undefined
  /** Tasks that have not ended, with what cancels them: left pending if the loop stops first. */
  readonly open = new Map<number, { cancel(): unknown }>()
  /** Runs at the end of each turn: replies leave in batches. */
  afterTurn: () => void = () => undefined

  constructor(readonly context: ThreadContext) {}

  get running(): boolean {
    return this.#finish !== undefined
  }

  callSoon(run: () => void): Handle {
    const entry = { run, cancelled: false }
    this.#ready.push(entry)
    this.#schedule()
    return cancelling(entry)
  }

  /** `delay` in programme seconds. Never runs early. */
  callLater(delay: number, run: () => void): Handle {
    const timer: Timer = {
      deadline: this.context.writer.now() + (delay * 1e9) / this.context.speed,
      order: this.#timerOrder++,
      cancelled: false,
      run,
    }
    this.#timers.push(timer)
    if (this.running && !this.#scheduled) this.#arm()
    return cancelling(timer)
  }

  /** Resolves after `stop()`; where that was called before, after one turn, as in asyncio. */
  runForever(): Promise<void> {
    if (this.running) throw new Error('This event loop is already running')
    return new Promise((resolve) => {
      this.#finish = resolve
      this.#schedule()
    })
  }

  /** The turn under way still runs to its end, as in asyncio. */
  stop(): void {
    this.#stopping = true
    this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled || !this.running) return
    this.#scheduled = true
    setImmediate(() => this.#turn())
  }

  #turn(): void {
    this.#scheduled = false
    // A turn that stopped the loop may have been asked for once more.
    if (!this.running) return
    const now = this.context.writer.now()
    for (let timer = this.#timers.popDue(now); timer; timer = this.#timers.popDue(now)) this.#ready.push(timer)
    const entries = this.#ready
    this.#ready = []
    for (const entry of entries) if (!entry.cancelled) this.#run(entry)
    this.afterTurn()
    if (this.#stopping) {
      clearTimeout(this.#armed)
      const finish = this.#finish!
      this.#finish = undefined
      this.#stopping = false
      finish()
    } else if (this.#ready.length > 0) this.#schedule()
    else this.#arm()
  }

  /** What a callback throws is printed and the loop goes on, as asyncio's exception handler has it. */
  #run(entry: ReadyEntry): void {
    try {
      entry.run()
    } catch (error) {
      if (error instanceof Stopped) untilTerminated(this.context)
      this.context.output(`Exception in callback: ${describeError(error)}`)
    }
  }

  #arm(): void {
    const next = this.#timers.peek()
    clearTimeout(this.#armed)
    if (!next) return
    // Node's timers count whole milliseconds and may fire one early: the turn looks at the clock again and arms what is left.
    const left = (next.deadline - this.context.writer.now()) / 1e6
    this.#armed = setTimeout(() => this.#schedule(), Math.min(Math.max(0, Math.ceil(left)), 0x7fffffff))
  }
}

const cancelling = (entry: { cancelled: boolean }): Handle => ({
  cancel() {
    entry.cancelled = true
  },
})
