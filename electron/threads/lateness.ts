/**
 * How late waits ended that their due time ends: sleeps, timers, timeouts. A histogram in memory that all threads of a run share, so that neither
 * a message nor a list is needed; its steps are 9 % wide, the largest value is exact. Real nanoseconds.
 */
const stepsPerOctave = 8
const octaves = 42
const steps = octaves * stepsPerOctave
const largestBytes = 8

export const latenessBytes = largestBytes + steps * 4

export interface LatenessFigures {
  readonly count: number
  /** Half of all were this late or less: within 5 %. */
  readonly median: number
  readonly largest: number
}

export class Lateness {
  readonly #largest: BigInt64Array
  readonly #counts: Int32Array

  /** Over `latenessBytes` of `shared` from `offset` on, which is a multiple of 8. */
  constructor(shared: SharedArrayBuffer, offset: number) {
    this.#largest = new BigInt64Array(shared, offset, 1)
    this.#counts = new Int32Array(shared, offset + largestBytes, steps)
  }

  /** From any thread. */
  add(nanos: number): void {
    const step = nanos < 1 ? 0 : Math.min(Math.floor(Math.log2(nanos) * stepsPerOctave), steps - 1)
    Atomics.add(this.#counts, step, 1)
    const value = BigInt(Math.max(0, Math.round(nanos)))
    for (let known = Atomics.load(this.#largest, 0); value > known; ) {
      const before = Atomics.compareExchange(this.#largest, 0, known, value)
      if (before === known) return
      known = before
    }
  }

  /** Null: no wait has ended by its due time yet. */
  read(): LatenessFigures | null {
    const count = this.#counts.reduce((sum, n) => sum + n, 0)
    if (count === 0) return null
    const largest = Number(Atomics.load(this.#largest, 0))
    let step = 0
    for (let below = this.#counts[0]!; below * 2 < count; below += this.#counts[step]!) step++
    return { count, median: Math.min(2 ** ((step + 0.5) / stepsPerOctave), largest), largest }
  }
}
