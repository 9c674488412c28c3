/** What is to happen next: a heap of slots by time; each slot is in it at most once. */
export class Agenda {
  private readonly heap: Int32Array
  private readonly times: Float64Array
  private used = 0

  constructor(slots: number) {
    this.heap = new Int32Array(slots)
    this.times = new Float64Array(slots)
  }

  /** Infinity: nothing is to happen. */
  get nextTime(): number {
    return this.used === 0 ? Infinity : this.times[this.heap[0]!]!
  }

  /** The slot must not be in it. */
  add(slot: number, time: number): void {
    const { heap, times } = this
    times[slot] = time
    let at = this.used++
    while (at > 0) {
      const above = (at - 1) >> 1
      if (times[heap[above]!]! <= time) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = slot
  }

  /** Not of an empty one. */
  take(): number {
    const { heap, times } = this
    const first = heap[0]!
    const moved = heap[--this.used]!
    const time = times[moved]!
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= this.used) break
      if (below + 1 < this.used && times[heap[below + 1]!]! < times[heap[below]!]!) below++
      if (times[heap[below]!]! >= time) break
      heap[at] = heap[below]!
      at = below
    }
    heap[at] = moved
    return first
  }
}
