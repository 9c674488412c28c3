/** Everything that one picture of the base canvas needs, and the drawing of it. Chart.js draws axis and grid around it. */
import { exact } from '../model/format'
import { holds } from '../model/laneLayout'
import type { Blocked } from '../model/loopBlocked'
import { type Axis, axisOf, column } from './axis'
import { drawLanes } from './drawLanes'
import { drawFlag, flagWidth } from './drawMarks'
import { grownRows } from './drawRow'
import { drawSigns, type SignsAt } from './drawSigns'
import { drawTotals } from './drawTotals'
import { drawEnclosures } from './enclosure'
import { notesOn } from './laneMarks'
import { axisHeight, type Layout, type PlacedRow, pinnedBottom, rowsInSight, shownTop } from './layout'
import { drawLens, lensOf } from './lens'
import { lostBetween } from './lost'
import { measure, type Pen, px, rect } from './pen'
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
  /** Device px, see `rowRaster.ts`. */
  readonly tolerance: number
  /** A live run is followed: what was drawn of it a moment ago is still good. */
  readonly isGrowing: boolean
}

export function drawScene(pen: Pen, scene: Scene, axis: Axis): void {
  const { layout, scroll } = scene
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
  if (!scene.isGrowing) grownRows.clear()
  const rows = [...rowsInSight(layout, scroll)]
  const covered = Math.round(pinnedBottom(layout, scroll) * pen.ratio)
  const part = (pinned: boolean, from: number, to: number) => {
    g.save()
    g.beginPath()
    // Selection outlines and brackets at 0 need their first pixels; what is panned out must not run into the heads.
    g.rect(left, from, right - left, to - from)
    g.clip()
    drawEnclosures(pen, m, scene, axis, pinned)
    const own = rows.filter(({ pin }) => (pin !== null) === pinned)
    drawLanes(
      pen,
      m,
      scene.words,
      own.map((placed) => pictureOf(pen, scene, axis, placed, right)),
    )
    g.restore()
  }
  part(false, covered, Math.round(bottom * pen.ratio))
  if (covered > 0) part(true, 0, covered)
  drawEnds(pen, scene, axis, right)
  layout.runs.forEach((_, index) => {
    const lens = lensOf(pen, scene, axis, index, scene.captionEnds[index] ?? 0)
    if (lens) drawLens(pen, scene, axis, lens, index, scene.blocked[index]!)
  })
  g.restore()
}

function pictureOf(pen: Pen, scene: Scene, axis: Axis, placed: PlacedRow, right: number) {
  const { layout } = scene
  const { run } = layout.runs[placed.run]!
  const { store } = run
  const own = axisOf(axis, run)
  const { head } = placed
  const { left } = axis
  const top = Math.round(shownTop(layout, placed, scene.scroll) * pen.ratio)
  const blocked = scene.blocked[placed.run]!.filter((b) => b.end >= own.t0 && b.start <= own.t1 && isInRow(placed, b, scene))
  const now = scene.now[placed.run]!
  const mainEnd = layout.stacked ? undefined : store.runMarkers.find(({ kind }) => kind === 'mainEnd')
  const line = mainEnd ? column(own, mainEnd.seconds) : null
  const lost = lostBetween(pen, store, head.lane, own, left, right)
  const at = { store, head, top, axis: own, left, right, now, tolerance: scene.tolerance, isGrowing: scene.isGrowing }
  return { ...at, row: head.row, line, blocked, lost, notes: notesOn(at) }
}

const isInRow = ({ run, head }: PlacedRow, { lane, task }: Blocked, { layout }: Scene) =>
  lane === head.lane && holds(head, lane, layout.runs[run]!.run.store.subRows[lane]!.find(task))

/** Lines under rows, and captions' bands kept free of the grid. */
function drawRules(pen: Pen, { layout, scroll, placeholder, width }: Scene, right: number): void {
  const line = px(pen, 1)
  const under = (bottom: number, last: boolean) =>
    rect(pen, 0, Math.round((bottom - scroll) * pen.ratio) - line, right, line, pen.colours[last ? 'hairline' : 'grid'])
  placeholder.forEach((_, i) => {
    if (layout.runs.length === 0) under(4 + (i + 1) * layout.size.lane, i === placeholder.length - 1)
  })
  let free = 0
  for (const { top, bottom } of layout.runs) {
    const [from, to] = [Math.round((free - scroll) * pen.ratio), Math.round((top - (bottom > top ? 4 : 0) - scroll) * pen.ratio)]
    rect(pen, 0, from, width * pen.ratio, to - from, pen.colours.surface)
    free = bottom
  }
  for (const row of rowsInSight(layout, scroll)) {
    const { bottom } = layout.runs[row.run]!
    const edge = row.pin === layout.pins - 1 || (row.pin === null && row.top + layout.size.lane === bottom)
    under(shownTop(layout, row, scroll) + scroll + layout.size.lane, edge)
  }
}

/** Where the signs of a run stand, for drawing and for hit tests. */
export function signsAt(
  { ratio }: Pick<Pen, 'ratio'>,
  { layout, scroll, width, captionEnds }: Pick<Scene, 'layout' | 'scroll' | 'width' | 'captionEnds'>,
  axis: Axis,
  index: number,
): SignsAt {
  const { run, top } = layout.runs[index]!
  const captionEnd = layout.stacked ? (captionEnds[index] ?? 0) * ratio : null
  const right = Math.round(width * ratio)
  return { markers: run.store.runMarkers, axis: axisOf(axis, run), right, top: Math.round((top - scroll) * ratio), captionEnd }
}

/** Signs above the lanes and main's flag; where runs are stacked their totals, too. */
function drawEnds(pen: Pen, scene: Scene, axis: Axis, right: number): void {
  const { layout, words, scroll } = scene
  const device = (css: number) => Math.round((css - scroll) * pen.ratio)
  if (layout.stacked) drawTotals(pen, scene, axis, right)
  layout.runs.forEach(({ run, top, bottom, rows }, index) => {
    if (rows.length === 0) return
    drawSigns(pen, signsAt(pen, scene, axis, index))
    const mainEnd = run.store.runMarkers.find(({ kind }) => kind === 'mainEnd')
    if (!mainEnd) return
    const own = axisOf(axis, run)
    const x = column(own, mainEnd.seconds)
    const label = words.mainEnds(exact(mainEnd.seconds))
    const nearTotal = layout.stacked && run.total !== null && Math.abs(column(own, run.total) - x) < px(pen, 90)
    const free = !layout.stacked || x > (scene.captionEnds[index] ?? 0) * pen.ratio + px(pen, 8)
    if (x < axis.left || x >= right || nearTotal || !free) return
    const left = x > axis.left + (axis.right - axis.left) * 0.75 && x - flagWidth(pen, label) > axis.left
    drawFlag(pen, { x, top: device(top), bottom: device(bottom), text: label, left })
  })
}
