/** Rule R7: what was found is shown, three pixels wide at least; and a million of it costs no more than the width. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { column } from '../../renderer/charts/axis'
import { drawHits } from '../../renderer/charts/drawHits'
import { measure } from '../../renderer/charts/pen'
import { sizeOf } from '../../renderer/model/laneLayout'
import { Raster } from '../support/raster'

const axis = { t0: 0, t1: 10, left: 0, right: 1000 }

function drawn(starts: readonly number[], ends: readonly number[]) {
  const raster = new Raster(1000, 28)
  const pen = raster.pen()
  let rects = 0
  const { fillRect } = pen.g
  pen.g.fillRect = (x, y, width, height) => {
    rects++
    fillRect(x, y, width, height)
  }
  const m = measure(pen, sizeOf(28))
  const hits = { starts: Float64Array.from(starts), ends: Float64Array.from(ends) }
  drawHits(pen, m, hits, 0, axis, 1000, 10)
  return { at: (x: number) => raster.at(x, m.slotTop - 1), rects: () => rects }
}

test('the shortest is three pixels wide, a long one as long as it is, one that goes on up to now', () => {
  const { at } = drawn([1, 4, 9], [1, 5, Infinity])
  expect([98, 99, 100, 102, 103, 104].map(at)).toEqual(['', 'surface', 'accent', 'accent', 'surface', ''])
  expect([398, 400, 499, 501].map(at)).toEqual(['', 'accent', 'accent', ''])
  expect([898, 900, 999].map(at)).toEqual(['', 'accent', 'accent'])
})

test('whatever lies beside what, each hit has its first column', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3999 }), { maxLength: 60 }), (times) => {
      const starts = times.sort((a, b) => a - b).map((time) => time / 4000)
      const { at } = drawn(starts, starts)
      for (const start of starts) expect(at(column(axis, start))).toBe('accent')
    }),
  )
})

test('no hit is without a band, and no two bands share a column', () => {
  const starts = Array.from({ length: 200_000 }, (_, i) => i / 20_000)
  const { at, rects } = drawn(starts, starts)
  for (let x = 0; x < 1000; x++) expect(at(x)).toBe('accent')
  expect(rects()).toBeLessThanOrEqual(680)
})
