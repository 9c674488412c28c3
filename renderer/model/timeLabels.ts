/**
 * How moments are written on the axis and beside the pointer: exact to the step, from days to nanoseconds. Programme seconds. From two minutes up as a
 * clock has them ("2:05 min", "1:02:30 h"). Where a figure would be longer than its tick has room for, the first tick is written whole and those
 * after it as what they are later: "6.001 234 50 s", "+20 ns", "+40 ns".
 */
import { axisUnit, decimalsOf, si } from './format'

const nbsp = '\u00a0'
/** Narrower than a space, and no line breaks at it either. */
const thin = '\u202f'
/** Characters, without a unit. */
const longest = 7
const day = 86400
const hour = 3600
const clockFrom = 120

/** What offsets are written in, the largest first. */
const offsetUnits = [
  { seconds: 1, text: si.s },
  { seconds: 1e-3, text: si.ms },
  { seconds: 1e-6, text: si.us },
  { seconds: 1e-9, text: si.ns },
] as const

/** Labels of the ticks of one axis, `step` apart and in order, `signed` where its 0 is no beginning; the unit stands at the last one, or at each where they are offsets. */
export function tickLabels(values: readonly number[], step: number, signed = false): string[] {
  const largest = Math.max(-(values[0] ?? 0), values[values.length - 1] ?? 0)
  const { unit, write } = styleOf(largest, step)
  const texts = values.map((value) => (signed ? withSign(write(value)) : write(value)))
  const last = texts.length - 1
  if (texts.every((text) => text.length <= longest)) return texts.map((text, i) => (i === last ? `${text}${nbsp}${unit}` : text))
  const by = offsetUnits.find(({ seconds }) => step / seconds >= 0.1 - 1e-9) ?? offsetUnits[offsetUnits.length - 1]!
  const decimals = decimalsOf(step / by.seconds)
  return texts.map((text, i) =>
    i === 0 ? `${grouped(text)}${nbsp}${unit}` : `+${((i * step) / by.seconds).toFixed(decimals)}${nbsp}${by.text}`,
  )
}

/** "-2" → "−2", "4" → "+4"; 0 has none. */
export const withSign = (figure: string) =>
  figure.startsWith('-') ? `−${figure.slice(1)}` : /[1-9]/.test(figure) ? `+${figure}` : figure

/** One moment, whole and with its unit, on an axis that reaches to `largest`. */
export function momentLabel(time: number, step: number, largest: number): string {
  const { unit, write } = styleOf(largest, step)
  return `${grouped(write(time))}${nbsp}${unit}`
}

/** A length between two moments that are read to the step, in the unit that it deserves itself: "320 ns", "1.25 s". */
export function spanLabel(seconds: number, step: number): string {
  return momentLabel(seconds, step, seconds)
}

function styleOf(largest: number, step: number): { readonly unit: string; readonly write: (time: number) => string } {
  if (step >= day && step % day === 0) return { unit: 'd', write: (time) => String(Math.round(time / day)) }
  if (largest >= clockFrom) {
    const withHours = largest >= hour
    return { unit: withHours ? si.h : si.min, write: (time) => clock(time, step, withHours) }
  }
  const { seconds, text } = axisUnit(largest)
  const decimals = decimalsOf(step / seconds)
  return { unit: text, write: (time) => (time / seconds).toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, '$1') }
}

/** "2:05", "1:02:30.5"; without seconds where the step is whole minutes of hours. */
function clock(time: number, step: number, withHours: boolean): string {
  const [whole = '', fraction] = Math.abs(time).toFixed(decimalsOf(step)).split('.')
  const seconds = Number(whole)
  const two = (n: number) => String(n).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  const sign = time < 0 && Number(`${whole}.${fraction ?? 0}`) > 0 ? '-' : ''
  const figure = `${sign}${withHours ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}` : minutes}`
  if (withHours && step % 60 === 0) return figure
  return `${figure}:${two(seconds % 60)}${fraction ? `.${fraction}` : ''}`
}

/** Five decimals and more are read in threes. */
export const grouped = (text: string) =>
  text.replace(/\.(\d{5,})$/, (_, digits: string) => `.${digits.match(/\d{1,3}/g)!.join(thin)}`)
