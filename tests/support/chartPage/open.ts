/** Opens the page of `page.ts` where a runtime is: isolated, so that its clock is fine enough and it may measure its memory. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { _electron, chromium, type Page } from 'playwright'
import { build, type Plugin } from 'rolldown'

export interface OpenedChart {
  readonly page: Page
  /** MB that the page holds, after what nobody needs was thrown away: its own figure, or where it has none the memory of its process. */
  memory(): Promise<number>
  close(): Promise<void>
}

export type Runtime = { readonly chromium: string } | { readonly electron: string; readonly env?: NodeJS.ProcessEnv }

/** A script, and the style that its page has. */
interface Parts {
  readonly script: string
  readonly styles: readonly string[]
}
const chart: Parts = { script: 'tests/support/chartPage/page.ts', styles: ['tokens'] }
const table: Parts = { script: 'tests/support/tablePage/page.tsx', styles: ['tokens', 'base', 'controls', 'panes', 'table'] }
const blank = 'tests/bench/anchors/blank.cjs'
const styleOf = (name: string) => readFileSync(`renderer/style/${name}.css`, 'utf8')
/** `ratio` device pixels for a CSS pixel, drawn by the processor, and memory measured at once. */
const flags = (ratio: number) => [
  '--disable-gpu',
  `--force-device-scale-factor=${ratio}`,
  '--enable-blink-features=ForceEagerMeasureMemory',
]

/** A change of the product's source, to see that a test finds it. */
export interface SeededBug {
  readonly name: string
  readonly file: string
  /** Each is once in the file. */
  readonly changes: readonly (readonly [from: string, to: string])[]
}

const seed = ({ name, file, changes }: SeededBug): Plugin => ({
  name: `seeded bug: ${name}`,
  transform: {
    order: 'pre',
    handler(code, id) {
      if (!id.endsWith(file)) return null
      return changes.reduce((changed, [from, to]) => {
        if (changed.split(from).length !== 2) throw new Error(`“${from}” is not once in ${file}: the seeded bug is out of date`)
        return changed.replace(from, () => to)
      }, code)
    },
  },
})

export interface ChartOptions {
  readonly bug?: SeededBug | undefined
  /** Device pixels for a CSS pixel. */
  readonly ratio?: number | undefined
}

/** The page's script, as one file for the oldest Chromium. */
function bundle(script: string, bug: SeededBug | undefined): Promise<string> {
  return build({
    input: script,
    plugins: bug ? [seed(bug)] : [],
    platform: 'browser',
    write: false,
    logLevel: 'warn',
    transform: { target: 'chrome108' },
    resolve: { alias: { '#protocol': `${process.cwd()}/electron/protocol` } },
    moduleTypes: { '.css': 'empty' },
    output: { format: 'iife', name: 'page', minify: true },
  }).then(({ output }) => output[0].code)
}

export const openChart = (runtime: Runtime, { bug, ratio }: ChartOptions = {}) => open(runtime, chart, bug, ratio)

/** The page of `../tablePage/page.tsx`. */
export const openTable = (runtime: Runtime) => open(runtime, table)

async function open(runtime: Runtime, { script, styles }: Parts, bug?: SeededBug, ratio = 1): Promise<OpenedChart> {
  const code = await bundle(script, bug)
  const html = `<!doctype html><html data-theme="light"><title>${script}</title><style>${styles.map(styleOf).join('\n')}
body{margin:0}</style><body><script src="/page.js"></script></body></html>`
  const server = createServer(({ url }, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
    response.setHeader('Content-Type', url === '/page.js' ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(url === '/page.js' ? code : html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const { page, close, ofProcess } = await launch(runtime, ratio)
  await page.goto(address)
  const tools = await page.context().newCDPSession(page)
  return {
    page,
    async memory() {
      await tools.send('HeapProfiler.collectGarbage')
      return (await page.evaluate(() => window.chartPage.memory())) ?? (await ofProcess())
    },
    async close() {
      await close()
      server.close()
    },
  }
}

interface Launched {
  readonly page: Page
  /** MB of the page's process. */
  ofProcess(): Promise<number>
  close(): Promise<void>
}

async function launch(runtime: Runtime, ratio: number): Promise<Launched> {
  if ('chromium' in runtime) {
    const browser = await chromium.launch({ executablePath: runtime.chromium, args: flags(ratio) })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: ratio })
    const ofProcess = () => Promise.reject(new Error('this Chromium does not tell what memory a page holds'))
    return { page, ofProcess, close: () => browser.close() }
  }
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(runtime.electron)
  const env = (runtime.env ?? process.env) as Record<string, string>
  const app = await _electron.launch({ args: [blank, ...flags(ratio)], env })
  const ofProcess = () =>
    app.evaluate(({ app: own, BrowserWindow }) => {
      const pid = BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId()
      return own.getAppMetrics().find((metric) => metric.pid === pid)!.memory.workingSetSize / 1e3
    })
  return { page: await app.firstWindow(), ofProcess, close: () => app.close() }
}
