/** Small signs above the lanes for what happened to the run as a whole: an attempt that failed, a push, the stop. Device px. */
import type { MarkerKind } from '#protocol/vocabulary'
import type { Marker } from '../model/runStore'
import { type Axis, column } from './axis'
import { type Pen, polygon, polyline, px, rect } from './pen'

export type Sign = Extract<MarkerKind, 'retry' | 'push' | 'stop'>
export const isSign = (kind: MarkerKind): kind is Sign => kind === 'retry' || kind === 'push' || kind === 'stop'

/** Above the first row, CSS px: over main's flag, so that neither covers the other; in the captions' band of stacked runs, which is lower. */
const above = { alone: 27, stacked: 24 }
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
  const last = new Map<Sign, number>()
  for (const { kind, seconds } of at.markers) {
    if (!isSign(kind)) continue
    const x = column(at.axis, seconds)
    if (x < at.axis.left || x > at.right || x - (last.get(kind) ?? -Infinity) < px(pen, apart)) continue
    last.set(kind, x)
    const y = yOf(pen, at, x)
    const halo = px(pen, arm + 2)
    if (y > at.top) rect(pen, x - halo, y - halo, 2 * halo, 2 * halo, pen.colours.surface)
    drawSign(pen, kind, x, y)
  }
}

/** The signs under a point, the nearest first. Device px. */
export function signsUnder(pen: Pick<Pen, 'ratio'>, at: SignsAt, x: number, y: number): Marker[] {
  const away = ({ seconds }: Marker) => Math.abs(column(at.axis, seconds) - x)
  const reach = px(pen, arm + 2)
  return at.markers
    .filter((marker) => isSign(marker.kind) && away(marker) <= reach)
    .filter((marker) => Math.abs(yOf(pen, at, column(at.axis, marker.seconds)) - y) <= reach)
    .sort((a, b) => away(a) - away(b))
}
