/** Timers by deadline; equal deadlines in order of insertion: our promise, asyncio makes none. */
export interface Timer {
  cancelled(): boolean
}

/** A binary heap. Deadlines (ns on the threads' clock) and orders stand in arrays of their own: to compare two timers touches neither of them. */
export class TimerHeap<T extends Timer> {
  readonly #timers: T[] = []
  #deadlines = new Float64Array(64)
  #orders = new Float64Array(64)
  #nextOrder = 0

  get size(): number {
    return this.#timers.length
  }

  push(timer: T, deadline: number): void {
    const timers = this.#timers
    let at = timers.length
    if (at === this.#deadlines.length) this.#grow()
    timers.push(timer)
    const deadlines = this.#deadlines
    const order = this.#nextOrder++
    // It is the youngest: it stays below its equals.
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (deadline >= deadlines[parent]!) break
      this.#move(parent, at)
      at = parent
    }
    this.#put(timer, deadline, order, at)
  }

  /** The earliest timer that was not cancelled; cancelled ones before it are let go. */
  peek(): T | undefined {
    while (this.#timers.length > 0 && this.#timers[0]!.cancelled()) this.#pop()
    return this.#timers[0]
  }

  /** When the earliest timer is due; Infinity where there is none. */
  get nextDeadline(): number {
    return this.peek() ? this.#deadlines[0]! : Number.POSITIVE_INFINITY
  }

  /** Takes the earliest timer whose deadline is not after `now`. */
  popDue(now: number): T | undefined {
    const first = this.peek()
    if (!first || this.#deadlines[0]! > now) return undefined
    this.#pop()
    return first
  }

  #pop(): void {
    const { length } = this.#timers
    const last = this.#timers.pop()
    if (last && length > 1) this.#sink(last, this.#deadlines[length - 1]!, this.#orders[length - 1]!)
  }

  /** Puts the timer, the last one until now, in the place of the first. */
  #sink(timer: T, deadline: number, order: number): void {
    const deadlines = this.#deadlines
    const orders = this.#orders
    const { length } = this.#timers
    let at = 0
    for (let child = 1; child < length; child = 2 * at + 1) {
      const right = child + 1
      if (right < length && before(deadlines[right]!, orders[right]!, deadlines[child]!, orders[child]!)) child = right
      if (before(deadline, order, deadlines[child]!, orders[child]!)) break
      this.#move(child, at)
      at = child
    }
    this.#put(timer, deadline, order, at)
  }

  #put(timer: T, deadline: number, order: number, at: number): void {
    this.#timers[at] = timer
    this.#deadlines[at] = deadline
    this.#orders[at] = order
  }
  #move(from: number, to: number): void {
    this.#put(this.#timers[from]!, this.#deadlines[from]!, this.#orders[from]!, to)
  }

  #grow(): void {
    this.#deadlines = doubled(this.#deadlines)
    this.#orders = doubled(this.#orders)
  }
}

const before = (deadline: number, order: number, otherDeadline: number, otherOrder: number) =>
  deadline < otherDeadline || (deadline === otherDeadline && order < otherOrder)

function doubled(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * array.length)
  larger.set(array)
  return larger
}
