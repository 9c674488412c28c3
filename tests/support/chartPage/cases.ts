/** The runs and views in which painted pixels are compared with spans, on either host. */
import { electronOf, type HostName, test } from '../app'
import { million, type Synthetic } from '../syntheticRun'
import { type ChartOptions, type OpenedChart, openChart, openTable, type Runtime } from './open'
import type { Checked } from './page'

/** `npm run test:long` looks at more lanes, in the whole width. */
export const long = process.env['LOOPSCOPE_LONG'] !== undefined
export const lanes = long ? 24 : 3
export const width = long ? 1400 : 560
const columns = lanes * (width - 124)
/**
 * A span for each pixel, or a hundred, of which few tasks do not finish or so many that most columns have an end; or eight at a time, just one node of the
 * tree, with nothing around them.
 */
export const runs: Readonly<Record<'sparse' | 'dense' | 'alerting' | 'bursts', Synthetic>> = {
  sparse: { ...million, lanes, spans: Math.round(columns * 0.9), failing: 0.02 },
  dense: { ...million, lanes, spans: columns * 100, failing: 0.0002 },
  bursts: { ...million, lanes, spans: columns * 4, failing: 0, pause: 40 },
  alerting: { ...million, lanes, spans: columns * 100, failing: 0.01 },
}
const views = [
  [0, 1],
  [0.3, 0.4],
  [0.5, 0.505],
] as const

export type Case = Checked & { readonly run: keyof typeof runs; readonly share: number; readonly moving: boolean }

/** Every run in every view, as it stands and while it moves. */
export const checkAll = (chart: OpenedChart): Promise<Case[]> => check(chart, Object.keys(runs) as Run[])

type Run = keyof typeof runs

export async function check({ page }: OpenedChart, names: readonly Run[]): Promise<Case[]> {
  const cases: Case[] = []
  await page.evaluate(() => window.chartPage.remember())
  for (const run of names) {
    const synthetic = runs[run]
    await page.evaluate(([one, inWidth]) => window.chartPage.load(one, inWidth), [synthetic, width] as const)
    for (const [from, to] of views) {
      for (const moving of [false, true]) {
        await page.evaluate(([a, b]) => window.chartPage.show(a, b), [from, to] as const)
        cases.push({ run, share: to - from, moving, ...(await page.evaluate((moves) => window.chartPage.check(moves), moving)) })
      }
    }
  }
  return cases
}

export const opened = <T>(hostName: HostName, use: (chart: OpenedChart) => Promise<T>, options?: ChartOptions): Promise<T> =>
  openedBy((runtime) => openChart(runtime, options), hostName, use)

export const openedTable = <T>(hostName: HostName, use: (table: OpenedChart) => Promise<T>): Promise<T> =>
  openedBy(openTable, hostName, use)

async function openedBy<T>(
  open: (runtime: Runtime) => Promise<OpenedChart>,
  hostName: HostName,
  use: (page: OpenedChart) => Promise<T>,
): Promise<T> {
  const electron = electronOf(hostName)
  test.skip(hostName !== 'browser' && !electron, 'no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH')
  const runtime = hostName === 'browser' ? { chromium: process.env['CHROMIUM'] ?? '/usr/bin/chromium' } : { electron: electron! }
  const chart = await open(runtime)
  try {
    return await use(chart)
  } finally {
    await chart.close()
  }
}
