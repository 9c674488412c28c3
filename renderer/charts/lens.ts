/**
 * Where all of a programme happens in under 2 % of the axis (daemon threads beside join), nothing of it could be seen. Its empty space then
 * holds a framed enlargement with an axis of its own, tied to the place by two hairlines.
 */
import { brief, exact, prose } from '../model/format'
import type { Blocked } from '../model/loopBlocked'
import { niceEnd } from '../model/timeView'
import { type Axis, axisOf, column, ticksOf } from './axis'
import { drawLanes } from './drawLanes'
import { drawFlag, flagWidth } from './drawMarks'
import { notesOn } from './laneMarks'
import { isTiny, type PlacedRun } from './layout'
import { lostBetween } from './lost'
import { measure, type Pen, polyline, px, rect, setFont, text } from './pen'
import type { Scene } from './scene'
import type { TimelineRun } from './timelineRun'

/** Device px. */
export interface Lens {
  readonly axis: Axis
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Left of its place, for at the right is no room: runs are aligned near their ends. */
  readonly before: boolean
}

/** Between the total's label and the lens, CSS px. */
const beside = 118
/** Above and below the rows, CSS px: the flag, and the lens's own axis. */
const above = 26
const below = 24
const narrowest = 320

/** The lens of a run, null if it needs none or has no room for it. */
export function lensOf(pen: Pick<Pen, 'ratio'>, scene: Scene, axis: Axis, index: number, captionEnd: number): Lens | null {
  const placed = scene.layout.runs[index]!
  const { total } = placed.run
  const runs = scene.layout.runs.map(({ run }) => run)
  const { ratio } = pen
  // While all is seen, only; and below the last run stands the axis of all.
  if (total === null || !runs.every((run) => isSeenWhole(run, axis))) return null
  if (index === runs.length - 1 || placed.rows.length === 0 || !isTiny(placed.run, runs)) return null
  const place = column(axisOf(axis, placed.run), 0) / ratio
  const spaces = [
    { from: Math.max(place + beside, captionEnd + 24), to: scene.width, before: false },
    { from: Math.max(axis.left / ratio, captionEnd + 24), to: place - beside, before: true },
  ]
  const found = spaces.find(({ from, to }) => to - from >= narrowest)
  if (!found) return null
  const { before } = found
  const left = Math.round(found.from * ratio)
  const right = Math.round(found.to * ratio) - 1
  const device = (css: number) => Math.round((css - scene.scroll) * ratio)
  const air = Math.round(16 * ratio)
  return {
    axis: { t0: 0, t1: niceEnd(total * 1.15), left: left + air, right: right - 2 * air },
    left,
    right,
    top: device(placed.top - above),
    bottom: device(placed.bottom + below),
    before,
  }
}

function isSeenWhole(run: TimelineRun, axis: Axis): boolean {
  const { t0, t1 } = axisOf(axis, run)
  return t0 <= 0 && t1 >= (run.total ?? 0)
}

export function drawLens(pen: Pen, scene: Scene, axis: Axis, lens: Lens, index: number, blocked: readonly Blocked[]): void {
  const { layout, words } = scene
  const placed = layout.runs[index]!
  const m = measure(pen, layout.size)
  drawFrame(pen, scene, axis, lens, placed)
  const { store } = placed.run
  const mainEnd = store.runMarkers.find(({ kind }) => kind === 'mainEnd')
  const line = mainEnd ? column(lens.axis, mainEnd.seconds) : null
  const picture = { store, axis: lens.axis, left: lens.left + 1, right: lens.right, now: scene.now[index]!, line, blocked }
  const rows = placed.rows.map(({ top, head }) => {
    const lost = lostBetween(pen, store, head.lane, lens.axis, picture.left, picture.right)
    const at = {
      ...picture,
      head,
      top: Math.round((top - scene.scroll) * pen.ratio),
      tolerance: scene.tolerance,
      isGrowing: false,
    }
    return { ...at, row: head.row, lost, notes: notesOn(at) }
  })
  drawLanes(pen, m, words, rows)
  if (!mainEnd || line === null) {
    drawNote(pen, scene, axis, lens, lens.left)
    return
  }
  const [top, bottom] = [placed.top, placed.bottom].map((css) => Math.round((css - scene.scroll) * pen.ratio))
  const label = words.mainEnds(mainEnd.seconds < 1 ? prose(mainEnd.seconds) : exact(mainEnd.seconds))
  drawFlag(pen, { x: line, top: top!, bottom: bottom!, text: label, left: false })
  drawNote(pen, scene, axis, lens, line + flagWidth(pen, label))
}

/** What is seen and how many times larger, at the right of `from`; its own axis says it, too, where there is no room. */
function drawNote(pen: Pen, scene: Scene, axis: Axis, lens: Lens, from: number): void {
  const times = (lens.axis.right - lens.axis.left) / lens.axis.t1 / ((axis.right - axis.left) / (axis.t1 - axis.t0))
  const round = 10 ** Math.max(0, Math.floor(Math.log10(times)) - 1)
  setFont(pen, 12)
  const note = scene.words.lens(brief(lens.axis.t1, scene.words.units), Math.round(times / round) * round)
  if (lens.right - from < pen.g.measureText(note).width + px(pen, 24)) return
  text(pen, lens.right - px(pen, 12), lens.top + px(pen, 17), note, pen.colours['ink-2'], 'right')
}

function drawFrame(pen: Pen, scene: Scene, axis: Axis, lens: Lens, placed: PlacedRun): void {
  const { colours, ratio } = pen
  const line = px(pen, 1)
  const { left, right, top, bottom } = lens
  const rows = [placed.top, placed.bottom].map((css) => Math.round((css - scene.scroll) * ratio))
  const [rowTop, rowBottom] = [rows[0]!, rows[1]!]
  const edge = colours['hairline-strong']
  const own = axisOf(axis, placed.run)
  const [from, to] = lens.before ? [column(own, 0) - px(pen, 4), right] : [column(own, placed.run.total ?? 0) + px(pen, 4), left]
  // Not up to the frame's corner: the caption stands there.
  polyline(pen, [from, rowTop, to, rowTop - px(pen, 3)], edge, line)
  polyline(pen, [from, rowBottom, to, bottom], edge, line)
  rect(pen, left, top, right - left, bottom - top, edge)
  rect(pen, left + line, top + line, right - left - 2 * line, bottom - top - 2 * line, colours.surface)
  setFont(pen, 11)
  for (const { value, label } of ticksOf(0, lens.axis.t1, (lens.axis.right - lens.axis.left) / ratio)) {
    const x = column(lens.axis, value)
    rect(pen, x, rowTop, line, rowBottom - rowTop, colours.grid)
    text(pen, x, rowBottom + px(pen, 15), label, colours['ink-2'], 'center')
  }
}
