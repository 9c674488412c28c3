/** Ways from one place in the picture to the next: along a row by time, to the row above or below. No span is gone through that is not on the way. */
import { none } from '#protocol/frame'
import { firstWhere } from '../model/columns'
import { holds, type LaneRow, subRowsOf } from '../model/laneLayout'
import type { RunStore } from '../model/runStore'
import { momentOf, type SpanTree } from '../model/spanTree'
import type { Spot } from './hit'
import type { Layout, PlacedRow } from './layout'
import { offsetOf } from './timelineRun'

export type Direction = 'left' | 'right' | 'up' | 'down'

type Place = Pick<Spot, 'task' | 'span'>

/** The next place in the row, or in the row above or below at the same time. */
export function neighbour(layout: Layout, spot: Spot, direction: Direction, now: (run: number) => number): Spot | null {
  const placed = rowOf(layout, spot)
  if (!placed) return firstSpot(layout)
  const { run } = layout.runs[placed.run]!
  const { head } = placed
  if (direction === 'left' || direction === 'right') {
    const next = stepInRow(run.store, head, spot, direction === 'right' ? 1 : -1)
    return next ? { ...spot, ...next, head, more: 0 } : null
  }
  const other = rowBeside(layout, placed, direction === 'down' ? 1 : -1)
  if (!other) return null
  const own = spot.span === null ? run.store.tasks.startOf(spot.task) : run.store.spans.start.get(spot.span)
  const of = layout.runs[other.run]!.run
  // What stands below or above it, which on the other run's clock may be another time.
  const time = own + offsetOf(run) - offsetOf(of)
  const place = placeAt(of.store, other.head, time, now(other.run))
  return place && { run: of.id, head: other.head, more: 0, ...place }
}

/** The next row with something in it. */
function rowBeside(layout: Layout, from: PlacedRow, step: 1 | -1): PlacedRow | null {
  let run = from.run
  let at = layout.runs[run]!.rows.indexOf(from) + step
  while (run >= 0 && run < layout.runs.length) {
    const { rows } = layout.runs[run]!
    for (; at >= 0 && at < rows.length; at += step) if (hasPlaces(rows[at]!.head)) return rows[at]!
    run += step
    at = step > 0 ? 0 : (layout.runs[run]?.rows.length ?? 0) - 1
  }
  return null
}

const hasPlaces = (head: LaneRow) => subRowsOf(head).some(({ tree }) => tree.length > 0)

/** Where the arrows begin. */
export function firstSpot(layout: Layout): Spot | null {
  for (const { rows } of layout.runs) {
    for (const row of rows) {
      const spot = edgeOfRow(layout, row, 'first')
      if (spot) return spot
    }
  }
  return null
}

/** The first or the last place of a row; null: it is empty. */
export function edgeOfRow(layout: Layout, { run: index, head }: PlacedRow, which: 'first' | 'last'): Spot | null {
  const { id, store } = layout.runs[index]!.run
  const edge = which === 'first' ? new Nearest(1) : new Nearest(-1)
  subRowsOf(head).forEach(({ tree }, sub) => {
    edge.offer(store, tree, sub, which === 'first' ? 0 : tree.length - 1)
  })
  const place = edge.place(store)
  return place && { run: id, head, more: 0, ...place }
}

/** What is in the row at a time of the axis, else what comes next, else the last; null: it is empty. */
export function spotAtTime(layout: Layout, { run: index, head }: PlacedRow, time: number, now: number): Spot | null {
  const { run } = layout.runs[index]!
  const place = placeAt(run.store, head, time - offsetOf(run), now)
  return place && { run: run.id, head, more: 0, ...place }
}

/** First place of a task; null: it is not in the picture, or nothing is known of it but its name. */
export function spotOfTask(layout: Layout, run: number, task: number): Spot | null {
  const row = rowOfTask(layout, run, task)
  if (!row) return null
  const { tasks } = layout.runs[row.run]!.run.store
  if (Number.isNaN(tasks.startOf(task))) return null
  const first = tasks.firstSpan.get(task)
  return { run, task, span: first === none ? null : first, head: row.head, more: 0 }
}

/** Where its row stands; undefined where it is not in the picture. */
export const rowOf = (layout: Layout, { run, task }: Spot): PlacedRow | undefined => rowOfTask(layout, run, task)

function rowOfTask(layout: Layout, id: number, task: number): PlacedRow | undefined {
  const placed = layout.runs.find(({ run }) => run.id === id)
  if (!placed || task >= placed.run.store.taskCount) return undefined
  const { tasks, subRows } = placed.run.store
  const lane = tasks.lane.get(task)
  const sub = Math.max(0, subRows[lane]!.find(task))
  return placed.rows.find(({ head }) => holds(head, lane, sub))
}

/** The place beside another one in its row. */
function stepInRow(store: RunStore, head: LaneRow, { task, span }: Place, direction: 1 | -1): Place | null {
  const { items } = store
  const rows = subRowsOf(head)
  const item = span ?? momentOf(task)
  const own = Math.max(
    0,
    rows.findIndex(({ index }) => index === store.subRows[head.lane]!.find(task)),
  )
  const start = items.startOf(item)
  const nearest = new Nearest(direction)
  rows.forEach(({ tree }, sub) => {
    // Of what begins at the same time the upper row goes first.
    const isPast = (at: number) => {
      const other = items.startOf(tree.items.get(at))
      return other > start || (other === start && sub > own)
    }
    const after = sub === own ? tree.find(item) : firstWhere(0, tree.length, isPast)
    nearest.offer(store, tree, sub, direction < 0 ? after - 1 : sub === own ? after + 1 : after)
  })
  return nearest.place(store)
}

/** What covers a time, else what comes next, else what was last. */
function placeAt(store: RunStore, head: LaneRow, time: number, now: number): Place | null {
  const { items } = store
  const rows = subRowsOf(head)
  const [before, next] = [new Nearest(-1), new Nearest(1)]
  for (const [sub, { tree }] of rows.entries()) {
    const after = firstWhere(0, tree.length, (at) => items.startOf(tree.items.get(at)) > time + 1e-9)
    const covers = after > 0 ? tree.items.get(after - 1) : null
    if (covers !== null && items.endAt(covers, now) > time) return { task: items.taskOf(covers), span: items.spanOf(covers) }
    before.offer(store, tree, sub, after - 1)
    next.offer(store, tree, sub, after)
  }
  return next.place(store) ?? before.place(store)
}

/** Of what is offered, what begins first, or last. */
class Nearest {
  private item: number | null = null
  private start = 0
  private sub = 0

  constructor(private readonly direction: 1 | -1) {}

  offer({ items }: RunStore, tree: SpanTree, sub: number, position: number): void {
    if (position < 0 || position >= tree.length) return
    const item = tree.items.get(position)
    const start = items.startOf(item)
    const isNearer = start === this.start ? (sub - this.sub) * this.direction < 0 : (start - this.start) * this.direction < 0
    if (this.item !== null && !isNearer) return
    this.item = item
    this.start = start
    this.sub = sub
  }

  place({ items }: RunStore): Place | null {
    return this.item === null ? null : { task: items.taskOf(this.item), span: items.spanOf(this.item) }
  }
}
