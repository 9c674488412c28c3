/** Keeps a warm programme thread in reserve, so that a run begins at once. */
import { Programme } from './programme'
import { RingStock } from './ringStock'

/** Parked in each warm programme: what the scenarios start by default, and one to spare. */
export const warmThreads = 6

export class ProgrammePool {
  #reserve: Programme | null = null
  readonly #rings: RingStock
  /** Best comparison of two threads' clocks so far: it is one clock for the process, and a busy moment only hides how well it agrees. */
  #clockErrorSeconds = Number.POSITIVE_INFINITY
  #closed = false

  /** `onWarm` is told how many threads are parked when a programme has become warm. */
  constructor(
    readonly workersDir: string,
    readonly epoch: bigint,
    readonly onWarm: (threads: number) => void,
    ringSlots?: number,
  ) {
    this.#rings = new RingStock(ringSlots)
  }

  warm(): void {
    if (this.#reserve || this.#closed) return
    const programme = this.#make()
    this.#reserve = programme
    void programme.warm.then((threads) => this.onWarm(threads))
    // One that dies in reserve is not handed out; the next run makes its own and meets the same error in the open.
    void programme.exited.then(() => {
      if (this.#reserve === programme) this.#reserve = null
    })
  }

  take(): Programme {
    const programme = this.#reserve ?? this.#make()
    this.#reserve = null
    return programme
  }

  #make(): Programme {
    const programme = new Programme(this.workersDir, this.epoch, warmThreads, this.#rings)
    void programme.warm.then(() => {
      this.#clockErrorSeconds = Math.min(this.#clockErrorSeconds, programme.clockErrorSeconds ?? Number.POSITIVE_INFINITY)
      programme.clockErrorSeconds = Number.isFinite(this.#clockErrorSeconds) ? this.#clockErrorSeconds : null
    })
    return programme
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#reserve?.stop()
  }
}
