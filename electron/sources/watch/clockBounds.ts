/**
 * How far the server's clock is from ours: each exchange says that the difference lies between two bounds, and all of them together that it lies
 * where they overlap. µs throughout; both clocks from whatever zero they have.
 */

/** Two clocks may drift apart by so much: what was known grows looser by it. */
const driftPerMicro = 1e-4

export class ClockBounds {
  #lower = Number.NEGATIVE_INFINITY
  #upper = Number.POSITIVE_INFINITY
  /** Our time of the last observation. */
  #at = 0

  /**
   * Said at `at` on our clock: the difference is at least `least` and at most `most`. What cannot be true together with what was known before says
   * that a clock was set: from then on it alone counts.
   */
  observe(at: number, least: number, most = Number.POSITIVE_INFINITY): void {
    const loosened = Math.max(0, at - this.#at) * driftPerMicro
    const lower = Math.max(this.#lower - loosened, least)
    const upper = Math.min(this.#upper + loosened, most)
    const wasSet = lower > upper
    this.#lower = wasSet ? least : lower
    this.#upper = wasSet ? most : upper
    this.#at = Math.max(this.#at, at)
  }

  /** The server's clock minus ours; null while nothing is known. */
  get offset(): number | null {
    if (Number.isFinite(this.#upper)) return (this.#lower + this.#upper) / 2
    return Number.isFinite(this.#lower) ? this.#lower : null
  }

  /** By how much `offset` may be off; null: nobody knows. */
  get error(): number | null {
    return Number.isFinite(this.#upper - this.#lower) ? (this.#upper - this.#lower) / 2 : null
  }
}
