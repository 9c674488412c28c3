/** What has not ended of a loop, by its id in the run. */

/**
 * A table in which an id has one place, that of its lower bits, and a Map for those whose place is taken. Ids are dense and most tasks end in the order
 * in which they began, so that they lie side by side in the table; a Map alone takes most of its time to grow, where a hundred thousand tasks are open.
 */
export class OpenTasks<T> {
  /** One more than the id; 0: the place is free. */
  #keys = new Uint32Array(64)
  #open: (T | undefined)[] = new Array(64)
  #count = 0
  readonly #others = new Map<number, T>()

  get size(): number {
    return this.#count + this.#others.size
  }

  /** `id` must not be open already. */
  add(id: number, open: T): void {
    if (2 * this.#count === this.#keys.length) this.#grow()
    const at = id & (this.#keys.length - 1)
    if (this.#keys[at] === 0) {
      this.#count++
      this.#keys[at] = id + 1
      this.#open[at] = open
    } else this.#others.set(id, open)
  }

  get(id: number): T | undefined {
    const at = id & (this.#keys.length - 1)
    return this.#keys[at] === id + 1 ? this.#open[at] : this.#others.get(id)
  }

  /** False if it was not open. */
  delete(id: number): boolean {
    const at = id & (this.#keys.length - 1)
    if (this.#keys[at] !== id + 1) return this.#others.delete(id)
    this.#count--
    this.#keys[at] = 0
    this.#open[at] = undefined
    return true
  }

  clear(): void {
    this.#keys.fill(0)
    this.#open.fill(undefined)
    this.#count = 0
    this.#others.clear()
  }

  /** Ids and what is open, the oldest first. */
  entries(): [number, T][] {
    const found = [...this.#others]
    this.#keys.forEach((key, at) => {
      if (key !== 0) found.push([key - 1, this.#open[at]!])
    })
    return found.sort(([a], [b]) => a - b)
  }

  /** Those that did not meet in the smaller table do not meet in the larger one. */
  #grow(): void {
    const keys = this.#keys
    const open = this.#open
    this.#keys = new Uint32Array(2 * keys.length)
    this.#open = new Array(2 * keys.length)
    keys.forEach((key, at) => {
      if (key === 0) return
      const place = (key - 1) & (this.#keys.length - 1)
      this.#keys[place] = key
      this.#open[place] = open[at]
    })
  }
}
