import { million } from '../support/syntheticRun'
import { type Benchmark, median, type Round } from './bench'
import { calibrateOn, onBoth } from './support/charts'

const head = { name: 'hover-1m', unit: 'ms', better: 'lower' } as const
const unmeasured = 2

export const hover1m: Benchmark = {
  name: head.name,
  about:
    'one move of the pointer to another of a million spans, from the event to the read-back of a pixel of its outline; goal: ≤ 2 ms.',
  measure: ({ rounds = 15 }) =>
    onBoth(head, async (chart) => {
      await chart.page.evaluate((run) => window.chartPage.load(run), million)
      const kept: Round[] = []
      for (let i = 0; i < unmeasured + rounds; i++) {
        const ours = median(await chart.page.evaluate(() => window.chartPage.hovers(20)))
        const round = { ours, calibration: await calibrateOn(chart) }
        if (i >= unmeasured) kept.push(round)
      }
      return [{ part: '', rounds: kept }]
    }),
}
