/** From one task that went wrong to the next, by time, over all rows of all runs. */
import { none } from '#protocol/frame'
import { subRowsOf } from '../model/laneLayout'
import { momentOf, wrongBits } from '../model/spanTree'
import type { SubRow } from '../model/subRows'
import type { Spot } from './hit'
import type { Layout, PlacedRow } from './layout'
import { offsetOf } from './timelineRun'

/** Where a search begins. */
export interface SearchFrom {
  /** A run's id and a task of it, which may have gone wrong itself. */
  readonly task: { readonly run: number; readonly task: number } | null
  /** On the axis, programme seconds, where there is no task. */
  readonly seconds: number
}

/** A sub-row, and the row that it is drawn in. */
interface Gone {
  readonly placed: PlacedRow
  readonly row: SubRow
}

/** In the order in which they are gone through: by time on the axis, then from the top row down. */
interface Place {
  readonly seconds: number
  readonly row: number
  readonly position: number
}

const before = (a: Place, b: Place) =>
  a.seconds !== b.seconds ? a.seconds < b.seconds : a.row !== b.row ? a.row < b.row : a.position < b.position

/** What is left when an offset is added and taken away again, seconds; whoever begins a little too early leaves that out again. */
const roundedAway = 1e-9

/** The next one, or the one before; behind the last comes the first. Null: none went wrong. */
export function nextFailure(layout: Layout, from: SearchFrom, direction: 1 | -1): Spot | null {
  const rows = layout.runs.flatMap(({ rows }) => rows.flatMap((placed) => subRowsOf(placed.head).map((row) => ({ placed, row }))))
  const start = beginningOf(layout, rows, from, direction)
  const wrapped = { seconds: -direction * Infinity, row: -1, position: -1 }
  const found = nearest(layout, rows, start, direction) ?? nearest(layout, rows, wrapped, direction)
  return found && spotAt(layout, rows[found.row]!, found.position)
}

function beginningOf(layout: Layout, rows: readonly Gone[], { task: of, seconds }: SearchFrom, direction: 1 | -1): Place {
  const aside = { row: direction > 0 ? -1 : Infinity, position: -1 }
  const run = of && layout.runs.find(({ run }) => run.id === of.run)?.run
  if (!of || !run || of.task >= run.store.taskCount) return { seconds, ...aside }
  const { tasks, subRows } = run.store
  const lane = tasks.lane.get(of.task)
  const sub = subRows[lane]!.rows[Math.max(0, subRows[lane]!.find(of.task))]
  const row = rows.findIndex((one) => one.row === sub)
  const tree = rows[row]?.row.tree
  const last = tasks.lastSpan.get(of.task)
  const position = tree ? tree.find(last === none ? momentOf(of.task) : last) : -1
  if (position < 0) return { seconds: tasks.startOf(of.task) + offsetOf(run), ...aside }
  return { seconds: endAt(layout, rows[row]!, position), row, position }
}

function nearest(layout: Layout, rows: readonly Gone[], from: Place, direction: 1 | -1): Place | null {
  let best: Place | null = null
  for (let row = 0; row < rows.length; row++) {
    const own = rows[row]!
    const { tree } = own.row
    const offset = offsetOf(layout.runs[own.placed.run]!.run)
    const at = (position: number): Place => ({ seconds: endAt(layout, own, position), row, position })
    const step = (position: number) => (direction > 0 ? tree.next(position + 1, wrongBits) : tree.previous(position, wrongBits))
    const exists = (position: number) => position >= 0 && position < tree.length
    // What ends at the very time is before or behind by its row and its place.
    let position = tree.firstUntil(from.seconds - offset - roundedAway)
    if (direction < 0) while (position < tree.length && at(position).seconds <= from.seconds) position++
    position = direction > 0 ? tree.next(position, wrongBits) : tree.previous(position, wrongBits)
    while (exists(position) && !(direction > 0 ? before(from, at(position)) : before(at(position), from))) {
      position = step(position)
    }
    if (!exists(position)) continue
    const place = at(position)
    if (!best || (direction > 0 ? before(place, best) : before(best, place))) best = place
  }
  return best
}

function endAt(layout: Layout, { placed, row }: Gone, position: number): number {
  const { run } = layout.runs[placed.run]!
  return run.store.items.endOf(row.tree.items.get(position)) + offsetOf(run)
}

function spotAt(layout: Layout, { placed: { run, head }, row }: Gone, position: number): Spot {
  const { id, store } = layout.runs[run]!.run
  const item = row.tree.items.get(position)
  return { run: id, head, task: store.items.taskOf(item), span: store.items.spanOf(item), more: 0 }
}
