/** What lies under a pointer, and what lies next to it: by the same columns that were drawn. */
import { none } from '#protocol/frame'
import { type End, ends } from '#protocol/vocabulary'
import { firstWhere } from '../model/columns'
import type { LaneRow } from '../model/laneLayout'
import type { RunStore } from '../model/runStore'
import { endOfLook } from '../model/spanTree'
import { type Axis, column, timeAt } from './axis'
import { alerts } from './drawMarks'
import type { Layout, PlacedRow } from './layout'
import { offsetOf } from './timelineRun'

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
  const { row } = head
  if (!row) return null
  const { items } = store
  const near = Math.round(reach * ratio)
  let best: number | null = null
  let bestScore = Infinity
  let inPixel = 0
  for (const position of row.tree.between(timeAt(axis, x - near - 1), timeAt(axis, x + near + 1))) {
    const item = row.tree.items.get(position)
    const x0 = column(axis, items.startOf(item))
    const x1 = Math.max(x0 + 1, column(axis, items.endAt(item, now)))
    const away = x < x0 ? x0 - x : x >= x1 ? x - x1 + 1 : 0
    if (away > near) continue
    if (away === 0) inPixel++
    // A tick on a long bar is meant when the pointer is on it; a long bar everywhere else. Of what shares a column, what is urgent.
    const urgency = x1 - 1 === x && x1 - x0 < near ? urgencyOf(items.lookOf(item)) : 0
    const score = away === 0 ? Math.min(x1 - x0, 1e5) - urgency : 1e6 + away
    const preferred = x1 - x0 <= near && away > 0 && away <= 1 ? 0.5 : score
    if (preferred < bestScore) {
      bestScore = preferred
      best = item
    }
  }
  const at = { run: run.id, head, more: Math.max(0, inPixel - 1) }
  if (best !== null) return { ...at, task: items.taskOf(best), span: items.spanOf(best) }
  const ended = endedBefore(store, row.tasks, axis, x, cap * ratio)
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

/** The next place in the row, or in the row above or below at the same time. */
export function neighbour(
  layout: Layout,
  spot: Spot,
  direction: 'left' | 'right' | 'up' | 'down',
  now: (run: number) => number,
): Spot | null {
  const all = layout.runs.flatMap(({ rows }) => rows).filter(({ head }) => head.row && head.row.tasks.length > 0)
  const index = all.findIndex((row) => layout.runs[row.run]!.run.id === spot.run && isSame(row.head, spot.head))
  const placed = all[index]
  if (!placed) return firstSpot(layout)
  const { store } = layout.runs[placed.run]!.run
  if (direction === 'left' || direction === 'right') {
    const places = placesOf(store, placed.head)
    const at = places.findIndex(({ task, span }) => task === spot.task && (spot.span === null || span === spot.span))
    const next = places[at + (direction === 'right' ? 1 : -1)]
    return next ? { ...spot, ...next, more: 0 } : null
  }
  const other = all[index + (direction === 'down' ? 1 : -1)]
  if (!other) return null
  const own = spot.span === null ? store.tasks.startOf(spot.task) : store.spans.start.get(spot.span)
  const { run } = layout.runs[other.run]!
  // What stands below or above it, which on the other run's clock may be another time.
  const time = own + offsetOf(layout.runs[placed.run]!.run) - offsetOf(run)
  const places = placesOf(run.store, other.head)
  const after = firstWhere(0, places.length, (i) => startOf(run.store, places[i]!) > time + 1e-9)
  const covers = places[Math.max(0, after - 1)]!
  const end = covers.span === null ? time : run.store.spans.endAt(covers.span, now(other.run))
  return { run: run.id, head: other.head, more: 0, ...(end > time || !places[after] ? covers : places[after]!) }
}

/** Where the arrows begin. */
export function firstSpot(layout: Layout): Spot | null {
  for (const { run, rows } of layout.runs) {
    for (const { head } of rows) {
      const place = placesOf(run.store, head)[0]
      if (place) return { run: run.id, head, more: 0, ...place }
    }
  }
  return null
}

/** First place of a task. */
export function spotOfTask(layout: Layout, runId: number, task: number): Spot | null {
  const placed = layout.runs.find(({ run }) => run.id === runId)
  if (!placed || task >= placed.run.store.taskCount) return null
  const { store } = placed.run
  const lane = store.tasks.lane.get(task)
  const row = placed.rows.find(({ head }) => head.lane === lane && head.sub === Math.max(0, store.subRows[lane]!.find(task)))
  return row ? { run: runId, task, span: spanOrNull(store.tasks.firstSpan.get(task)), head: row.head, more: 0 } : null
}

/** Where its row stands; undefined where it is not in the picture. */
export const rowOf = ({ runs }: Layout, { run, head }: Spot): PlacedRow | undefined =>
  runs.find((placed) => placed.run.id === run)?.rows.find((row) => isSame(row.head, head))

interface Place {
  readonly task: number
  readonly span: number | null
}

function placesOf(store: RunStore, { row }: LaneRow): Place[] {
  if (!row) return []
  return row.tasks.flatMap((task): Place[] => {
    const spans = [...store.tasks.spansOf(task)]
    return spans.length > 0 ? spans.map((span) => ({ task, span })) : [{ task, span: null }]
  })
}

const startOf = (store: RunStore, { task, span }: Place) =>
  span === null ? store.tasks.startOf(task) : store.spans.start.get(span)
const spanOrNull = (span: number) => (span === none ? null : span)
const isSame = (a: LaneRow, b: LaneRow) => a.lane === b.lane && a.sub === b.sub
