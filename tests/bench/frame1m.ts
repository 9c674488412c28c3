import { million } from '../support/syntheticRun'
import type { Benchmark, Round } from './bench'
import { calibrateOn, framesOn, onBoth, showOn } from './support/charts'

const head = { name: 'frame-1m', unit: 'ms', better: 'lower' } as const
const unmeasured = 2

/** What is measured of a million spans; and of ten. */
const views = [
  { part: '', from: 0, to: 1, moving: true },
  { part: 'zoomed', from: 0.495, to: 0.505, moving: true },
  { part: 'at-rest', from: 0, to: 1, moving: false },
] as const

export const frame1m: Benchmark = {
  name: head.name,
  about:
    'one frame of a million spans on 32 lanes while the view moves, until a pixel is read back; goal: ≤ 10 ms, zoomed to 1 % ≤ 4 ms, ten million ≤ 15 ms. With the frame that is drawn exactly once the view stands.',
  measure: ({ rounds = 9 }) =>
    onBoth(head, async (chart) => {
      const load = (spans: number) => chart.page.evaluate((run) => window.chartPage.load(run), { ...million, spans })
      const figures = [...views, { part: '10m', from: 0, to: 1, moving: true }].map((view) => ({
        ...view,
        rounds: [] as Round[],
      }))
      for (const spans of [million.spans, 10 * million.spans]) {
        await load(spans)
        for (let i = 0; i < unmeasured + rounds; i++) {
          for (const { part, from, to, moving, rounds: kept } of figures) {
            if ((part === '10m') !== spans > million.spans) continue
            await showOn(chart, from, to)
            const round = { ours: await framesOn(chart, moving), calibration: await calibrateOn(chart) }
            if (i >= unmeasured) kept.push(round)
          }
        }
      }
      return figures
    }),
}
