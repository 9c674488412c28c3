/** What the pointer means, of all that is drawn: a sign above the lanes, a mark on one of them, a loss, a bar. */
import type { Loss, Marker } from '../model/runStore'
import { type Axis, axisOf } from './axis'
import { signsUnder } from './drawSigns'
import { type Spot, spotAt } from './hit'
import { type LoopLife, lifeUnder, marksUnder } from './laneMarks'
import { rowAt, shownTop } from './layout'
import { lostBetween } from './lost'
import { measure } from './pen'
import { type Scene, signsAt } from './scene'
import type { Selection } from './timelineRun'

export type Under =
  | { readonly kind: 'bar'; readonly spot: Spot }
  /** The first is the nearest; the others are drawn in the same place. */
  | { readonly kind: 'marks'; readonly run: number; readonly markers: readonly [Marker, ...Marker[]] }
  | { readonly kind: 'life'; readonly run: number; readonly lane: number; readonly life: LoopLife }
  | { readonly kind: 'lost'; readonly run: number; readonly loss: Loss }

export const runOf = (what: Under): number => (what.kind === 'bar' ? what.spot.run : what.run)

export interface Picture extends Pick<Scene, 'layout' | 'width' | 'scroll' | 'captionEnds' | 'now'> {
  readonly axis: Axis
  readonly ratio: number
}

/** `x` and `y`: CSS px from the chart's left and top. */
export function under(picture: Picture, cssX: number, cssY: number): Under | null {
  const { layout, axis, ratio, scroll, now } = picture
  const x = Math.round(cssX * ratio)
  for (const [index, { run }] of layout.runs.entries()) {
    const [sign, ...more] = signsUnder({ ratio }, signsAt({ ratio }, picture, axis, index), x, cssY * ratio)
    if (sign) return { kind: 'marks', run: run.id, markers: [sign, ...more] }
  }
  const placed = rowAt(layout, cssY, scroll)
  if (!placed || x < axis.left) return null
  const { run } = layout.runs[placed.run]!
  const { id, store } = run
  const own = axisOf(axis, run)
  const { head } = placed
  const m = measure({ ratio }, layout.size)
  const y = (cssY - shownTop(layout, placed, scroll)) * ratio
  const at = { store, head, axis: own, left: axis.left, right: axis.right }
  const [mark, ...more] = marksUnder({ ratio }, m, at, x, y)
  if (mark) return { kind: 'marks', run: id, markers: [mark, ...more] }
  const life = lifeUnder({ ratio }, m, at, now[placed.run]!, x, y)
  if (life) return { kind: 'life', run: id, lane: head.lane, life }
  const loss = lostBetween({ ratio }, store, head.lane, own, axis.left, axis.right).find(({ x0, x1 }) => x0 <= x && x < x1)
  if (loss) return { kind: 'lost', run: id, loss }
  const spot = spotAt(layout, placed, own, x, now[placed.run]!, ratio)
  return spot && { kind: 'bar', spot }
}

/** The task that a click means. */
export function taskUnder(what: Under | null): Selection | null {
  if (what?.kind === 'bar') return { run: what.spot.run, task: what.spot.task, span: what.spot.span }
  if (what?.kind !== 'marks') return null
  const task = what.markers.find((marker) => marker.task !== null)?.task ?? null
  return task === null ? null : { run: what.run, task }
}
