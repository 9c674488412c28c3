/** What is said of a lane beside its name. */
import type { RunStore } from './runStore'
import { wrongBits } from './spanTree'

export interface LaneFacts {
  readonly tasks: number
  readonly rows: number
  /** Tasks that failed or were killed. */
  readonly wrong: number
}

export function laneFacts(store: RunStore, lane: number): LaneFacts {
  const { rows } = store.subRows[lane]!
  let tasks = 0
  let wrong = 0
  for (const row of rows) {
    tasks += row.tasks.length
    for (let at = row.tree.next(0, wrongBits); at < row.tree.length; at = row.tree.next(at + 1, wrongBits)) wrong++
  }
  return { tasks, rows: rows.length, wrong }
}
