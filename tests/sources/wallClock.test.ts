import { afterEach, expect, test, vi } from 'vitest'
import { WallClock } from '../../electron/sources/wallClock'

afterEach(() => vi.restoreAllMocks())

/** µs by which it is behind a ms that has just begun; a stop of this thread in between tells nothing. */
function behind(clock: WallClock): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < 20; i++) {
    const last = Date.now()
    let now = last
    while (now === last) now = Date.now()
    least = Math.min(least, Math.abs(clock.now() - now * 1000))
  }
  return least
}

test('is the system’s time more exactly than Date', () => {
  expect(behind(new WallClock())).toBeLessThan(500)
})

test.each([
  ['ahead', 3_600_000],
  ['back', -3_600_000],
])('follows a clock that is set %s', (_where, by) => {
  const clock = new WallClock()
  const real = Date.now
  vi.spyOn(Date, 'now').mockImplementation(() => real() + by)
  expect(behind(clock)).toBeLessThan(500)
})
