/** Opens the page of `page.ts` where a runtime is: isolated, so that its clock is fine enough and it may measure its memory. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { _electron, chromium, type Page } from 'playwright'
import { build } from 'rolldown'

export interface OpenedChart {
  readonly page: Page
  close(): Promise<void>
}

export type Runtime = { readonly chromium: string } | { readonly electron: string; readonly env?: NodeJS.ProcessEnv }

const files = {
  page: 'tests/support/chartPage/page.ts',
  tokens: 'renderer/style/tokens.css',
  blank: 'tests/bench/anchors/blank.cjs',
}
/** A device pixel for a CSS pixel, drawn by the processor, and memory measured at once. */
const flags = ['--disable-gpu', '--force-device-scale-factor=1', '--enable-blink-features=ForceEagerMeasureMemory']

let script: Promise<string> | undefined
/** The page's script, as one file for the oldest Chromium. */
function bundle(minify: boolean): Promise<string> {
  script ??= build({
    input: files.page,
    platform: 'browser',
    write: false,
    logLevel: 'warn',
    transform: { target: 'chrome108' },
    resolve: { alias: { '#protocol': `${process.cwd()}/electron/protocol` } },
    moduleTypes: { '.css': 'empty' },
    output: { format: 'iife', name: 'page', minify },
  }).then(({ output }) => output[0].code)
  return script
}

export async function openChart(runtime: Runtime, { minify = true } = {}): Promise<OpenedChart> {
  const code = await bundle(minify)
  const html = `<!doctype html><html data-theme="light"><title>chart</title><style>${readFileSync(files.tokens, 'utf8')}
body{margin:0}</style><body><script src="/page.js"></script></body></html>`
  const server = createServer(({ url }, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
    response.setHeader('Content-Type', url === '/page.js' ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(url === '/page.js' ? code : html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const { page, close } = await launch(runtime)
  await page.goto(address)
  return {
    page,
    async close() {
      await close()
      server.close()
    },
  }
}

async function launch(runtime: Runtime): Promise<OpenedChart> {
  if ('chromium' in runtime) {
    const browser = await chromium.launch({ executablePath: runtime.chromium, args: flags })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 })
    return { page, close: () => browser.close() }
  }
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(runtime.electron)
  const env = (runtime.env ?? process.env) as Record<string, string>
  const app = await _electron.launch({ args: [files.blank, ...flags], env })
  return { page: await app.firstWindow(), close: () => app.close() }
}
