/** Work in steps, of which each takes a millisecond or so: whoever takes them may do something else in between. */

export type Steps<T> = Generator<void, T, void>

const rowsOfAStep = 8192

export function* inBlocks(length: number, take: (from: number, to: number) => void): Steps<void> {
  for (let from = 0; from < length; from += rowsOfAStep) {
    take(from, Math.min(from + rowsOfAStep, length))
    yield
  }
}

/** All steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
  }
}
