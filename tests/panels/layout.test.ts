import { expect, test } from 'vitest'
import { chartHeight } from '../../renderer/panels/useChartHeight'
import { rowHeight, rowsInSight } from '../../renderer/panels/windowedRows'

test('the chart takes at most 60 % of the main area and leaves the panels their room', () => {
  expect(chartHeight({ main: 1000, fixed: 100, panels: 160 })).toBe(600)
  expect(chartHeight({ main: 644, fixed: 200, panels: 160 })).toBe(284)
  expect(chartHeight({ main: 644, fixed: 200, panels: 0 })).toBe(444)
  expect(chartHeight({ main: 300, fixed: 250, panels: 160 })).toBe(120)
})

test('up to 500 rows all are made, above it those in sight and a few more', () => {
  expect(rowsInSight(500, 0, 200)).toEqual({ from: 0, to: 500 })
  const { from, to } = rowsInSight(100_000, 50_000 * rowHeight, 10 * rowHeight)
  expect([from < 50_000, to > 50_010, to - from < 60]).toEqual([true, true, true])
  expect(rowsInSight(501, 501 * rowHeight, 10 * rowHeight).to).toBe(501)
})
