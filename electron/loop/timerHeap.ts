/** Timers by deadline; equal deadlines in order of insertion: our promise, asyncio makes none. */
export interface Timer {
  /** Nanoseconds on the threads' clock. */
  readonly deadline: number
  readonly order: number
  cancelled(): boolean
}

/** A binary heap. The deadlines stand in an array of their own: most comparisons then touch no timer, which lies somewhere in memory. */
export class TimerHeap<T extends Timer> {
  readonly #timers: T[] = []
  #deadlines = new Float64Array(64)

  get size(): number {
    return this.#timers.length
  }

  push(timer: T): void {
    const { deadline } = timer
    const timers = this.#timers
    let at = timers.length
    if (at === this.#deadlines.length) this.#grow()
    const deadlines = this.#deadlines
    timers.push(timer)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const other = deadlines[parent]!
      if (deadline > other || (deadline === other && timer.order > timers[parent]!.order)) break
      timers[at] = timers[parent]!
      deadlines[at] = other
      at = parent
    }
    timers[at] = timer
    deadlines[at] = deadline
  }

  /** The earliest timer that was not cancelled; cancelled ones before it are let go. */
  peek(): T | undefined {
    while (this.#timers.length > 0 && this.#timers[0]!.cancelled()) this.#pop()
    return this.#timers[0]
  }

  /** Takes the earliest timer whose deadline is not after `now`. */
  popDue(now: number): T | undefined {
    const first = this.peek()
    if (!first || first.deadline > now) return undefined
    this.#pop()
    return first
  }

  #pop(): void {
    const last = this.#timers.pop()
    if (last && this.#timers.length > 0) this.#sink(last)
  }

  /** Puts the timer, the last one until now, in the place of the first. */
  #sink(timer: T): void {
    const timers = this.#timers
    const deadlines = this.#deadlines
    const { length } = timers
    const { deadline } = timer
    let at = 0
    for (let child = 1; child < length; child = 2 * at + 1) {
      const right = child + 1
      if (right < length && this.#before(right, child)) child = right
      const other = deadlines[child]!
      if (deadline < other || (deadline === other && timer.order < timers[child]!.order)) break
      timers[at] = timers[child]!
      deadlines[at] = other
      at = child
    }
    timers[at] = timer
    deadlines[at] = deadline
  }

  #before(a: number, b: number): boolean {
    const difference = this.#deadlines[a]! - this.#deadlines[b]!
    return difference < 0 || (difference === 0 && this.#timers[a]!.order < this.#timers[b]!.order)
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#deadlines.length)
    larger.set(this.#deadlines)
    this.#deadlines = larger
  }
}
