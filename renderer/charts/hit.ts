/** What lies under a pointer: by the same columns that were drawn. */
import { none } from '#protocol/frame'
import { type End, ends } from '#protocol/vocabulary'
import { firstWhere } from '../model/columns'
import { type LaneRow, subRowsOf } from '../model/laneLayout'
import type { RunStore } from '../model/runStore'
import { endOfLook } from '../model/spanTree'
import { type Axis, column, timeAt } from './axis'
import { alerts } from './drawMarks'
import type { Layout, PlacedRow } from './layout'

/** A place in the picture: a span, or a task that has none. */
export interface Spot {
  readonly run: number
  readonly task: number
  /** Null for a task that ended without doing anything. */
  readonly span: number | null
  readonly head: LaneRow
  /** How many more are drawn in the same pixel. */
  readonly more: number
}

/** How far beside a narrow bar the pointer still means it, CSS px. */
const reach = 3
/** How far a cap beside its bar reaches, CSS px. */
const cap = 24

/** `x` in device px, `axis` on the clock of the row's run. */
export function spotAt(layout: Layout, placed: PlacedRow, axis: Axis, x: number, now: number, ratio: number): Spot | null {
  const { head } = placed
  const { run } = layout.runs[placed.run]!
  const { store } = run
  const { items } = store
  const near = Math.round(reach * ratio)
  let best: number | null = null
  let bestScore = Infinity
  let inPixel = 0
  for (const { tree } of subRowsOf(head)) {
    for (const position of tree.between(timeAt(axis, x - near - 1), timeAt(axis, x + near + 1))) {
      const item = tree.items.get(position)
      const x0 = column(axis, items.startOf(item))
      const x1 = Math.max(x0 + 1, column(axis, items.endAt(item, now)))
      const away = x < x0 ? x0 - x : x >= x1 ? x - x1 + 1 : 0
      if (away > near) continue
      if (away === 0) inPixel++
      // A tick on a long bar is meant when the pointer is on it; a long bar everywhere else. Of what shares a column, what is urgent: in a folded lane
      // the strip is all that is seen of an end, however long its bar was.
      const ends = x1 - 1 === x && (x1 - x0 < near || head.folded !== null)
      const urgency = ends ? urgencyOf(items.lookOf(item)) * (head.folded ? 1e5 : 1) : 0
      const score = away === 0 ? Math.min(x1 - x0, 1e5) - urgency : 1e6 + away
      const preferred = x1 - x0 <= near && away > 0 && away <= 1 ? 0.5 : score
      if (preferred < bestScore) {
        bestScore = preferred
        best = item
      }
    }
  }
  const at = { run: run.id, head, more: Math.max(0, inPixel - 1) }
  if (best !== null) return { ...at, task: items.taskOf(best), span: items.spanOf(best) }
  // Nothing stands beside the bars of a folded lane.
  const ended = head.row && !head.folded ? endedBefore(store, head.row.tasks, axis, x, cap * ratio) : null
  return ended === null ? null : { ...at, task: ended, span: spanOrNull(store.tasks.lastSpan.get(ended)) }
}

const urgencies = ends.map((end) => 10 * (1 + (alerts as readonly End[]).indexOf(end)))
/** Of the end in an item's look; 0 where it has none. */
const urgencyOf = (look: number) => urgencies[endOfLook(look)] ?? 0

function endedBefore(store: RunStore, tasks: readonly number[], axis: Axis, x: number, away: number): number | null {
  const after = firstWhere(0, tasks.length, (i) => column(axis, store.tasks.startOf(tasks[i]!)) > x)
  const task = tasks[after - 1]
  if (task === undefined || store.tasks.end.get(task) === 0) return null
  const end = column(axis, store.tasks.endOf(task))
  return x >= end - 1 && x - end < away ? task : null
}

const spanOrNull = (span: number) => (span === none ? null : span)
