/** The timeline on made-up runs in a window of 1400 × 800 at ratio 1, drawn by the processor: in Electron and in Chromium. */
import { findChromium } from '../../../electron/start/commands.mjs'
import { type OpenedChart, openChart, type Runtime } from '../../support/chartPage/open'
import { type BenchResult, median, type Round, skip, summarise } from '../bench'
import { findDesktop } from './apps'
import { atExit } from './children'

const runtimes: readonly { readonly suffix: string; find(): Promise<Runtime | { readonly missing: string }> }[] = [
  {
    suffix: '',
    async find() {
      const desktop = await findDesktop()
      return 'missing' in desktop ? desktop : { electron: desktop.path, env: desktop.env }
    },
  },
  {
    suffix: 'browser',
    async find() {
      const chromium = findChromium()
      return chromium ? { chromium } : { missing: 'no Chromium: install it (Debian: chromium) or set CHROMIUM' }
    },
  },
]

/** Figures of one name: `part` is '' for the benchmark's own. */
export interface Figures {
  readonly part: string
  readonly rounds: readonly Round[]
}

type Head = Pick<BenchResult, 'name' | 'unit' | 'better'>

/** In Electron as `name`, in Chromium as `name:browser`. Where a runtime is missing, it says so. */
export async function onBoth(
  head: Head,
  measure: (chart: OpenedChart) => Promise<readonly Figures[]>,
  open: (runtime: Runtime) => Promise<OpenedChart> = openChart,
): Promise<BenchResult[]> {
  const results: BenchResult[] = []
  const nameOf = (...parts: readonly string[]) => {
    const suffix = parts.filter((part) => part !== '').join('-')
    return suffix === '' ? head.name : `${head.name}:${suffix}`
  }
  for (const { suffix, find } of runtimes) {
    const runtime = await find()
    if ('missing' in runtime) {
      results.push(skip({ ...head, name: nameOf(suffix) }, runtime.missing))
      continue
    }
    const chart = await open(runtime)
    const close = () => chart.close()
    const forget = atExit(() => void close())
    try {
      for (const { part, rounds } of await measure(chart))
        results.push(summarise({ ...head, name: nameOf(suffix, part) }, rounds))
    } finally {
      forget()
      await close()
    }
  }
  return results
}

export const calibrateOn = ({ page }: OpenedChart) => page.evaluate(() => window.chartPage.calibrate())

/** Median ms of a few frames. */
export const framesOn = async ({ page }: OpenedChart, moving: boolean, count = 12): Promise<number> =>
  median(await page.evaluate(([n, moves]) => window.chartPage.frames(n, moves), [count, moving] as const))

export const showOn = ({ page }: OpenedChart, from: number, to: number) =>
  page.evaluate(([a, b]) => window.chartPage.show(a, b), [from, to] as const)
