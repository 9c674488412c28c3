/**
 * The app for end-to-end tests, on the host that the Playwright project names: `test` gives `open`, which starts it with arguments such as
 * `['--scenario', 'join', '--speed', '10']` and ends it after the test, and `app`, the page of one that was opened without any. A test fails
 * when its page wrote an error to the console or threw one.
 */
import { join } from 'node:path'
import { type Browser, test as base, chromium, expect, type Page } from 'playwright/test'
import { type BrowserOptions, type LaunchOptions, launchBrowser, launchElectron, type OpenedApp } from './launch'

export { expect } from 'playwright/test'

export type HostName = 'electron' | 'browser' | 'packed'
export interface HostOptions {
  hostName: HostName
}

interface Fixtures {
  open: (args?: readonly string[], options?: LaunchOptions) => Promise<OpenedApp>
  app: Page
  /** What a test expects to be on the console, so that it is no failure. */
  expectedErrors: RegExp[]
}
interface Shared {
  /** One Chromium for all tests of a worker process: starting one takes longer than many a test. Each test has a profile of its own in it. */
  shared: () => Promise<Browser>
}

export const chromiumFile = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/**
 * In the short form of the tests what does not depend on the host is seen on one; `test:long` sees it on both, and so does LOOPSCOPE_ONE_HOST,
 * which `npm test` sets where there is no other. Electron is chosen for what an old runtime could do otherwise, such as to lay out and to paint.
 */
export const onOneHost = (hostName: HostName, chosen: HostName = 'browser') =>
  test.skip(seenOnce && hostName !== chosen, 'on the other host; test:long does it here, too')
const seenOnce = process.env['LOOPSCOPE_LONG'] === undefined && process.env['LOOPSCOPE_ONE_HOST'] === undefined

/** The button in the row on top: the start page has others that run things, too. */
export const runButton = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Run/ })

export const test = base.extend<Fixtures & HostOptions, Shared>({
  hostName: ['electron', { option: true }],
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      let browser: Promise<Browser> | undefined
      await use(() => {
        browser ??= chromium.launch({ executablePath: chromiumFile })
        return browser
      })
      await (await browser)?.close()
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  expectedErrors: async ({}, use) => use([]),
  open: async ({ hostName, expectedErrors, shared }, use) => {
    const opened: OpenedApp[] = []
    const errors: string[] = []
    await use(async (args = [], options = {}) => {
      const browser = hostName === 'browser' ? await shared() : undefined
      const one = await open(hostName, args, { ...options, browser })
      opened.push(one)
      collectErrors(one.page, errors)
      return one
    })
    for (const one of opened) await one.quit()
    // Pages that a test has opened by itself.
    if (hostName === 'browser') for (const context of (await shared()).contexts()) await context.close()
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

const open = (hostName: HostName, args: readonly string[], options: BrowserOptions): Promise<OpenedApp> => {
  if (hostName === 'browser') return launchBrowser(chromiumFile, args, options)
  const executable = electronOf(hostName)
  test.skip(!executable, 'no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH')
  return launchElectron(executable!, args, { ...options, packed: hostName === 'packed' })
}

/** The executable for the tests of a host with a window of its own; undefined: none was given. */
export function electronOf(hostName: HostName): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const given = folder ? join(folder, 'electron') : undefined
  return process.env[hostName === 'packed' ? 'LOOPSCOPE_PACKED' : 'LOOPSCOPE_ELECTRON'] ?? given
}
