/** How much a second, over the last seconds. */

/** Real ms. */
const windowMillis = 10_000

export class Rate {
  readonly #samples: { readonly at: number; readonly value: number }[] = []

  /** `value`: a count that only grows, or a length; `at`: real ms. */
  add(value: number, at: number): void {
    this.#samples.push({ at, value })
    // One sample from before the window stays: it is where the window begins.
    while (this.#samples.length > 2 && this.#samples[1]!.at <= at - windowMillis) this.#samples.shift()
  }

  /** Null while there are not two samples. */
  get perSecond(): number | null {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    return first && last && last.at > first.at ? ((last.value - first.value) * 1000) / (last.at - first.at) : null
  }
}
