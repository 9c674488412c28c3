import { type Benchmark, type Round, summarise } from './bench'
import { calibrate } from './support/calibration'
import { onSyntheticRun } from './support/syntheticApp'

const head = { name: 'append-live', unit: '%', better: 'lower' } as const
const spans = 1_000_000
/** Of each round. */
const seconds = 5
/** A frame that took longer was missed at 60 Hz. */
const slowMillis = 25
/** Before the first round: what the page has just taken in is settled. */
const settleMillis = 2000
/** Until all of the run is in view, which follows only its last minute by itself. */
const zoomsOut = 10

export const appendLive: Benchmark = {
  name: head.name,
  about:
    'frames of more than 25 ms while a thread makes 10,000 spans a second on top of a million, over the page’s own line; goal: ≤ 2 %; with `:fps` ≥ 60 and `:spans-per-second` that came; `:whole`: all of the run is in view.',
  measure: ({ rounds = 3 }) =>
    onSyntheticRun(head, { spans, lanes: 32, seed: 1, live: 'yes' }, async (page, nameOf) => {
      const results = []
      await page.waitForTimeout(settleMillis)
      for (const part of ['', 'whole']) {
        for (let i = 0; part !== '' && i < zoomsOut; i++) await page.locator('.timeline-surface').press('s')
        const slow: Round[] = []
        const fps: Round[] = []
        const rate: Round[] = []
        for (let i = 0; i < rounds; i++) {
          const calibration = calibrate()
          const before = await page.evaluate(() => window.lineProbe.come())
          const gaps = await page.evaluate((millis) => window.lineProbe.gaps(millis), seconds * 1000)
          const came = (await page.evaluate(() => window.lineProbe.come())) - before
          const lasted = gaps.reduce((sum, gap) => sum + gap, 0) / 1000
          slow.push({ ours: (100 * gaps.filter((gap) => gap > slowMillis).length) / gaps.length, calibration })
          fps.push({ ours: gaps.length / lasted, calibration })
          rate.push({ ours: came / seconds, calibration })
        }
        const join = (figure: string) => nameOf([part, figure].filter((one) => one !== '').join('-'))
        results.push(
          summarise({ ...head, name: join('') }, slow),
          summarise({ name: join('fps'), unit: '1/s', better: 'higher' }, fps),
          summarise({ name: join('spans-per-second'), unit: '1/s', better: 'higher' }, rate),
        )
      }
      return results
    }),
}
