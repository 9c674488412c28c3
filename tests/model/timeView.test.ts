import fc from 'fast-check'
import { expect, test } from 'vitest'
import { niceEnd, TimeView } from '../../renderer/model/timeView'

const view = (end: number, { now = end, live = false } = {}) => {
  const view = new TimeView()
  view.update({ end, now, live })
  return view
}
const range = ({ t0, t1 }: TimeView) => [t0, t1]

test('the axis ends a little beyond the run, at a round number', () => {
  expect([9.002, 6.002, 4.006, 20.012, 0.0102, 0].map(niceEnd)).toEqual([10, 7, 4.5, 22, 0.011, 1])
})

test('a live run is shown whole up to a minute, then its last minute', () => {
  expect(range(view(9, { now: 4, live: true }))).toEqual([0, 10])
  const long = view(0, { now: 74.2, live: true })
  expect(long.following).toBe(true)
  expect(long.t1).toBeCloseTo(76.6, 9)
  expect(long.t1 - long.t0).toBeCloseTo(62.4, 9)
  long.update({ end: 74.2, now: 74.2, live: false })
  expect(range(long)).toEqual([0, 80])
})

test('a live run of unknown length grows in few steps', () => {
  expect([0, 0.5, 0.99, 1.5, 4.9, 25].map((now) => view(0, { now, live: true }).t1)).toEqual([1, 1, 2, 2, 10, 30])
})

test('a view that the user moved stays until reset', () => {
  const moved = view(9)
  moved.zoom(5, 2)
  expect(range(moved)).toEqual([2.5, 7.5])
  moved.update({ end: 30, now: 29, live: true })
  expect(range(moved)).toEqual([2.5, 7.5])
  moved.reset()
  expect(range(moved)).toEqual([0, 35])
})

test('what is revealed comes into view and no further', () => {
  const close = view(9)
  close.fit(1, 2)
  expect(close.reveal(1.2, 1.4)).toBe(false)
  close.reveal(5, 5.5)
  expect(close.t0).toBeLessThan(5)
  expect(close.t1).toBeGreaterThan(5.5)
})

test('no move leaves the run or comes closer than ten nanoseconds', () => {
  const step = fc.oneof(
    fc.record({ zoom: fc.double({ min: 0.01, max: 100, noNaN: true }), at: fc.double({ min: -1, max: 12, noNaN: true }) }),
    fc.record({ pan: fc.double({ min: -20, max: 20, noNaN: true }) }),
    fc.record({ from: fc.double({ min: 0, max: 9, noNaN: true }), long: fc.double({ min: 0, max: 3, noNaN: true }) }),
  )
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const moved = view(9)
      for (const s of steps) {
        if ('zoom' in s) moved.zoom(s.at, s.zoom)
        else if ('pan' in s) moved.pan(s.pan)
        else moved.fit(s.from, s.from + s.long)
        expect(moved.t0).toBeGreaterThanOrEqual(0)
        expect(moved.t1).toBeLessThanOrEqual(10 + 1e-9)
        expect(moved.t1 - moved.t0).toBeGreaterThanOrEqual(0.99e-8)
      }
    }),
  )
})

test('the moment under the pointer stays under it', () => {
  const zoomed = view(9)
  const share = (t: number) => (t - zoomed.t0) / (zoomed.t1 - zoomed.t0)
  const before = share(3)
  zoomed.zoom(3, 1.7)
  expect(share(3)).toBeCloseTo(before, 12)
})

test('a view that was left can be come back to; one that followed follows again', () => {
  const live = view(0, { now: 100, live: true })
  const followed = live.state
  live.zoom(80, 10)
  const close = live.state
  live.restore(followed)
  expect(live.following).toBe(true)
  live.update({ end: 0, now: 200, live: true })
  expect(live.t1).toBeGreaterThan(200)
  live.restore(close)
  expect(live.state).toEqual(close)
  expect(live.following).toBe(false)
})
