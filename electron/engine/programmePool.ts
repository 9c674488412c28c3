/** Keeps a warm programme thread in reserve, so that a run begins at once. */
import { Programme } from './programme'

/** Parked in each warm programme: what the scenarios start by default, and one to spare. */
export const warmThreads = 6

export class ProgrammePool {
  #reserve: Programme | null = null
  #closed = false

  /** `onWarm` is told how many threads are parked when a programme has become warm. */
  constructor(
    readonly workersDir: string,
    readonly epoch: bigint,
    readonly onWarm: (threads: number) => void,
  ) {}

  warm(): void {
    if (this.#reserve || this.#closed) return
    const programme = new Programme(this.workersDir, this.epoch, warmThreads)
    this.#reserve = programme
    void programme.warm.then((threads) => this.onWarm(threads))
    // One that dies in reserve is not handed out; the next run makes its own and meets the same error in the open.
    void programme.exited.then(() => {
      if (this.#reserve === programme) this.#reserve = null
    })
  }

  take(): Programme {
    const programme = this.#reserve ?? new Programme(this.workersDir, this.epoch, warmThreads)
    this.#reserve = null
    return programme
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#reserve?.stop()
  }
}
