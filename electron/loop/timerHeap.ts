/** Timers by deadline; equal deadlines in order of insertion: our promise, asyncio makes none. */
export interface Timer {
  /** Nanoseconds on the threads' clock. */
  readonly deadline: number
  readonly order: number
  cancelled: boolean
  readonly run: () => void
}

const before = (a: Timer, b: Timer) => a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order)

export class TimerHeap {
  readonly #heap: Timer[] = []

  push(timer: Timer): void {
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
  peek(): Timer | undefined {
    while (this.#heap.length > 0 && this.#heap[0]!.cancelled) this.#pop()
    return this.#heap[0]
  }

  /** Takes the earliest timer whose deadline is not after `now`. */
  popDue(now: number): Timer | undefined {
    const first = this.peek()
    return first && first.deadline <= now ? this.#pop() : undefined
  }

  #pop(): Timer | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (last && this.#heap.length > 0) this.#sink(last)
    return first
  }

  #sink(timer: Timer): void {
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
