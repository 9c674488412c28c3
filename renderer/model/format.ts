/**
 * How times are written. All functions take programme seconds. A no-break space stands before a unit, so that a line never breaks there.
 * Tables: seconds with three decimals and no unit. Sentences: as precise as the size deserves. Axis: as few decimals as the step needs.
 */

/** Units as one language writes them in sentences; `si` is what axes, tables and flags use in every language. */
export interface TimeUnits {
  readonly h: string
  readonly min: string
  readonly s: string
  readonly ms: string
  readonly us: string
  readonly ns: string
}
export const si: TimeUnits = { h: 'h', min: 'min', s: 's', ms: 'ms', us: 'µs', ns: 'ns' }

const nbsp = '\u00a0'

/** Table cell: "6.001"; "—" for none. */
export const tableSeconds = (seconds: number | null) => (seconds === null ? '—' : unsigned(seconds.toFixed(3)))

/** In sentences: "6.001 s", "148 ms", "54 µs", "2 min 03 s", "1 h 02 min". */
export function prose(seconds: number, units: TimeUnits = si): string {
  if (Math.abs(seconds) >= 0.9995) return exact(seconds, units)
  const ms = seconds * 1e3
  if (Math.abs(ms) >= 0.9995) return `${threeFigures(ms)}${nbsp}${units.ms}`
  const us = seconds * 1e6
  // The nanosecond is the finest that a clock gives.
  if (us !== 0 && Math.abs(us) < 0.0995) return `${Math.round(us * 1e3)}${nbsp}${units.ns}`
  // Under 10 µs two figures: a mark costs 0.21 µs; above, whole ones.
  const digits = Math.abs(us) < 0.995 ? 2 : Math.abs(us) < 9.95 ? 1 : 0
  return `${us === 0 ? '0' : unsigned(us.toFixed(digits))}${nbsp}${units.us}`
}

/** Always in seconds with three decimals, so that it can be compared with the table: "0.003 s"; from 120 s up as `prose`. */
export function exact(seconds: number, units: TimeUnits = si): string {
  return seconds >= 119.9995 ? long(seconds, units) : `${unsigned(seconds.toFixed(3))}${nbsp}${units.s}`
}

/** In labels on bars, where the length is meant and not the measurement: "6 s", "2.5 s", "148 ms". */
export function brief(seconds: number, units: TimeUnits = si): string {
  if (seconds >= 119.95) return long(seconds, units)
  if (seconds >= 0.95) return `${Number(seconds.toFixed(1))}${nbsp}${units.s}`
  return seconds >= 0.0005 ? `${Math.round(seconds * 1e3)}${nbsp}${units.ms}` : prose(seconds, units)
}

/** The figure of a result line, without unit: "9.0"; two decimals where one would say "0.0". */
export const resultFigure = (seconds: number) => (seconds >= 0.05 ? seconds.toFixed(1) : seconds.toFixed(2))

/** Difference of two totals: "3.0 s", under 0.05 s "48 ms". */
export const difference = (seconds: number, units: TimeUnits = si) =>
  seconds >= 119.95 ? long(seconds, units) : seconds >= 0.05 ? `${seconds.toFixed(1)}${nbsp}${units.s}` : prose(seconds, units)

function long(seconds: number, units: TimeUnits): string {
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)}${nbsp}${units.min}${nbsp}${two(whole % 60)}${nbsp}${units.s}`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)}${nbsp}${units.h}${nbsp}${two(minutes % 60)}${nbsp}${units.min}`
}

/** A moment by the clock on the wall, "2026-11-21 22:53:20": the same in every language. "—" for what is no date. */
export function dateTime(ms: number): string {
  const at = new Date(ms)
  if (Number.isNaN(at.getTime())) return '—'
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${date} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`
}

const two = (n: number) => String(n).padStart(2, '0')
const threeFigures = (n: number) => unsigned(n.toFixed(Math.abs(n) >= 99.95 ? 0 : Math.abs(n) >= 9.995 ? 1 : 2))
/** "-0.000" → "0.000": rounding must not leave a sign. */
const unsigned = (text: string) => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text)

/** What one axis writes in: its divisor and its unit follow from the largest time on it. */
export interface AxisUnit {
  readonly seconds: number
  readonly text: string
}
export function axisUnit(largest: number): AxisUnit {
  if (largest > 0.5) return { seconds: 1, text: si.s }
  if (largest > 5e-4) return { seconds: 1e-3, text: si.ms }
  return largest > 5e-7 ? { seconds: 1e-6, text: si.us } : { seconds: 1e-9, text: si.ns }
}

/** How many a figure needs so that neighbours a step apart differ. */
export const decimalsOf = (step: number) => Math.max(0, Math.min(20, Math.ceil(-Math.log10(step) - 1e-9)))

/** A step of 1, 2 or 5 × 10ⁿ seconds that is at least `smallest`; from 20 s up steps of the clock. */
export function niceStep(smallest: number): number {
  if (smallest > 20) {
    const clock = [30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200]
    return clock.find((step) => step >= smallest) ?? Math.ceil(smallest / 86400) * 86400
  }
  const power = 10 ** Math.floor(Math.log10(smallest) + 1e-9)
  const factor = [1, 2, 5].find((f) => f * power >= smallest * (1 - 1e-9)) ?? 10
  return Number((factor * power).toPrecision(1))
}
