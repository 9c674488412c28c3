/**
 * The painted pixels of the timeline against every single span, sparse and dense, as it stands and while it moves, and how much a draw may do. The chart
 * alone, in a page of its own: Chromium for the browser, a real Electron for the desktop.
 */
import { expect, test } from '../support/app'
import { check, checkAll, lanes, long, opened, runs, width } from '../support/chartPage/cases'
import type { Findings } from '../support/chartPage/oracle'

const nothingWrong: Omit<Findings, 'checked'> = { empty: 0, otherState: 0, invented: 0, alert: 0, strayStrip: 0, noShape: 0 }

test.describe.configure({ timeout: long ? 600_000 : 120_000 })

test('every pixel column shows what is in it, and costs little', async ({ hostName }) => {
  const cases = await opened(hostName, checkAll)
  for (const { run, share, moving, found, work } of cases) {
    const about = `${run}, ${share * 100} % of the run${moving ? ', moving' : ''}`
    expect.soft(found, about).toEqual({ ...nothingWrong, checked: lanes * (width - 108) })
    expect.soft(work.rows, about).toBe(lanes)
    expect.soft(work.images / lanes, `${about}: images a lane`).toBeLessThanOrEqual(2)
    expect.soft(work.touched / work.columns / lanes, `${about}: nodes a column`).toBeLessThan(20)
  }
})

test('so does every one of two for a CSS pixel', async ({ hostName }) => {
  const cases = await opened(hostName, (chart) => check(chart, ['sparse', 'alerting']), { ratio: 2 })
  for (const { run, share, moving, found } of cases) {
    const about = `${run}, ${share * 100} % of the run${moving ? ', moving' : ''}`
    expect.soft(found, about).toEqual({ ...nothingWrong, checked: lanes * (2 * width - 2 * 108) })
  }
})

test('a hover draws no bar, and a frame draws once', async ({ hostName }) => {
  const counts = await opened(hostName, ({ page }) =>
    page.evaluate(
      async ([run, inWidth]) => {
        await window.chartPage.load(run, inWidth)
        return window.chartPage.counts()
      },
      [runs.dense, width] as const,
    ),
  )
  expect(counts).toEqual({ rowsOnHover: 0, drawsForTenEvents: 1 })
})
