import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beyond, heightsOf, highest, rowHeight, scrolledSo, scrolledTo } from '../../renderer/panels/longScroll'
import { chartHeight } from '../../renderer/panels/useChartHeight'
import { rowsInSight } from '../../renderer/panels/windowedRows'

test('the chart takes at most 60 % of the main area and leaves the panels their room', () => {
  expect(chartHeight({ main: 1000, fixed: 100, panels: 160 })).toBe(600)
  expect(chartHeight({ main: 644, fixed: 200, panels: 160 })).toBe(284)
  expect(chartHeight({ main: 644, fixed: 200, panels: 0 })).toBe(444)
  expect(chartHeight({ main: 300, fixed: 250, panels: 160 })).toBe(120)
})

test('up to 500 rows all are made, above it those in sight and a few more', () => {
  expect(rowsInSight(500, { top: 0, hidden: 0 }, 200)).toEqual({ from: 0, to: 500, above: 0, below: 0 })
  const { from, to } = rowsInSight(100_000, { top: 50_000 * rowHeight, hidden: 0 }, 10 * rowHeight)
  expect([from < 50_000, to > 50_010, to - from < 60]).toEqual([true, true, true])
  expect(rowsInSight(501, { top: 501 * rowHeight, hidden: 0 }, 10 * rowHeight).to).toBe(501)
})

describe('a table that is higher than an element can be', () => {
  const sight = 300
  const counts = fc.integer({ min: 501, max: 20_000_000 })
  const head = 26
  /** Of what stands below the rows. */
  const notes = 500
  const moves = fc.array(
    fc.oneof(
      fc.record({ by: fc.integer({ min: -500, max: 500 }) }),
      fc.record({ to: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ row: fc.double({ min: 0, max: 1, noNaN: true }) }),
    ),
    { maxLength: 30 },
  )

  test('has the rows in sight made, in a place as high as it always is, wherever it is scrolled', () => {
    fc.assert(
      fc.property(counts, moves, (count, all) => {
        const heights = heightsOf(count * rowHeight, sight, head)
        let at = { top: 0, hidden: 0 }
        for (const move of all) {
          if ('row' in move) at = scrolledSo(Math.floor(move.row * (count - 1)) * rowHeight, heights)
          else {
            const top = 'by' in move ? at.top + move.by : move.to * (heights.most + notes)
            at = scrolledTo(at, Math.min(Math.max(top, 0), heights.most + notes), heights)
          }
          const { from, to, above, below } = rowsInSight(count, at, sight)
          const first = Math.floor((at.top + at.hidden) / rowHeight)
          expect(from).toBeLessThanOrEqual(first)
          expect(to).toBeGreaterThanOrEqual(Math.min(count, first + Math.floor((sight - head) / rowHeight)))
          expect(above).toBeGreaterThanOrEqual(0)
          expect(below).toBeGreaterThanOrEqual(0)
          expect(above + below + (to - from) * rowHeight).toBeCloseTo(Math.min(count * rowHeight, highest), 3)
        }
      }),
    )
  })

  test('shows its first and its last row at its ends, and a row that is asked for', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const heights = heightsOf(count * rowHeight, sight, head)
        const far = scrolledSo(Math.floor(share * count) * rowHeight, heights)
        expect(rowsInSight(count, scrolledTo(far, heights.most, heights), sight)).toMatchObject({ to: count, below: 0 })
        expect(rowsInSight(count, scrolledTo(far, 0, heights), sight)).toMatchObject({ from: 0, above: 0 })
        expect(far.top + far.hidden).toBeCloseTo(
          Math.min(Math.floor(share * count) * rowHeight, heights.most + beyond(heights.rows)),
          3,
        )
      }),
    )
  })

  test('moves by a notch of the wheel as far as any other', () => {
    const heights = heightsOf(5_000_000 * rowHeight, sight, head)
    const far = scrolledSo(2_500_000 * rowHeight, heights)
    const next = scrolledTo(far, far.top + 100, heights)
    expect(next.top + next.hidden - far.top - far.hidden).toBe(100)
  })
})
