/** The canvas on top: what follows the pointer, the selection and the clock. Drawing it never touches the bars below. */
import { none } from '#protocol/frame'
import { holdsThread, states } from '#protocol/vocabulary'
import { holds, subRowsOf } from '../model/laneLayout'
import type { RunStore } from '../model/runStore'
import type { HitsOfRun } from '../model/searchHits'
import { momentLabel, spanLabel } from '../model/timeLabels'
import { type Axis, axisOf, column, labelAt, pixelStep, ticksOf, timeAt } from './axis'
import { drawHits } from './drawHits'
import { drawElbow } from './drawMarks'
import { drawRange } from './drawRange'
import type { Spot } from './hit'
import { axisHeight, type Layout, type PlacedRow, pinnedBottom, rowsInSight, shownTop } from './layout'
import type { Marked } from './markedRange'
import { drawOwnTimes } from './ownTimes'
import { type Measures, measure, type Pen, px, rect, setFont, text } from './pen'
import type { Selection } from './timelineRun'

export interface OverlayScene {
  readonly layout: Layout
  readonly width: number
  readonly scroll: number
  readonly now: readonly number[]
  /** Where captions end, CSS px. */
  readonly captionEnds: readonly number[]
  readonly selection: Selection | null
  readonly hover: Spot | null
  /** Where the arrows stand, while the chart has the focus. */
  readonly cursor: Spot | null
  /** Pointer, device px; null: not on the chart. */
  readonly crosshair: number | null
  /** What is framed to be entered, device px; null: nothing. */
  readonly box: { readonly x0: number; readonly x1: number } | null
  /** What was found; null: nothing is looked for. */
  readonly hits: readonly HitsOfRun[] | null
  /** What is measured. */
  readonly range: Marked | null
}

/** Where the clock of a live run stands, and what is written below it; null: nowhere. */
function nowLine({ ratio }: Pick<Pen, 'ratio'>, { layout, now, scroll, width }: OverlayScene, axis: Axis) {
  const live = layout.runs.findIndex(({ run }) => run.live)
  if (live < 0) return null
  const at = now[live]!
  const x = column(axisOf(axis, layout.runs[live]!.run), at)
  if (x < axis.left || x > Math.round(width * ratio)) return null
  const top = Math.max(0, Math.round(((layout.runs[live]?.top ?? 0) - 6 - scroll) * ratio))
  return { x, top, label: momentLabel(at, at < 1 ? 0.01 : 0.1, Math.max(at, 1)) }
}

/**
 * Of a scene in which nothing is pointed at, selected or found: all that the overlay shows of it. Equal texts are equal pictures, and a canvas that is left
 * alone costs nothing. Null: it is to be drawn.
 */
export function stillOverlay(pen: Pick<Pen, 'ratio' | 'colours'>, scene: OverlayScene, axis: Axis): string | null {
  const { hover, cursor, crosshair, box, range, selection, hits, layout, width } = scene
  if (hover || cursor || crosshair !== null || box || range || selection || hits) return null
  const line = nowLine(pen, scene, axis)
  const shown = line && [line.x, line.top, line.label, axis.t0, axis.t1, pen.colours.accent, pen.colours.surface]
  return [width, layout.visible, pen.ratio, shown].join()
}

