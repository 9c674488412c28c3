/** The system's time in µs. `Date` counts whole ms and `performance.now` goes on where the system's clock is set: together they tell both. */

/** ms; beyond it the system's clock was set, or the machine slept. */
const steady = 2

/** ms between which a reading lies; a better one is not looked for. */
const exact = 0.05
const mostReadings = 5

export class WallClock {
  /** ms since 1970 when `performance.now` was 0. */
  #offset = this.#measure()

  /** µs since 1970: to a few µs, to 2 ms while the system's clock is being slewed. */
  now(): number {
    if (Math.abs(Date.now() - this.#offset - performance.now()) > steady) this.#offset = this.#measure()
    return (this.#offset + performance.now()) * 1000
  }

  /** Reads where a ms begins, so it takes up to one; some more where this thread was held up just then. */
  #measure(): number {
    let offset = 0
    let error = Number.POSITIVE_INFINITY
    for (let i = 0; i < mostReadings && error > exact; i++) {
      const last = Date.now()
      let now = last
      let before = 0
      let after = performance.now()
      while (now === last) {
        before = after
        now = Date.now()
        after = performance.now()
      }
      if (after - before >= error) continue
      error = after - before
      offset = now - (before + after) / 2
    }
    return offset
  }
}
