/** How `Pool.map` cuts its work, exactly as CPython does: about four chunks for each process, so that a slow one is made up for by the others. */

/** Items in a chunk; the last may have fewer. */
export const chunkSize = (items: number, processes: number) => Math.max(1, Math.ceil(items / (4 * processes)))

export interface Chunks {
  readonly size: number
  readonly count: number
  /** Items in the last one. */
  readonly last: number
  /** Chunks that a process may get one after another. */
  readonly rounds: number
  /** Whether the last round has nothing but the last chunk. */
  readonly lastAlone: boolean
}

export function chunksOf(items: number, processes: number): Chunks {
  const size = chunkSize(items, processes)
  const count = Math.ceil(items / size)
  const rounds = Math.ceil(count / processes)
  return { size, count, last: items - (count - 1) * size, rounds, lastAlone: (count - 1) % processes === 0 }
}

/** How many items, all of one length, pass one after another until the last is done: every round is full but the last. */
export function itemsInSequence(items: number, processes: number): number {
  const { size, last, rounds, lastAlone } = chunksOf(items, processes)
  return (rounds - 1) * size + (lastAlone ? last : size)
}
