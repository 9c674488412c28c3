/**
 * Programme time between two frames of a live run: a bar grows because time passes, also while nothing is heard. It never runs back, and it
 * stops a quarter of a second after the last frame: a line that is gone must not look alive.
 */
import type { RunStore } from '../model/runStore'

const longest = 250

export class LiveClock {
  private version = -1
  private heardAt = 0
  private shown = 0

  constructor(private readonly store: RunStore) {}

  /** `time`: milliseconds of the window's clock. */
  at(time: number, live: boolean): number {
    const { store } = this
    if (store.version !== this.version) {
      this.version = store.version
      this.heardAt = time
    }
    if (!live) return store.now
    const since = Math.min(Math.max(time - this.heardAt, 0), longest)
    this.shown = Math.max(this.shown, store.now, store.now + (since / 1000) * store.speed)
    return this.shown
  }
}
