import type { Page } from 'playwright'
import type { OpenedApp } from '../support/launch'
import { type RedisServer, redisMissing } from '../support/redisServer'
import { pause, until } from '../support/until'
import { type Benchmark, type BenchResult, median, quantile, skip } from './bench'
import { openerOf } from './support/apps'
import { childrenOf, type Footprint, footprintMissing, footprintOf } from './support/processes'
import { withRedis } from './support/redis'

const queue = 'queue'
/** One cycle: the programme is run, gets tasks, is stopped, and comes to rest. */
const pushMillis = 6000
const perSecond = 40
const longestTask = 0.8
const restMillis = 1500
/** So many runs are kept: until then memory must grow. */
const keptRuns = 13

/** At the end of one cycle; frames while its tasks came. */
interface Sample extends Footprint {
  /** p95 of the time between two animation frames, ms. */
  readonly frame: number
}
const figures = [
  { part: 'memory', name: 'soak', unit: 'MB' },
  { part: 'threads', name: 'soak:threads', unit: 'threads' },
  { part: 'handles', name: 'soak:handles', unit: 'handles' },
  { part: 'processes', name: 'soak:processes', unit: 'processes' },
  { part: 'frame', name: 'soak:frame-p95', unit: 'ms' },
] as const

export const soak: Benchmark = {
  name: 'soak',
  about: 'Redis pushes and reruns for --minutes (10) in the app: at the end against the start, of all its processes.',
  async measure({ minutes }) {
    const [desktop, browser] = [await openerOf('electron'), await openerOf('browser')]
    const opener = 'open' in desktop ? desktop : browser
    const missing = footprintMissing ?? redisMissing ?? ('missing' in opener ? opener.missing : null)
    if (missing !== null || 'missing' in opener) return figures.map((figure) => skip({ ...figure, better: 'lower' }, missing!))
    const samples = await withRedis(async (server) => {
      const before = childrenOf(process.pid)
      const app = await opener.open(['--scenario=redis-queue', `--set=url=${server.url}`, `--set=queue=${queue}`])
      const roots = childrenOf(process.pid).filter((pid) => !before.includes(pid))
      try {
        return await cycles(app, server, roots, minutes)
      } finally {
        await app.quit()
      }
    })
    return summary(samples, 'missing' in desktop ? desktop.missing : null)
  },
}

async function cycles({ page }: OpenedApp, server: RedisServer, roots: readonly number[], minutes: number): Promise<Sample[]> {
  const samples: Sample[] = []
  const end = Date.now() + minutes * 60_000
  while (Date.now() < end || samples.length < 3) {
    await page.locator('header .run:enabled').click()
    await page.locator('.push-button:enabled').waitFor()
    const frames = framesOf(page)
    await push(server)
    const frame = quantile(await frames, 0.95)
    await allDone(server)
    await page.locator('header .stop:enabled').click()
    await page.locator('header .run:enabled').waitFor()
    await pause(restMillis)
    samples.push({ ...footprintOf(roots), frame })
    process.stderr.write(`soak: ${samples.length} runs, ${Math.round(samples.at(-1)!.memory)} MB\n`)
  }
  return samples
}

/** Tasks of uneven lengths, evenly pushed. */
async function push({ client }: RedisServer): Promise<void> {
  const count = (pushMillis / 1000) * perSecond
  const begin = performance.now()
  for (let i = 0; i < count; i++) {
    await client.lpush(queue, ((i % 16) / 15) * longestTask)
    await pause(Math.max(0, begin + (i * 1000) / perSecond - performance.now()))
  }
}

/** ms between the animation frames of the next seconds. */
const framesOf = (page: Page): Promise<number[]> =>
  page.evaluate(
    (millis) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        const tick = (time: number) => {
          times.push(time)
          if (time - times[0]! < millis) requestAnimationFrame(tick)
          else resolve(times.slice(1).map((at, i) => at - times[i]!))
        }
        requestAnimationFrame(tick)
      }),
    pushMillis,
  )

/** Every task was taken, has ended and is acknowledged. */
async function allDone({ client }: RedisServer): Promise<void> {
  await until(async () => {
    const inFlight = await client.keys(`ls:{${queue}}:inflight:*`)
    return inFlight.length === 0 && (await client.llen(queue)) === 0
  }, 'every task to be done')
  const dead = await client.llen(`ls:{${queue}}:dead`)
  if (dead > 0) throw new Error(`${dead} tasks failed`)
}

function summary(samples: readonly Sample[], skipped: string | null): BenchResult[] {
  const settled = samples.slice(Math.min(keptRuns, Math.floor(samples.length / 3)))
  const third = Math.max(1, Math.floor(settled.length / 3))
  return figures.map(({ part, name, unit }) => {
    const over = (some: readonly Sample[]) => median(some.map((sample) => sample[part]))
    const [start, end] = [over(settled.slice(0, third)), over(settled.slice(-third))]
    const result: BenchResult = {
      name,
      unit,
      better: 'lower',
      ours: end,
      anchors: { start },
      ratios: { start: end / start },
      runs: samples.length,
    }
    return skipped === null ? result : { ...result, skipped: `Electron, so this is the browser version: ${skipped}` }
  })
}
