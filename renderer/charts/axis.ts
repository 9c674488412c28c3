/** The one map from programme seconds to device pixels, for drawing and for hit tests alike, and the ticks of the axis. */
import { axisLabel, axisUnit, niceStep } from '../model/format'

export interface Axis {
  readonly t0: number
  readonly t1: number
  /** Device px of t0 and t1. */
  readonly left: number
  readonly right: number
}

/** Where a time lies, not rounded. */
export const position = ({ t0, t1, left, right }: Axis, time: number) => left + (time - t0) * ((right - left) / (t1 - t0))

/** The column of a position; far outside the picture it is cut, because canvases lose whole pixels beyond 2²⁴. */
export const wholePixel = (x: number) => Math.round(x < -1e6 ? -1e6 : x > 1e6 ? 1e6 : x)

export const column = (axis: Axis, time: number) => wholePixel(position(axis, time))

/** The axis on a run's own clock, on which all that is drawn and hit of it is placed: comparing shifts where a run stands, never its times. */
export const axisOf = (axis: Axis, { offset = 0 }: { readonly offset?: number }): Axis =>
  offset === 0 ? axis : { ...axis, t0: axis.t0 - offset, t1: axis.t1 - offset }

export const timeAt = ({ t0, t1, left, right }: Axis, x: number) => t0 + ((x - left) / (right - left)) * (t1 - t0)

export interface Tick {
  readonly value: number
  readonly label: string
}

/** Ticks at least 80 px apart. */
export function ticksOf(t0: number, t1: number, width: number): Tick[] {
  const step = niceStep((t1 - t0) / Math.max(2, Math.floor(width / 80)))
  const unit = axisUnit(t1)
  const first = Math.ceil(t0 / step - 1e-6)
  const last = Math.floor(t1 / step + 1e-6)
  const ticks: Tick[] = []
  for (let i = first; i <= last && ticks.length < 200; i++) {
    const value = Number((i * step).toPrecision(14))
    ticks.push({ value, label: axisLabel(value, step, unit, i === last) })
  }
  return ticks
}
