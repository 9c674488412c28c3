import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeWindow } from '../../electron/settings/windowBounds'

const standard = { width: 1440, height: 900 }
const main = { x: 0, y: 25, width: 1920, height: 1055 }
const right = { x: 1920, y: 0, width: 2560, height: 1440 }
const kept = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height, maximized: false })

test.each([
  ['never shown: the system chooses the place', null, [main], standard],
  ['never shown, on a small display', null, [{ ...main, width: 1280, height: 720 }], { width: 1280, height: 720 }],
  ['where it was', kept(100, 80), [main], { x: 100, y: 80, width: 1000, height: 700 }],
  ['where it was, on another display', kept(2500, 10), [main, right], { x: 2500, y: 10, width: 1000, height: 700 }],
  ['partly outside, but with enough of its top to drag', kept(-800, 900), [main], { x: -800, y: 900, width: 1000, height: 700 }],
  ['on a display that is gone', kept(2500, 10), [main], { width: 1000, height: 700 }],
  ['above the display', kept(100, -40), [main], { width: 1000, height: 700 }],
  ['below it', kept(100, 1060), [main], { width: 1000, height: 700 }],
  ['larger than its display', kept(1920, 0, 3000, 2000), [main, right], { x: 1920, y: 0, width: 2560, height: 1440 }],
])('%s', (_name, bounds, displays, placed) => expect(placeWindow(bounds, standard, displays)).toEqual(placed))

test('wherever it was, it can be dragged or the system places it; it is never larger than the largest display', () => {
  const px = fc.integer({ min: -100_000, max: 100_000 })
  fc.assert(
    fc.property(px, px, px, px, (x, y, width, height) => {
      const placed = placeWindow(kept(x, y, width, height), standard, [main, right])
      expect(placed.width <= right.width && placed.height <= right.height).toBe(true)
      if ('x' in placed) {
        const seen = [main, right].map(
          (display) => Math.min(placed.x + width, display.x + display.width) - Math.max(x, display.x),
        )
        expect(Math.max(...seen)).toBeGreaterThanOrEqual(120)
      }
    }),
  )
})
