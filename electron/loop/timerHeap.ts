/** Timers by deadline; equal deadlines in order of insertion: our promise, asyncio makes none. */
export interface Timer {
  /** Nanoseconds on the threads' clock. */
  readonly deadline: number
  readonly order: number
  cancelled(): boolean
}

const before = (a: Timer, b: Timer) => a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order)

export class TimerHeap<T extends Timer> {
  readonly #heap: T[] = []

  get size(): number {
    return this.#heap.length
  }

  push(timer: T): void {
    let at = this.#heap.length
    this.#heap.push(timer)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(timer, this.#heap[parent]!)) break
      this.#heap[at] = this.#heap[parent]!
      at = parent
    }
    this.#heap[at] = timer
  }

  /** The earliest timer that was not cancelled; cancelled ones before it are let go. */
  peek(): T | undefined {
    while (this.#heap.length > 0 && this.#heap[0]!.cancelled()) this.#pop()
    return this.#heap[0]
  }

  /** Takes the earliest timer whose deadline is not after `now`. */
  popDue(now: number): T | undefined {
    const first = this.peek()
    return first && first.deadline <= now ? this.#pop() : undefined
  }

  #pop(): T | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (last && this.#heap.length > 0) this.#sink(last)
    return first
  }

  #sink(timer: T): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
      if (!before(heap[child]!, timer)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = timer
  }
}
