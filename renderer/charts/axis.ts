/** The one map from programme seconds to device pixels, for drawing and for hit tests alike, and the ticks of the axis. */
import { niceStep } from '../model/format'
import { momentLabel, tickLabels, withSign } from '../model/timeLabels'

export interface Axis {
  readonly t0: number
  readonly t1: number
  /** Device px of t0 and t1. */
  readonly left: number
  readonly right: number
  /** Its 0 is a moment that the runs share: times before and after it have their signs. */
  readonly signed?: boolean
}

/** Where a time lies, not rounded. */
export const position = ({ t0, t1, left, right }: Axis, time: number) => left + (time - t0) * ((right - left) / (t1 - t0))

/** The column of a position; far outside the picture it is cut, because canvases lose whole pixels beyond 2²⁴. */
export const wholePixel = (x: number) => Math.round(x < -1e6 ? -1e6 : x > 1e6 ? 1e6 : x)

export const column = (axis: Axis, time: number) => wholePixel(position(axis, time))

/** The axis on a run's own clock, on which all that is drawn and hit of it is placed: comparing shifts where a run stands, never its times. */
export const axisOf = (axis: Axis, { offset }: { readonly offset?: number | null }): Axis =>
  offset ? { ...axis, t0: axis.t0 - offset, t1: axis.t1 - offset } : axis

export const timeAt = ({ t0, t1, left, right }: Axis, x: number) => t0 + ((x - left) / (right - left)) * (t1 - t0)

export interface Tick {
  readonly value: number
  readonly label: string
}

/** CSS px between two ticks at least: their labels must not touch. */
const tickSpace = 80

export function ticksOf(t0: number, t1: number, width: number, signed = false): Tick[] {
  const step = niceStep((t1 - t0) / Math.max(2, Math.floor(width / tickSpace)))
  const first = Math.ceil(t0 / step - 1e-6)
  const last = Math.min(Math.floor(t1 / step + 1e-6), first + 199)
  const values: number[] = []
  for (let i = first; i <= last; i++) values.push(Number((i * step).toPrecision(15)))
  const labels = tickLabels(values, step, signed)
  return values.map((value, i) => ({ value, label: labels[i]! }))
}

/** As precise as a pixel is, and no clock is finer than a nanosecond. Programme seconds. */
export const pixelStep = ({ t0, t1, left, right }: Axis) => Math.max(1e-9, niceStep((t1 - t0) / Math.max(1, right - left)))

/** The moment at a position, as precise as a pixel is. */
export function labelAt(axis: Axis, x: number): string {
  const label = momentLabel(timeAt(axis, x), pixelStep(axis), Math.max(-axis.t0, axis.t1))
  return axis.signed ? withSign(label) : label
}
