import fc from 'fast-check'
import { expect, test } from 'vitest'
import { curveOf, levelNames } from '../../renderer/model/levels'
import type { Level } from '../../renderer/model/runStore'

const level = (seconds: number, value: number, name = 'queue'): Level => ({ name, value, seconds, lane: 0 })

test('the curve begins with the value before it and holds its last one', () => {
  const levels = [level(0, 1), level(2, 5), level(3, 2), level(9, 7), level(2.5, 9, 'other')]
  expect(curveOf(levels, 'queue', 1, 5, 100, 4)).toEqual([
    { x: 1, y: 1 },
    { x: 2, y: 5 },
    { x: 3, y: 2 },
    { x: 4, y: 2 },
  ])
  expect(levelNames(levels)).toEqual(['queue', 'other'])
  expect(curveOf(levels, 'nothing', 0, 5, 100, 4)).toEqual([])
})

test('no column loses its highest or lowest value, and none has more than four points', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(1000), fc.nat(50)), { minLength: 1 }),
      fc.integer({ min: 1, max: 20 }),
      (raw, columns) => {
        const levels = raw.sort((a, b) => a[0] - b[0]).map(([seconds, value]) => level(seconds, value))
        const points = curveOf(levels, 'queue', 0, 1000, columns, 1000)
        const of = (seconds: number) => Math.floor(seconds / (1000 / columns))
        for (let column = 0; column <= columns; column++) {
          const all = levels.filter(({ seconds }) => of(seconds) === column).map(({ value }) => value)
          const drawn = points.slice(0, -1).filter(({ x }) => of(x) === column)
          expect(drawn.length).toBeLessThanOrEqual(4)
          if (all.length === 0) continue
          expect(Math.max(...drawn.map(({ y }) => y))).toBe(Math.max(...all))
          expect(Math.min(...drawn.map(({ y }) => y))).toBe(Math.min(...all))
        }
      },
    ),
  )
})
