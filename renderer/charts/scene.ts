/** Everything that one picture of the base canvas needs, and the drawing of it. Chart.js draws axis and grid around it. */
import { difference, exact } from '../model/format'
import type { Blocked } from '../model/loopBlocked'
import { type Axis, column } from './axis'
import { drawDifference, drawFlag, drawMessage, drawTotal, flagWidth, messageLabel } from './drawMarks'
import { drawRow } from './drawRow'
import { drawSigns, signAbove } from './drawSigns'
import type { Taken } from './labels'
import { axisHeight, type Layout, type PlacedRow, rowsWithin } from './layout'
import { drawLens, lensOf } from './lens'
import { type Measures, measure, type Pen, px, rect, setFont, text } from './pen'
import type { TimelineWords } from './words'

export interface Scene {
  readonly layout: Layout
  readonly words: TimelineWords
  /** CSS px of the canvas. */
  readonly width: number
  /** How far the lanes are scrolled, CSS px. */
  readonly scroll: number
  /** Of each run: up to when open spans reach. */
  readonly now: readonly number[]
  /** Of each run, by lane and sub-row order. */
  readonly blocked: readonly (readonly Blocked[])[]
  /** Names of empty lanes. */
  readonly placeholder: readonly string[]
  /** Where captions end, CSS px: no flag may stand on them. */
  readonly captionEnds: readonly number[]
}

export function drawScene(pen: Pen, scene: Scene, axis: Axis): void {
  const { layout, words, scroll } = scene
  const m = measure(pen, layout.size)
  const left = axis.left
  const right = Math.round(scene.width * pen.ratio)
  const bottom = layout.visible - axisHeight
  const { g } = pen
  g.save()
  g.beginPath()
  g.rect(0, 0, scene.width * pen.ratio, Math.round(bottom * pen.ratio) + 1)
  g.clip()
  drawRules(pen, scene, right)
  g.save()
  g.beginPath()
  // Selection outlines and brackets at 0 need their first pixels; what is panned out must not run into the heads.
  g.rect(left, 0, right - left, Math.round(bottom * pen.ratio))
  g.clip()
  for (const placed of rowsWithin(layout, scroll, scroll + bottom)) {
    const { row } = placed.head
    if (!row) continue
    const { store } = layout.runs[placed.run]!.run
    const top = Math.round((placed.top - scroll) * pen.ratio)
    const blocked = scene.blocked[placed.run]!.filter((b) => row.tasks.length > 0 && isInRow(placed, b, scene))
    const now = scene.now[placed.run]!
    const mainEnd = layout.stacked ? undefined : store.markers.find(({ kind }) => kind === 'mainEnd')
    const line = mainEnd ? column(axis, mainEnd.seconds) : null
    const labels = drawRow(pen, m, words, { store, head: placed.head, row, top, axis, left, right, now, line, blocked })
    drawLaneMarks(pen, m, scene, axis, { placed, right, labels })
  }
  g.restore()
  drawEnds(pen, scene, axis, right)
  layout.runs.forEach((_, index) => {
    const lens = lensOf(pen, scene, axis, index, scene.captionEnds[index] ?? 0)
    if (lens) drawLens(pen, scene, axis, lens, index, scene.blocked[index]!)
  })
  g.restore()
}

const isInRow = ({ run, head }: PlacedRow, { lane, task }: Blocked, { layout }: Scene) =>
  lane === head.lane && layout.runs[run]!.run.store.subRows[lane]!.find(task) === head.sub

/** Lines under rows, and captions' bands kept free of the grid. */
function drawRules(pen: Pen, { layout, scroll, placeholder, width }: Scene, right: number): void {
  const line = px(pen, 1)
  const under = (bottom: number, last: boolean) =>
    rect(pen, 0, Math.round((bottom - scroll) * pen.ratio) - line, right, line, pen.colours[last ? 'hairline' : 'grid'])
  placeholder.forEach((_, i) => {
    if (layout.runs.length === 0) under(4 + (i + 1) * layout.size.lane, i === placeholder.length - 1)
  })
  let free = 0
  for (const { top, bottom, rows } of layout.runs) {
    const [from, to] = [Math.round((free - scroll) * pen.ratio), Math.round((top - 4 - scroll) * pen.ratio)]
    rect(pen, 0, from, width * pen.ratio, to - from, pen.colours.surface)
    free = bottom
    rows.forEach((row, i) => {
      under(row.top + layout.size.lane, i === rows.length - 1)
    })
  }
}

interface LaneAt {
  readonly placed: PlacedRow
  readonly right: number
  /** What is written on its bars already. */
  readonly labels: readonly Taken[]
}

