/**
 * The app for end-to-end tests, on the host that the Playwright project names: `test` gives `open`, which starts it with arguments such as
 * `['--scenario', 'join', '--speed', '10']` and ends it after the test, and `app`, the page of one that was opened without any. A test fails
 * when its page wrote an error to the console or threw one.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { _electron, test as base, chromium, type ElectronApplication, expect, type Page } from 'playwright/test'

export { expect } from 'playwright/test'

export type HostName = 'electron' | 'browser' | 'packed'
export interface HostOptions {
  hostName: HostName
}

export interface OpenedApp {
  readonly page: Page
  /** In Electron, the app: its main process can be asked. */
  readonly electron: ElectronApplication | null
  /** In a browser, the address with its token. */
  readonly address: string | null
  /** Ends it as a user would: by closing the window, or by Ctrl+C. Resolves with the exit code. */
  quit(): Promise<number | null>
}

interface Fixtures {
  open: (args?: readonly string[]) => Promise<OpenedApp>
  app: Page
  /** What a test expects to be on the console, so that it is no failure. */
  expectedErrors: RegExp[]
}

/** The button in the row on top: the start page has others that run things, too. */
export const runButton = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Run/ })

export const viewport = { width: 1440, height: 900 }

export const test = base.extend<Fixtures & HostOptions>({
  hostName: ['electron', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  expectedErrors: async ({}, use) => use([]),
  open: async ({ hostName, expectedErrors }, use) => {
    const opened: OpenedApp[] = []
    const errors: string[] = []
    await use(async (args = []) => {
      const one = hostName === 'browser' ? await openBrowser(args) : await openElectron(hostName, args)
      opened.push(one)
      collectErrors(one.page, errors)
      return one
    })
    for (const one of opened) await one.quit()
    expect(errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)))).toEqual([])
  },
  app: async ({ open }, use) => use((await open()).page),
})

function collectErrors(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
}

async function openElectron(hostName: HostName, args: readonly string[]): Promise<OpenedApp> {
  const executable = process.env[hostName === 'packed' ? 'LOOPSCOPE_PACKED' : 'LOOPSCOPE_ELECTRON'] ?? givenElectron()
  test.skip(!executable, 'no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH')
  const profile = mkdtempSync(join(tmpdir(), 'loopscope-profile-'))
  const app = await launch(hostName, executable!, ['--disable-gpu', `--user-data-dir=${profile}`, ...args])
  const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve))
  return {
    page: await app.firstWindow(),
    electron: app,
    address: null,
    async quit() {
      await app.close()
      const code = await ended
      rmSync(profile, { recursive: true, force: true })
      return code
    },
  }
}

/**
 * About one launch in twenty hangs when Playwright attaches just while the window is being made. With its own loader it does not, since that
 * keeps the app from being ready before; the loader is used where Playwright finds the runtime by itself, which a packed app does not allow.
 */
async function launch(hostName: HostName, executable: string, args: readonly string[]): Promise<ElectronApplication> {
  const env = process.env as Record<string, string>
  if (hostName === 'electron' && process.platform === 'linux') {
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(executable)
    return _electron.launch({ args: ['.', ...args], env })
  }
  const options = { executablePath: executable, args: [...(hostName === 'packed' ? [] : ['.']), ...args], env, timeout: 15_000 }
  try {
    return await _electron.launch(options)
  } catch (error) {
    console.warn(`launching again, since the first did not answer: ${String(error).split('\n')[0]}`)
    return _electron.launch(options)
  }
}

const givenElectron = () => {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  return folder ? join(folder, 'electron') : undefined
}

async function openBrowser(args: readonly string[]): Promise<OpenedApp> {
  const host = spawn(process.execPath, ['out/main/browser.cjs', '--no-open', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => host.once('exit', resolve))
  const address = await printedAddress(host)
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' })
  const page = await browser.newPage({ viewport })
  await page.goto(address)
  return {
    page,
    electron: null,
    address,
    async quit() {
      await browser.close()
      host.kill('SIGINT')
      return ended
    },
  }
}

/** The line `Loopscope: http://127.0.0.1:PORT/?token=…`. */
export function printedAddress(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: host.stdout! }).on('line', (line) => {
      const address = /^Loopscope: (http:\/\/\S+)$/.exec(line)?.[1]
      if (address) resolve(address)
    })
    host.once('error', reject)
    host.once('exit', (code) => reject(new Error(`the browser host ended with ${code} before it printed its address`)))
  })
}
