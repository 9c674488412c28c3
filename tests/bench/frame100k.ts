import { million } from '../support/syntheticRun'
import { type Benchmark, median, type Round } from './bench'
import { calibrateOn, framesOn, onBoth } from './support/charts'

const head = { name: 'frame-100k', unit: 'ms', better: 'lower' } as const

export const frame100k: Benchmark = {
  name: head.name,
  about:
    "one frame of 100,000 spans (and of 10,000), against Chart.js's own floating bars: `stock-a` in one dataset with a colour for each, `stock-b` in one dataset for each state, already parsed; goal: ≤ 1/30 of `stock-b`.",
  measure: ({ rounds = 5 }) =>
    onBoth(head, async (chart) => {
      const figures = [
        { part: '', spans: 100_000, rounds: [] as Round[] },
        { part: '10k', spans: 10_000, rounds: [] as Round[] },
      ]
      const stock = async (spans: number, setUp: 'a' | 'b') => {
        const argument = { run: { ...million, spans }, setUp, count: 4 } as const
        const took = await chart.page.evaluate(({ run, setUp: one, count }) => window.chartPage.stock(run, one, count), argument)
        // The first makes the elements.
        return median(took.slice(1))
      }
      for (const { spans, rounds: kept } of figures) {
        await chart.page.evaluate((run) => window.chartPage.load(run), { ...million, spans })
        await framesOn(chart, true, 40)
        for (let i = 0; i < rounds; i++) {
          const ours = await framesOn(chart, true)
          const anchors = { 'stock-a': await stock(spans, 'a'), 'stock-b': await stock(spans, 'b') }
          kept.push({ ours, ...anchors, calibration: await calibrateOn(chart) })
        }
      }
      return figures
    }),
}
