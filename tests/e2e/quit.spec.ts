/** Quitting, whatever runs: every process is gone within two seconds. */
import { expect, runButton, test } from '../support/app'
import { closedPort } from '../support/closedPort'
import type { OpenedApp } from '../support/launch'
import { mutePort } from '../support/mutePort'
import { familyMissing, millisToGo } from '../support/quitting'

// A page whose engine is gone tries again.
test.use({ expectedErrors: [/ERR_CONNECTION_REFUSED/] })
test.skip(familyMissing !== null, familyMissing ?? '')

const limitMillis = 2000
const many = ['--set', 'threads=64', '--set', 'sleeps=60']

/** As a person does: closes the window, or presses Ctrl+C. */
const quit = ({ electron, pid }: OpenedApp) =>
  electron ? electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close()) : process.kill(pid, 'SIGINT')

/**
 * With the debugger by which Playwright drives it, Electron 22 crashes in about one of fifty quits when all else has ended, while it waits for that
 * debugger to go; without one in none of 200. Its aborts, which were ours, are failures.
 */
const endsOf = ({ electron }: OpenedApp) => (electron ? [0, 'SIGSEGV'] : [0])

async function runs({ page }: OpenedApp, millis = 1000): Promise<void> {
  await runButton(page).click()
  await page.waitForTimeout(millis)
}

const situations: readonly [string, () => Promise<readonly string[]> | readonly string[], number][] = [
  ['threads that block', () => ['--scenario', 'sync-scheduling'], 1000],
  ['64 threads', () => ['--scenario', 'start-all-join-all', ...many], 3000],
  ['64 threads that load', () => ['--scenario', 'threads', ...many], 100],
  ['processes', () => ['--scenario', 'http-processes'], 1500],
  ['a Redis that refuses', async () => redis(await closedPort()), 1000],
  ['a Redis that never answers', async () => redis(await mutePort()), 1000],
]
const redis = (port: number) => ['--scenario', 'redis-queue', '--set', `url=redis://127.0.0.1:${port}`]

for (const [what, args, millis] of situations) {
  test(`with ${what}`, async ({ open }) => {
    const app = await open(await args())
    await runs(app, millis)
    expect(await millisToGo(app.pid, () => quit(app))).toBeLessThan(limitMillis)
    expect(endsOf(app)).toContain(await app.quit())
  })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`by ${signal}`, async ({ open }) => {
    const app = await open(['--scenario', 'threads', ...many])
    await runs(app)
    expect(await millisToGo(app.pid, () => process.kill(app.pid, signal))).toBeLessThan(limitMillis)
    expect(endsOf(app)).toContain(await app.quit())
  })
}
