/** So many at once, and so many a second in the long run. */
export class Allowance {
  #left: number
  #countedAt: number

  /** `now`: milliseconds of a clock that never jumps. */
  constructor(
    readonly burst: number,
    readonly perSecond: number,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#left = burst
    this.#countedAt = now()
  }

  /** Whether one more is allowed; if so it is used up. */
  take(): boolean {
    const now = this.now()
    this.#left = Math.min(this.burst, this.#left + ((now - this.#countedAt) / 1000) * this.perSecond)
    this.#countedAt = now
    if (this.#left < 1) return false
    this.#left--
    return true
  }
}