export function drawOverlay(pen: Pen, scene: OverlayScene, axis: Axis): void {
  const { g, ratio, colours } = pen
  const { layout, scroll } = scene
  const m = measure(pen, layout.size)
  const bottom = Math.round((layout.visible - axisHeight) * ratio)
  const right = Math.round(scene.width * ratio)
  const firstTop = Math.round(((layout.runs[0]?.caption ?? layout.runs[0]?.top ?? 4) - scroll) * ratio)
  g.clearRect(0, 0, g.canvas.width, g.canvas.height)
  if (scene.crosshair !== null) {
    rect(pen, scene.crosshair, Math.max(0, firstTop), px(pen, 1), bottom - Math.max(0, firstTop), colours['hairline-strong'])
    axisMark(pen, axis, scene.crosshair, bottom, labelAt(axis, scene.crosshair), colours['ink-2'], 400)
    if (layout.aligned) drawOwnTimes(pen, scene, axis, scene.crosshair)
  }
  if (scene.range) drawRange(pen, m, scene, axis, scene.range)
  if (scene.box) drawBox(pen, axis, scene.box, Math.max(0, firstTop), bottom)
  const line = nowLine(pen, scene, axis)
  if (line) {
    rect(pen, line.x, line.top, Math.max(1, Math.round(1.5 * ratio)), bottom + px(pen, 6) - line.top, colours.accent)
    axisMark(pen, axis, line.x, bottom, line.label, colours.accent, 600)
  }
  g.save()
  g.beginPath()
  g.rect(axis.left - px(pen, 5), 0, right - axis.left + px(pen, 10), bottom + px(pen, 2))
  g.clip()
  const covered = Math.round(pinnedBottom(layout, scroll) * ratio)
  for (const placed of rowsInSight(layout, scroll)) {
    const { run } = layout.runs[placed.run]!
    const own = axisOf(axis, run)
    const top = Math.round(shownTop(layout, placed, scroll) * ratio)
    // Half under the pinned rows its frame would stand on them.
    if (placed.pin === null && top < covered) continue
    const now = scene.now[placed.run]!
    const hits = scene.hits?.find((one) => one.run === run.id)?.hits
    for (const row of hits ? subRowsOf(placed.head) : []) {
      const found = hits?.of(row)
      if (found) drawHits(pen, m, found, top, own, right, now)
    }
    for (const spot of [scene.hover, scene.cursor]) {
      if (spot?.run === run.id && spot.span !== null && isHead(placed, spot)) {
        const focus = spot === scene.cursor
        outline(
          pen,
          m,
          stepsOf(run.store, [spot.span], own, right, now),
          top,
          px(pen, focus ? 2 : 1),
          px(pen, focus ? 2 : 0),
          focus,
        )
      }
    }
    const { selection } = scene
    if (selection?.run !== run.id || !placed.head.row) continue
    const outlineTask = (task: number) => {
      if (!isRowOf(run.store, placed, task)) return
      outline(pen, m, stepsOf(run.store, run.store.tasks.spansOf(task), own, right, now), top, px(pen, 2), px(pen, 1), false)
    }
    outlineTask(selection.task)
    g.setLineDash([px(pen, 4), px(pen, 3)])
    if (selection.culprit != null) outlineTask(selection.culprit)
    g.setLineDash([])
  }
  if (scene.selection) drawJoin(pen, m, scene, axis, scene.selection)
  g.restore()
}

const isHead = ({ head }: PlacedRow, spot: Spot) => holds(head, spot.head.lane, spot.head.sub)
const isRowOf = (store: RunStore, { head }: PlacedRow, task: number) =>
  task < store.taskCount && holds(head, store.tasks.lane.get(task), store.subRows[head.lane]!.find(task))

interface Step {
  x0: number
  x1: number
  full: boolean
}

/** Outer shape of spans that follow one another: steps of full or half height, neighbours of equal height joined. */
function stepsOf(store: RunStore, of: Iterable<number>, axis: Axis, right: number, now: number): Step[] {
  const { spans } = store
  const steps: Step[] = []
  for (const span of of) {
    const x0 = Math.max(column(axis, spans.start.get(span)), axis.left - 1000)
    const x1 = Math.min(Math.max(x0 + 1, column(axis, spans.endAt(span, now))), right + 1000)
    if (x1 < axis.left - 100 || x0 > right + 100) continue
    const full = holdsThread(states[spans.state.get(span)]!)
    const last = steps[steps.length - 1]
    // Ticks of a few pixels on a half bar are part of its outline, not towers on it.
    if (last && x0 <= last.x1 + 2 && last.full === full) last.x1 = Math.max(last.x1, x1)
    else steps.push({ x0, x1, full })
  }
  return steps
}

