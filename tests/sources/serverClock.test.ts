import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ServerClock, workerMicros } from '../../electron/sources/serverClock'

test('the true offset lies within what is said, however the way there and back divide the time', () => {
  const trip = fc.record({ there: fc.integer({ max: 500_000, min: 0 }), back: fc.integer({ max: 500_000, min: 0 }) })
  fc.assert(
    fc.property(fc.array(trip, { minLength: 1, maxLength: 40 }), fc.integer({ min: -1e12, max: 1e12 }), (trips, truth) => {
      const clock = new ServerClock()
      let now = workerMicros() - 60_000_000
      for (const { there, back } of trips) {
        const asked = now
        now += there + back
        clock.add(asked, Math.floor(asked + there + truth), now)
        now += 500_000
      }
      const { offset, error } = clock.current!
      // Numbers of this size are exact to a quarter of a µs.
      expect(Math.abs(offset - truth)).toBeLessThanOrEqual(error + 1)
    }),
  )
})

test('the quickest of the last measurements counts, and not for ever', () => {
  const clock = new ServerClock()
  expect(clock.current).toBeNull()
  const now = workerMicros()
  const measure = (micros: number) => clock.add(now - micros, now - micros / 2 + 7000, now)
  measure(100)
  for (let i = 0; i < 15; i++) measure(20_000)
  expect(clock.current!.error).toBeLessThan(500)
  measure(20_000)
  expect(clock.current!.error).toBeGreaterThan(9000)
  clock.forget()
  expect(clock.current).toBeNull()
})

test('a clock that was set is measured anew', () => {
  const clock = new ServerClock()
  const now = workerMicros()
  clock.add(now - 100, now + 1_000_000, now)
  clock.add(now - 50_000, now + 3_600_000_000, now)
  expect(clock.current!.offset).toBeCloseTo(3_600_000_000, -5)
})
