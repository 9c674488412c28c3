/** Where stacked runs end: each one's total beside its line, and as a ruler from there to the end of the longest how much sooner that was. */
import { difference, exact } from '../model/format'
import { unendedTasks } from '../model/unended'
import { type Axis, axisOf, column } from './axis'
import { drawDifference, drawTotal } from './drawMarks'
import type { PlacedRun } from './layout'
import { lensOf } from './lens'
import { type Pen, px, rect, setFont } from './pen'
import type { Scene } from './scene'
import { offsetOf } from './timelineRun'

interface Total {
  readonly placed: PlacedRun
  readonly index: number
  readonly seconds: number
  /** The same on the axis that the runs share. */
  readonly end: number
  /** Device px. */
  readonly x: number
}

/** Two runs are read across: their lines go on to the axis, and the words on the arrow are large. */
const across = 2

export function drawTotals(pen: Pen, scene: Scene, axis: Axis, right: number): void {
  const { layout } = scene
  const { runs, size } = layout
  const device = (css: number) => Math.round((css - scene.scroll) * pen.ratio)
  const visible = (x: number) => x >= axis.left && x < right
  const totals = runs.flatMap((placed, index): readonly Total[] => {
    const { run } = placed
    if (run.total === null || placed.rows.length === 0) return []
    return [{ placed, index, seconds: run.total, end: run.total + offsetOf(run), x: column(axisOf(axis, run), run.total) }]
  })
  // Which stands where the ruler would.
  const hasLens = ({ index }: Total) => lensOf(pen, scene, axis, index, scene.captionEnds[index] ?? 0) !== null
  const longest = totals.reduce<Total | null>((found, one) => (found && found.end >= one.end ? found : one), null)
  const ruled = totals.filter((one) => longest && one !== longest && isComparable(one, longest, scene) && !hasLens(one))
  for (const total of totals) {
    const { placed, index, seconds, x } = total
    if (!visible(x)) continue
    const above = size.lane >= 44 && x > (scene.captionEnds[index] ?? 0) * pen.ratio + px(pen, 8)
    const bottom = device(runs.length === across ? runs[runs.length - 1]!.bottom : placed.bottom)
    // No line may go through the label: of the runs above, if they go on through this one, and of the longest.
    const through = totals.filter((one) => one.x > x && (one === longest || (runs.length === across && one.index < index)))
    const until = Math.min(right, ...through.map((one) => one.x))
    drawTotalOf(pen, seconds, x, device(placed.top) - px(pen, above ? 20 : 2), bottom, until, above ? 15 : 13)
  }
  if (!longest || !visible(longest.x)) return
  for (const total of ruled) if (visible(total.x)) drawRuler(pen, scene, total, longest, device)
}

/** Of a run that is not aligned as the other the ends stand in no relation. */
const isComparable = (one: Total, other: Total, { layout }: Scene) =>
  !layout.aligned || (one.placed.run.offset != null && other.placed.run.offset != null)

function drawRuler(pen: Pen, { layout, words }: Scene, early: Total, late: Total, device: (css: number) => number): void {
  const { placed } = early
  const { lane } = layout.size
  const rows = placed.rows.length
  const y = device(placed.top + (rows - Math.min(1.5, rows / 2)) * lane)
  const time = difference(late.end - early.end, words.units)
  const unended = unendedTasks(placed.run.store).length
  const sooner = [layout.aligned ? words.soonerAfter(time) : words.sooner(time), time]
  const size = layout.runs.length === across && lane >= 28 ? 15 : 13
  const drawn = drawDifference(pen, early.x, late.x, y, unended > 0 ? [words.cutShort(time, unended)] : sooner, size)
  // What the arrow points at: the line of the longest, which does not pass here by itself.
  if (!drawn || (layout.runs.length === across && late.index < early.index)) return
  const top = device(placed.top)
  rect(pen, late.x, top, px(pen, 1), device(placed.bottom) - top, pen.colours['ink-2'])
}

/** A total at the right of its line; at the left where the picture ends. */
function drawTotalOf(pen: Pen, total: number, x: number, top: number, bottom: number, right: number, size: 13 | 15): void {
  const label = exact(total)
  setFont(pen, size, 600)
  const left = x + px(pen, 10) + pen.g.measureText(label).width > right
  drawTotal(pen, x, top, bottom, label, left, size)
}
