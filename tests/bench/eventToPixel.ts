import type { Page } from 'playwright'
import { decodeFrame, type Frame } from '#protocol/frame'
import { states } from '#protocol/vocabulary'
import { type Benchmark, type BenchResult, median, quantile, skip, summarise } from './bench'
import { type HostKind, openerOf } from './support/apps'
import { calibrate } from './support/calibration'
import { type Pairing, pairWithPage, pairWithWall } from './support/clocks'
import { pixelProbe } from './support/pixelProbe'

/** Tasks that sleep one after another on the loop's thread, each in a row of its own: uneven, so that they begin at any moment between two animation frames. */
const durations = [0.083, 0.117, 0.071, 0.129, 0.094, 0.106, 0.078, 0.121, 0.089, 0.113, 0.101, 0.086]
/** The rows take their places while the first tasks run. */
const unsettled = 2
const opening = ['--scenario=sync-scheduling', `--set=durations=${durations.join()}`, '--speed=1']

const hosts: readonly { readonly kind: HostKind; readonly name: string }[] = [
  { kind: 'electron', name: 'event-to-pixel' },
  { kind: 'browser', name: 'event-to-pixel:browser' },
]
const millis = { unit: 'ms', better: 'lower' } as const

export const eventToPixel: Benchmark = {
  name: 'event-to-pixel',
  about:
    'from a mark to the read-back of the pixel in which its bar appears, p95, in Electron and in the browser version; goal: ≤ 50 ms. With p50 and the error of the paired clocks.',
  async measure({ rounds = 25 }) {
    const results: BenchResult[] = []
    for (const { kind, name } of hosts) {
      const opener = await openerOf(kind)
      if ('missing' in opener) {
        results.push(skip({ name, ...millis }, opener.missing))
        continue
      }
      const app = await opener.open(opening)
      try {
        results.push(...(await measureOn(app.page, name, rounds)))
      } finally {
        await app.quit()
      }
    }
    return results
  },
}

async function measureOn(page: Page, name: string, rounds: number): Promise<BenchResult[]> {
  await page.addInitScript(pixelProbe.script, pixelProbe.argument)
  await page.reload()
  const waits: number[] = []
  const errors: number[] = []
  const calibration = calibrate()
  for (let i = 0; i < rounds; i++) {
    const round = await measureRun(page)
    waits.push(...round.waits)
    errors.push(round.error)
  }
  const result = (suffix: string, ours: number) => ({
    ...summarise({ name: `${name}${suffix}`, ...millis }, [{ ours, calibration }]),
    runs: rounds,
  })
  return [result('', quantile(waits, 0.95)), result(':p50', median(waits)), result(':clock-error', median(errors))]
}

/** ms from each mark to its pixel, and how far all of them may be wrong. */
async function measureRun(page: Page): Promise<{ waits: number[]; error: number }> {
  const run = page.locator('header .run')
  await run.click({ trial: true })
  await page.evaluate((rows) => window.pixelProbe.start(rows), durations.length)
  await run.click()
  const seen = await page.evaluate(() => window.pixelProbe.done())
  const toPage = await pairWithPage(page)
  await page.locator('header .run:enabled').waitFor()
  const frames = (await page.evaluate(() => window.pixelProbe.frames())).map(decode)
  const own = frames.filter((frame) => frame.run === frames.at(-1)!.run)
  // The frames of a run that is over say when it ended, not what time it is.
  const zero = pairZero(own.filter(({ now }) => now < own.at(-1)!.now))
  const begins = sleepsOf(own).map((begin) => begin / 1e6 + zero.offset + toPage.offset)
  if (begins.length !== durations.length) throw new Error(`${begins.length} of ${durations.length} tasks left a mark`)
  const error = zero.error + toPage.error
  const waits = seen.map((at, i) => at.seen - begins[i]!).slice(unsettled)
  if (waits.some((wait) => wait < -error)) throw new Error(`a bar was seen before its mark: ${waits.map(Math.round).join()} ms`)
  return { waits, error }
}

function decode(base64: string): Frame {
  const frame = decodeFrame(new Uint8Array(Buffer.from(base64, 'base64')))
  if (!frame.ok) throw new Error(frame.problem)
  return frame.value
}

/** Begins of the tasks' sleeps, ns since the run's zero, in order. */
function sleepsOf(frames: readonly Frame[]): number[] {
  const begins = new Map<number, number>()
  for (const { slices } of frames) {
    const { start, task, state } = slices.spans.columns
    for (let i = 0; i < slices.spans.count; i++) if (states[state[i]!] === 'sleeping') begins.set(task[i]!, start[i]!)
  }
  return [...begins.values()].sort((a, b) => a - b)
}

/**
 * The run's zero on our clock: each frame says what time it was since the zero when the wall clock stood at a whole ms; all of them together leave
 * little room.
 */
function pairZero(frames: readonly Frame[]): Pairing {
  const wall = pairWithWall()
  const earliest = Math.max(...frames.map(({ sentAt, now }) => sentAt - now / 1e6))
  const latest = Math.min(...frames.map(({ sentAt, now }) => sentAt + 1 - now / 1e6))
  const offset = (earliest + latest) / 2 - wall.offset
  return { offset, error: Math.abs(latest - earliest) / 2 + wall.error }
}
