/** Lets one loop sleep until something changed. Whoever waits looks again at what it waits for: a ring carries no value and may come for others. */
export class Signal {
  readonly #waiting = new Set<() => void>()

  ring(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  /** Resolves at the next ring, or after so many real ms. */
  wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? null : setTimeout(() => wake(), ms)
      const wake = () => {
        if (timer) clearTimeout(timer)
        this.#waiting.delete(wake)
        resolve()
      }
      this.#waiting.add(wake)
    })
  }

  /** Resolves after so many real ms, or at a ring after which `goOn` is false. */
  async waitWhile(goOn: () => boolean, ms: number): Promise<void> {
    const until = performance.now() + ms
    while (goOn() && performance.now() < until) await this.wait(until - performance.now())
  }
}