/** Messages that reached the lane, on its first row. */
function drawLaneMarks(pen: Pen, m: Measures, scene: Scene, axis: Axis, { placed, right, labels }: LaneAt): void {
  const { run, head } = placed
  if (head.sub !== 0) return
  const { store } = scene.layout.runs[run]!.run
  const top = Math.round((placed.top - scene.scroll) * pen.ratio)
  const { lane: height } = m.size
  let taken = axis.left
  let last = -Infinity
  for (const { kind, lane, seconds, task, text: item } of store.markers) {
    if (kind !== 'message' || lane !== head.lane) continue
    const x = column(axis, seconds)
    if (x === last || x < axis.left || x > right) continue
    last = x
    const label = height < 44 ? '' : item || (task === null ? '' : store.nameOf(task))
    setFont(pen, messageLabel.size)
    const to = x - px(pen, messageLabel.away)
    const from = to - pen.g.measureText(label).width
    // In the largest lanes it stands above the bar's own label, else beside it.
    const covers = height < 64 && labels.some(([a, b]) => a < to && b + px(pen, 8) > from)
    if (label !== '' && from - px(pen, 8) > taken && !covers) {
      const y = top + m.slotTop
      if (height < 64) {
        const width = to - from + px(pen, 8)
        rect(pen, from - px(pen, 4), y + px(pen, 1), width, m.slot - px(pen, 8), pen.colours['tint-waiting'])
      }
      text(pen, to, y + px(pen, height < 64 ? 13 : 15), label, pen.colours.ink, 'right')
    }
    drawMessage(pen, m, top, x)
    taken = x + px(pen, 6)
  }
}

/** Main's flag, or where runs are stacked the totals and the difference of two. */
function drawEnds(pen: Pen, scene: Scene, axis: Axis, right: number): void {
  const { layout, words, scroll } = scene
  const device = (css: number) => Math.round((css - scroll) * pen.ratio)
  const visible = (x: number) => x >= axis.left && x < right
  const last = layout.runs[layout.runs.length - 1]
  const totals: { x: number; seconds: number }[] = []
  layout.runs.forEach((placed, index) => {
    const { run, top, bottom } = placed
    const mainEnd = run.store.markers.find(({ kind }) => kind === 'mainEnd')
    const totalX = run.total === null ? null : column(axis, run.total)
    if (layout.stacked && totalX !== null && run.total !== null) {
      totals.push({ x: totalX, seconds: run.total })
      const above = layout.size.lane >= 44 && totalX > (scene.captionEnds[index] ?? 0) * pen.ratio + px(pen, 8)
      const lineBottom = device(layout.runs.length === 2 ? last!.bottom : bottom)
      const lineTop = device(top) - px(pen, above ? 20 : 2)
      // The lines of the runs above go on through this one: the label must not stand on them.
      const until = Math.min(right, ...totals.filter(({ x }) => x > totalX && layout.runs.length === 2).map(({ x }) => x))
      if (visible(totalX)) drawTotalOf(pen, run.total, totalX, lineTop, lineBottom, until, above ? 15 : 13)
    }
    // Stacked runs have their captions there.
    if (!layout.stacked) drawSigns(pen, run.store.markers, axis, right, device(top - signAbove))
    if (!mainEnd) return
    const x = column(axis, mainEnd.seconds)
    const label = words.mainEnds(exact(mainEnd.seconds))
    const nearTotal = layout.stacked && totalX !== null && Math.abs(totalX - x) < px(pen, 90)
    const free = !layout.stacked || x > (scene.captionEnds[index] ?? 0) * pen.ratio + px(pen, 8)
    if (!visible(x) || nearTotal || !free) return
    const left = x > axis.left + (axis.right - axis.left) * 0.75 && x - flagWidth(pen, label) > axis.left
    drawFlag(pen, { x, top: device(top), bottom: device(bottom), text: label, left })
  })
  if (totals.length !== 2 || layout.runs.length !== 2) return
  const [a, b] = totals as [{ x: number; seconds: number }, { x: number; seconds: number }]
  const [early, late] = a.seconds <= b.seconds ? [a, b] : [b, a]
  if (!visible(early.x) || !visible(late.x)) return
  const sooner = layout.runs[a.seconds <= b.seconds ? 0 : 1]!
  const rows = sooner.rows.length
  const y = device(sooner.top + (rows - Math.min(1.5, rows / 2)) * layout.size.lane)
  drawDifference(pen, early.x, late.x, y, words.sooner(difference(late.seconds - early.seconds)))
}

/** A total at the right of its line; at the left where the picture ends. */
function drawTotalOf(pen: Pen, total: number, x: number, top: number, bottom: number, right: number, size: 13 | 15): void {
  const label = exact(total)
  setFont(pen, size, 600)
  const left = x + px(pen, 10) + pen.g.measureText(label).width > right
  drawTotal(pen, x, top, bottom, label, left, size)
}
