/** Chance that can be had again: mulberry32, and what is drawn from it. */

export interface Chance {
  /** From 0 to 1. */
  next(): number
  /** From 0 to `below - 1`. */
  whole(below: number): number
  /** Log-normal with mean 1: most are short, some are many times as long. */
  length(): number
}

/** Of the logarithm of a length. */
const deviation = 0.9

/** The same for the same seed, of which the lowest 32 bits count. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    whole: (below) => Math.floor(next() * below),
    // Box and Muller's; 1 - next() is never 0.
    length() {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return Math.exp(deviation * normal - (deviation * deviation) / 2)
    },
  }
}
