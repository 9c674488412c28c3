/** Labels of the axis and of the pointer: few figures where few do, exact from days to nanoseconds. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ticksOf } from '../../renderer/charts/axis'
import { momentLabel, spanLabel, tickLabels } from '../../renderer/model/timeLabels'

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')
const labels = (from: number, to: number, step: number) =>
  tickLabels(
    Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toPrecision(15))),
    step,
  ).map(plain)

test('an axis has as few decimals as its step needs and its unit at the end', () => {
  expect(labels(0, 10, 5)).toEqual(['0', '5', '10 s'])
  expect(labels(22, 22.4, 0.2)).toEqual(['22.0', '22.2', '22.4 s'])
  expect(labels(0, 0.004, 0.002)).toEqual(['0', '2', '4 ms'])
  expect(labels(0, 0.00005, 0.00005)).toEqual(['0', '50 µs'])
  expect(labels(0, 0.0000001, 0.00000005)).toEqual(['0', '50', '100 ns'])
})

test('from two minutes up it is a clock, from a day apart days', () => {
  expect(labels(0, 120, 60)).toEqual(['0:00', '1:00', '2:00 min'])
  expect(labels(1800, 5400, 1800)).toEqual(['0:30', '1:00', '1:30 h'])
  expect(labels(3600, 3660, 30)).toEqual(['1:00:00', '1:00:30', '1:01:00 h'])
  expect(labels(0, 172800, 86400)).toEqual(['0', '1', '2 d'])
  expect(labels(-60, 120, 60)).toEqual(['-1:00', '0:00', '1:00', '2:00 min'])
})

test('what has no room is told as what it is later than the first tick', () => {
  expect(labels(6.0012345, 6.00123456, 2e-8)).toEqual(['6.001 234 50 s', '+20 ns', '+40 ns', '+60 ns'])
  expect(labels(0.3001234, 0.3001236, 1e-7)).toEqual(['300.1234 ms', '+0.1 µs', '+0.2 µs'])
  expect(labels(36000, 36060, 30)).toEqual(['10:00:00 h', '+30 s', '+60 s'])
})

test('under the pointer a moment is written whole', () => {
  expect(plain(momentLabel(6.001234567, 1e-9, 6.1))).toBe('6.001 234 567 s')
  expect(plain(momentLabel(5025.5, 0.5, 7200))).toBe('1:23:45.5 h')
  expect([spanLabel(3.2e-7, 1e-9), spanLabel(1.25, 0.01)].map(plain)).toEqual(['320 ns', '1.25 s'])
})

const units: Readonly<Record<string, number>> = { d: 86400, h: 1, min: 1, s: 1, ms: 1e-3, µs: 1e-6, ns: 1e-9 }
/** The seconds that a label says, where `unit` is the last tick's or its own. */
function read(label: string, unit: string): number {
  const figure = plain(label)
    .replace(/[^\d:. ].*$/, '')
    .replaceAll(' ', '')
  const parts = figure.split(':').map(Number)
  if (parts.length === 1) return parts[0]! * units[unit]!
  // Hours without seconds, minutes with, or all three.
  const [a = 0, b = 0, c] = parts
  if (c !== undefined) return a * 3600 + b * 60 + c
  return unit === 'h' ? a * 3600 + b * 60 : a * 60 + b
}
const unitOf = (label: string) => label.slice(label.indexOf('\u00a0') + 1)

test('whatever is seen, neighbouring ticks differ and each is read back to within half a step, without powers of ten', () => {
  const start = fc.oneof(fc.double({ min: 0, max: 1e10, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }))
  const shape = fc.record({
    start,
    size: fc.double({ min: -8, max: 10, noNaN: true }),
    width: fc.integer({ min: 300, max: 2600 }),
  })
  fc.assert(
    fc.property(shape, ({ start, size, width }) => {
      const span = Math.max(10 ** size, (start + 10 ** size) * 1e-12)
      const ticks = ticksOf(start, start + span, width)
      const texts = ticks.map(({ label }) => label)
      expect(texts.length).toBeGreaterThan(1)
      const step = ticks[1]!.value - ticks[0]!.value
      const relative = texts[1]!.startsWith('+')
      texts.forEach((text, i) => {
        expect(text).not.toMatch(/e|E|NaN|-/)
        if (i > 0) expect(text).not.toBe(texts[i - 1])
        const offset = relative && i > 0
        const unit = unitOf(relative ? text : texts[texts.length - 1]!)
        const seconds = offset ? ticks[0]!.value + read(text.slice(1), unit) : read(text, unit)
        expect(Math.abs(seconds - ticks[i]!.value)).toBeLessThan(step / 2)
      })
    }),
  )
})
