/** Small signs above the lanes for what happened to the run as a whole: an attempt that failed, a push, the stop. Device px. */
import type { MarkerKind } from '#protocol/vocabulary'
import type { Marker } from '../model/runStore'
import { type Axis, column } from './axis'
import { type Pen, polygon, polyline, px, rect } from './pen'

export type Sign = Extract<MarkerKind, 'retry' | 'push' | 'stop'>
export const isSign = (kind: MarkerKind): kind is Sign => kind === 'retry' || kind === 'push' || kind === 'stop'

/** Above the first row, CSS px: over main's flag, so that neither covers the other. */
export const signAbove = 27
/** Signs of one kind that are closer would melt into a blot; the first stands for those right after it. */
const apart = 9
const arm = 4

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

export function drawSigns(pen: Pen, markers: readonly Marker[], axis: Axis, right: number, y: number): void {
  const last = new Map<Sign, number>()
  for (const { kind, seconds } of markers) {
    if (!isSign(kind)) continue
    const x = column(axis, seconds)
    if (x < axis.left || x > right || x - (last.get(kind) ?? -Infinity) < px(pen, apart)) continue
    last.set(kind, x)
    drawSign(pen, kind, x, y)
  }
}
