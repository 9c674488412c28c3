import { million } from '../support/syntheticRun'
import type { Benchmark, Round } from './bench'
import { framesOn, onBoth } from './support/charts'

const head = { name: 'memory-1m', unit: 'MB', better: 'lower' } as const

export const memory1m: Benchmark = {
  name: head.name,
  about: 'what a million spans with 10,000 names take beyond the page with an empty run, once drawn; goal: ≤ 40 MB.',
  measure: ({ rounds = 3 }) =>
    onBoth(head, async (chart) => {
      const filled = async (spans: number) => {
        await chart.page.evaluate((run) => window.chartPage.load(run), { ...million, spans })
        await framesOn(chart, true)
        return chart.memory()
      }
      // What Chart.js and the canvases take once and for all.
      await filled(10_000)
      const kept: Round[] = []
      for (let i = 0; i < rounds; i++) {
        const empty = await filled(0)
        kept.push({ ours: (await filled(million.spans)) - empty })
      }
      return [{ part: '', rounds: kept }]
    }),
}
