/** What is said of a lane beside its name. */
import { endCode } from '#protocol/vocabulary'
import type { RunStore } from './runStore'
import { endBit } from './spanTree'

export interface LaneFacts {
  readonly tasks: number
  readonly rows: number
  /** Tasks that failed or were killed. */
  readonly wrong: number
}

const wrongEnds = endBit(endCode.failed) | endBit(endCode.killed)

export function laneFacts(store: RunStore, lane: number): LaneFacts {
  const { rows } = store.subRows[lane]!
  let tasks = 0
  let wrong = 0
  for (const row of rows) {
    tasks += row.tasks.length
    for (let at = row.tree.next(0, wrongEnds); at < row.tree.length; at = row.tree.next(at + 1, wrongEnds)) wrong++
  }
  return { tasks, rows: rows.length, wrong }
}
