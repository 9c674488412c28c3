/**
 * Rings of runs that are over, for the next ones. Made anew for each run they broke the memory of a long-lived process into pieces: with glibc it
 * took a third more after some hundred runs.
 */
import { maxThreads } from '../threads/controlBlock'
import { clearRing, createRing, defaultSlots } from '../threads/markRing'

export class RingStock {
  readonly #free: SharedArrayBuffer[] = []

  constructor(readonly slots: number = defaultSlots) {}

  take(count: number): SharedArrayBuffer[] {
    return Array.from({ length: count }, () => this.#free.pop() ?? createRing(this.slots))
  }

  /** Of threads that have ended, when all they wrote was read. What is more than one run can need is let go. */
  giveBack(rings: readonly SharedArrayBuffer[]): void {
    for (const ring of rings.slice(0, maxThreads - this.#free.length)) {
      clearRing(ring)
      this.#free.push(ring)
    }
  }
}
