/** What happened between two moments of a run: by the trees of its rows, never by looking at every span. */
import { holdsThread, states } from '#protocol/vocabulary'
import { firstWhere } from './columns'
import type { RunStore } from './runStore'
import type { SubRow } from './subRows'

export interface RangeSums {
  /** That were there for a part of it, or for all of it. */
  readonly tasks: number
  /** Of each lane: programme seconds for which its thread was taken (running, sleeping or waiting), at most the length of the range. */
  readonly held: Float64Array
}

const holding = states.flatMap((state, code) => (holdsThread(state) ? [code] : []))

/** Times on the run's own clock; open spans reach up to `now`. What only touches an edge is not in it, but for what has no length. */
export function rangeSums(store: RunStore, from: number, to: number, now: number): RangeSums {
  const held = new Float64Array(store.lanes.length)
  let tasks = 0
  store.subRows.forEach(({ rows }, lane) => {
    for (const row of rows) {
      tasks += tasksBetween(store, row, from, to, now)
      const { seconds } = row.tree.sum(from, to, now)
      for (const code of holding) held[lane]! += seconds[code]!
    }
    held[lane] = Math.min(held[lane]!, to - from)
  })
  return { tasks, held }
}

/** Tasks of one row stand one after another: those in the range are neighbours. */
function tasksBetween({ tasks }: RunStore, row: SubRow, from: number, to: number, now: number): number {
  const { length } = row.tasks
  const startOf = (i: number) => tasks.startOf(row.tasks[i]!)
  const endOf = (i: number) => {
    const end = tasks.endOf(row.tasks[i]!)
    return end === Infinity ? Math.max(now, startOf(i)) : end
  }
  const first = firstWhere(0, length, (i) => startOf(i) >= from || endOf(i) > from)
  return firstWhere(first, length, (i) => startOf(i) > to || (startOf(i) === to && endOf(i) > to)) - first
}
