/** The system's time in µs. `Date` counts whole ms and `performance.now` goes on where the system's clock is set: together they tell both. */

/** ms; beyond it the system's clock was set, or the machine slept. */
const steady = 2

export class WallClock {
  /** ms since 1970 when `performance.now` was 0. */
  #offset = this.#measure()

  /** µs since 1970: to a few µs, to 2 ms while the system's clock is being slewed. */
  now(): number {
    if (Math.abs(Date.now() - this.#offset - performance.now()) > steady) this.#offset = this.#measure()
    return (this.#offset + performance.now()) * 1000
  }

  /** Reads where a ms begins, so it takes up to one. */
  #measure(): number {
    const last = Date.now()
    let now = last
    while (now === last) now = Date.now()
    return now - performance.now()
  }
}
