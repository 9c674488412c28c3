/** What a task made while it lived stands inside it: from its bar down a frame around the rows of its children, for as long as it lives. */
import { none } from '#protocol/frame'
import { firstWhere } from '../model/columns'
import type { RunStore } from '../model/runStore'
import type { SubRow } from '../model/subRows'
import { type Axis, axisOf, column } from './axis'
import { type PlacedRow, shownTop } from './layout'
import { type Measures, type Pen, px, rect } from './pen'
import type { Scene } from './scene'

/** Under the bars, of all rows, pinned or not: a frame may reach into the picture from a row that is scrolled out of it. */
export function drawEnclosures(pen: Pen, m: Measures, scene: Scene, axis: Axis, pinned: boolean): void {
  const right = Math.round(scene.width * pen.ratio)
  for (const { run, rows } of scene.layout.runs) {
    for (const placed of rows) {
      const { row, lane } = placed.head
      if (!row || row.inner.length === 0 || placed.head.folded || (placed.pin !== null) !== pinned) continue
      for (const { x0, x1, rows: below } of enclosedBy(run.store, lane, row, axisOf(axis, run), right, scene.now[placed.run]!)) {
        drawFrame(pen, m, scene, placed, x0, x1, below)
      }
    }
  }
}

/** From when to when, in columns, and how many rows. */
function* enclosedBy(store: RunStore, lane: number, row: SubRow, axis: Axis, right: number, now: number) {
  const { tasks, spans } = store
  const subRows = store.subRows[lane]!
  const endOf = (task: number) => {
    const last = tasks.lastSpan.get(task)
    return last === none ? tasks.startOf(task) : spans.endAt(last, now)
  }
  for (
    let i = firstWhere(0, row.tasks.length, (at) => column(axis, endOf(row.tasks[at]!)) >= axis.left);
    i < row.tasks.length;
    i++
  ) {
    const task = row.tasks[i]!
    const x0 = column(axis, tasks.startOf(task))
    if (x0 >= right) return
    const rows = subRows.lastInner(task) - row.index
    if (rows > 0) yield { x0, x1: column(axis, endOf(task)), rows }
  }
}

function drawFrame(pen: Pen, m: Measures, scene: Scene, placed: PlacedRow, x0: number, x1: number, below: number): void {
  const lane = scene.layout.size.lane
  const top = shownTop(scene.layout, placed, scene.scroll)
  const device = (css: number) => Math.round(css * pen.ratio)
  const from = device(top) + m.slotBottom
  const height = device(top + (below + 1) * lane) - px(pen, 1) - from
  const line = px(pen, lane >= 44 ? 2 : 1)
  const colour = pen.colours.suspended
  rect(pen, x0, from, x1 - x0, height, pen.colours.raised)
  rect(pen, x0, from, line, height, colour)
  rect(pen, x1 - line, from, line, height, colour)
  rect(pen, x0, from + height - line, x1 - x0, line, colour)
}
