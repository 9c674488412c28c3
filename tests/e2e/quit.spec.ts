/** Quitting, whatever runs: every process is gone within two seconds. */
import { isRunning } from '../bench/support/processes'
import { test as base, electronOf, expect, runButton } from '../support/app'
import { launchBareElectron } from '../support/bareElectron'
import { closedPort } from '../support/closedPort'
import type { OpenedApp } from '../support/launch'
import { mutePort } from '../support/mutePort'
import { familyMissing, millisToGo } from '../support/quitting'
import { pause, until } from '../support/until'

const limitMillis = 2000
const many = ['--set', 'threads=64', '--set', 'sleeps=60']

/** The app on either host, its programme not yet started. */
interface Quittable extends Pick<OpenedApp, 'pid' | 'ended'> {
  run(): Promise<void>
  /** As a person does: closes the window, or presses Ctrl+C. */
  quit(): unknown
}
type Open = (args: readonly string[]) => Promise<Quittable>

async function openBare(executable: string, args: readonly string[]): Promise<Quittable> {
  const { pid, ended, evaluate, closeWindow } = await launchBareElectron(executable, args)
  const press = `(() => {
    const button = [...document.querySelectorAll('header button')].find((one) => /^Run/.test(one.textContent) && !one.disabled)
    button?.click()
    return button !== undefined
  })()`
  return { pid, ended, run: () => until(async () => (await evaluate(press)) === true, 'a button that runs'), quit: closeWindow }
}

const test = base.extend<{ openToQuit: Open }>({
  openToQuit: async ({ hostName, open }, use) => {
    const executable = electronOf(hostName)
    test.skip(hostName === 'electron' && !executable, 'no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH')
    const opened: Quittable[] = []
    await use(async (args) => {
      if (hostName === 'electron') {
        const bare = await openBare(executable!, args)
        opened.push(bare)
        return bare
      }
      const { page, pid, ended } = await open(args)
      return { pid, ended, run: () => runButton(page).click(), quit: () => process.kill(pid, 'SIGINT') }
    })
    for (const { pid } of opened) if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  },
})

// A page whose engine is gone tries again.
test.use({ expectedErrors: [/ERR_CONNECTION_REFUSED/] })
test.skip(familyMissing !== null, familyMissing ?? '')

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
  test(`with ${what}`, async ({ openToQuit }) => {
    const app = await openToQuit(await args())
    await app.run()
    await pause(millis)
    expect(await millisToGo(app.pid, app.quit)).toBeLessThan(limitMillis)
    expect(await app.ended).toBe(0)
  })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`by ${signal}`, async ({ openToQuit }) => {
    const app = await openToQuit(['--scenario', 'threads', ...many])
    await app.run()
    await pause(1000)
    expect(await millisToGo(app.pid, () => process.kill(app.pid, signal))).toBeLessThan(limitMillis)
    expect(await app.ended).toBe(0)
  })
}
