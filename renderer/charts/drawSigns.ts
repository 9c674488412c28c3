/** Small signs above the lanes for what happened to the run as a whole: an attempt that failed, a push, the stop. Device px. */
import type { MarkerKind } from '#protocol/vocabulary'
import type { Marker } from '../model/runStore'
import { type Axis, column } from './axis'
import { type Cluster, clusterAt, clustersOf, drawNumber, type SignSize } from './clusters'
import type { MarkAt } from './laneMarks'
import { type Pen, polygon, polyline, px, rect } from './pen'

export type Sign = Extract<MarkerKind, 'retry' | 'push' | 'stop'>
export const isSign = (kind: MarkerKind): kind is Sign => kind === 'retry' || kind === 'push' || kind === 'stop'

/** Above the first row, CSS px: over main's flag, so that neither covers the other; in the captions' band of stacked runs, which is lower. */
const above = { alone: 27, stacked: 24 }
const arm = 4
const size: SignSize = { reach: arm + 2, apart: 9 }
/** Of signs in one place that is drawn which nobody asked for, or which there is but once. */
const urgency: readonly Sign[] = ['stop', 'retry', 'push']

/** `x` and `y` are the middle. */
export function drawSign(pen: Pen, sign: Sign, x: number, y: number): void {
  const a = arm * pen.ratio
  switch (sign) {
    case 'retry':
      polyline(pen, [x - a, y - a, x + a, y + a], pen.colours.failed, 2 * pen.ratio)
      polyline(pen, [x - a, y + a, x + a, y - a], pen.colours.failed, 2 * pen.ratio)
      break
    case 'push': {
      const colour = pen.colours['ink-2']
      rect(pen, x - px(pen, 1), y - Math.round(a), px(pen, 2), px(pen, arm), colour)
      polygon(pen, [x - a, y, x + a, y, x, y + a], colour)
      break
    }
    case 'stop':
      rect(pen, x - px(pen, arm), y - px(pen, arm), px(pen, 2 * arm), px(pen, 2 * arm), pen.colours['ink-2'])
  }
}

export interface SignsAt {
  readonly markers: readonly Marker[]
  readonly axis: Axis
  readonly right: number
  /** Device px of the first row's top. */
  readonly top: number
  /** Runs are stacked: device px at which this one's caption ends; null: it is alone. */
  readonly captionEnd: number | null
}

/** The middle of a sign at `x`. On a caption it would cover words: there it stands on the first bar. */
function yOf(pen: Pick<Pen, 'ratio'>, { top, captionEnd }: SignsAt, x: number): number {
  if (captionEnd === null) return top - Math.round(above.alone * pen.ratio)
  return x > captionEnd + px(pen, arm) ? top - Math.round(above.stacked * pen.ratio) : top + px(pen, arm + 2)
}

export function drawSigns(pen: Pen, at: SignsAt): void {
  for (const cluster of clustersOf(pen, marksOf(at), size)) {
    const y = yOf(pen, at, cluster.x)
    const halo = px(pen, size.reach)
    if (y > at.top) rect(pen, cluster.x - halo, y - halo, cluster.right + halo - cluster.x, 2 * halo, pen.colours.surface)
    drawSign(pen, signOf(cluster), cluster.x, y)
    drawNumber(pen, cluster, y, size)
  }
}

const signOf = ({ markers }: Cluster): Sign => urgency.find((sign) => markers.some(({ kind }) => kind === sign)) ?? 'push'

function* marksOf({ markers, axis, right }: SignsAt): Generator<MarkAt, void, undefined> {
  for (const marker of byTime(markers)) {
    const x = column(axis, marker.seconds)
    if (x >= axis.left && x <= right) yield { marker, x }
  }
}

const sorted = new WeakMap<readonly Marker[], { of: number; signs: readonly Marker[] }>()

/** The signs of a run; they may have come a little out of order. */
function byTime(markers: readonly Marker[]): readonly Marker[] {
  const known = sorted.get(markers)
  if (known?.of === markers.length) return known.signs
  const signs = markers.filter(({ kind }) => isSign(kind)).sort((a, b) => a.seconds - b.seconds)
  sorted.set(markers, { of: markers.length, signs })
  return signs
}

/** The signs under a point that are drawn as one, by time. Device px. */
export function signsUnder(pen: Pick<Pen, 'ratio'>, at: SignsAt, x: number, y: number): readonly Marker[] {
  const cluster = clusterAt(pen, clustersOf(pen, marksOf(at), size), x, size)
  return cluster && Math.abs(yOf(pen, at, cluster.x) - y) <= px(pen, size.reach) ? cluster.markers : []
}