function outline(pen: Pen, m: Measures, steps: readonly Step[], top: number, line: number, away: number, accent: boolean): void {
  if (steps.length === 0) return
  const { g } = pen
  const off = away + line / 2
  const y0 = top + m.slotBottom + off
  // In low rows the words over a half bar touch it: there the frame takes them in.
  const framesWords = m.size.labelAbove > 0 && m.size.lane < 44
  const yOf = (full: boolean) => top + m.slotTop + (full || framesWords ? 0 : m.half) - off
  g.strokeStyle = accent ? pen.colours.accent : pen.colours.ink
  g.lineWidth = line
  g.lineJoin = 'miter'
  g.beginPath()
  for (let i = 0; i < steps.length; ) {
    const from = i
    while (i + 1 < steps.length && steps[i + 1]!.x0 <= steps[i]!.x1 + 2 * off) i++
    g.moveTo(steps[from]!.x0 - off, y0)
    for (let k = from; k <= i; k++) {
      const { x0, x1, full } = steps[k]!
      const before = k > from ? steps[k - 1]! : null
      const after = k < i ? steps[k + 1]! : null
      // Where a low step meets a high one, the upright stands outside the high one.
      g.lineTo(before && !full && before.full ? before.x1 + off : before?.full ? x0 : x0 - off, yOf(full))
      g.lineTo(after && !full && after.full ? after.x0 - off : after?.full ? x1 : x1 + off, yOf(full))
    }
    g.lineTo(steps[i]!.x1 + off, y0)
    g.closePath()
    i++
  }
  g.stroke()
}

/** The elbow from the end of the selected thread to the bracket of the join that waited for it. */
function drawJoin(pen: Pen, m: Measures, { layout, scroll }: OverlayScene, axis: Axis, { run: id, task }: Selection): void {
  const placed = layout.runs.find(({ run }) => run.id === id)
  const join = placed?.run.store.markers.find((marker) => marker.kind === 'join' && marker.task === task)
  if (!placed || !join) return
  const { store } = placed.run
  const own = axisOf(axis, placed.run)
  const from = placed.rows.find((row) => isRowOf(store, row, task))
  const to = placed.rows.find(({ head }) => holds(head, join.lane, 0))
  const last = store.tasks.lastSpan.get(task)
  if (!from || !to || last === none) return
  const topOf = (row: PlacedRow) => Math.round(shownTop(layout, row, scroll) * pen.ratio)
  // Below the bracket's middle, where the next bar's label stands.
  const bracket = topOf(to) + (m.size.label > 0 ? m.slotBottom - px(pen, 6) : m.slotTop + m.half)
  drawElbow(
    pen,
    column(own, store.tasks.endOf(task)) + px(pen, 3),
    topOf(from) + m.slotTop + m.half,
    column(own, join.seconds),
    bracket,
  )
}

/** What shall fill the view, and how long it is. */
function drawBox(pen: Pen, axis: Axis, box: { x0: number; x1: number }, top: number, bottom: number): void {
  const x0 = Math.max(box.x0, axis.left)
  const x1 = Math.min(box.x1, axis.right)
  if (x1 <= x0) return
  const { g, colours } = pen
  g.globalAlpha = 0.12
  rect(pen, x0, top, x1 - x0, bottom - top, colours.accent)
  g.globalAlpha = 1
  const line = px(pen, 1)
  for (const x of [x0, x1 - line]) rect(pen, x, top, line, bottom - top, colours.accent)
  const label = spanLabel(timeAt(axis, x1) - timeAt(axis, x0), pixelStep(axis))
  axisMark(pen, axis, Math.round((x0 + x1) / 2), bottom, label, colours.accent, 600)
}

/** A time on the axis, on paper so that the ticks below do not show through: half a tick would be another figure. */
function axisMark(pen: Pen, axis: Axis, x: number, bottom: number, label: string, colour: string, weight: 400 | 600): void {
  const paper = (middle: number, width: number) =>
    rect(pen, middle - Math.round(width / 2), bottom + px(pen, 7), width, px(pen, 17), pen.colours.surface)
  setFont(pen, 12, 400)
  const ticks = ticksOf(axis.t0, axis.t1, Math.max(1, (axis.right - axis.left) / pen.ratio), axis.signed).map((tick) => ({
    x: column(axis, tick.value),
    width: Math.ceil(pen.g.measureText(tick.label).width) + px(pen, 4),
  }))
  setFont(pen, 12, weight)
  const width = Math.ceil(pen.g.measureText(label).width) + px(pen, 12)
  for (const tick of ticks) if (Math.abs(tick.x - x) < (tick.width + width) / 2) paper(tick.x, tick.width)
  paper(x, width)
  text(pen, x, bottom + px(pen, 20), label, colour, 'center')
}
