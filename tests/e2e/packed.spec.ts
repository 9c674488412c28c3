import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, runButton, test } from '../support/app'
import { desktopCommand, ends } from '../support/hostProcess'
import { isAlive } from '../support/processes'

/** For people; `driven` lets a debugger in, so that the tests above can drive it. */
const given = process.env['LOOPSCOPE_RELEASE'] ?? ''
const driven = process.env['LOOPSCOPE_PACKED'] ?? ''

test('the packed app runs a programme from its archive and quits', async ({ open }) => {
  const { page, electron, quit } = await open(['--scenario', 'join', '--speed', '100'])
  expect(await electron?.evaluate(({ app }) => app.isPackaged)).toBe(true)
  await runButton(page).click()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled()
  expect(await quit()).toBe(0)
})

test('it carries the licences of what it holds, and no tools for developers', async ({ app, open }) => {
  const licences = await app.evaluate(async () => (await fetch('/licences.html')).text())
  expect(licences).toMatch(/<h2>Loopscope \d\S+ – MIT</)
  expect(licences).toContain('ioredis')
  const { electron } = await open()
  const tools = await electron?.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    webContents.openDevTools()
    return webContents.isDevToolsOpened()
  })
  expect(tools).toBe(false)
})

const wanted: Readonly<Record<keyof typeof FuseV1Options, boolean>> = {
  RunAsNode: false,
  EnableCookieEncryption: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
}

for (const [name, executable, inspect] of [
  ['the app for people', given, false],
  ['the app for tests', driven, true],
] as const) {
  test(`fuses, read from the executable of ${name}`, async () => {
    const wire: Readonly<Record<string, unknown>> = { ...(await getCurrentFuseWire(executable)) }
    const { version, ...fuses } = wire
    expect(version).toBe('1')
    expect(Object.keys(fuses).length).toBeGreaterThanOrEqual(7)
    // An old runtime lacks the last ones, and one newer than our reader has more.
    const read = Object.entries(fuses)
      .map(([index, state]) => [FuseV1Options[Number(index)], state === '1'.charCodeAt(0)])
      .filter(([fuse]) => fuse !== undefined)
    expect(read).toEqual(Object.entries({ ...wanted, EnableNodeCliInspectArguments: inspect }).slice(0, read.length))
  })
}

/** The app for people, started so that it leaves at once. */
const leaves = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => ends(desktopCommand(given, true), args, env)
const refused = 'Loopscope: --scenario: “nothing” is none of '

test('it is no Node', async () => {
  const { code, out, err } = await leaves(['-e', 'console.log("Node ran")', '--scenario=nothing'], { ELECTRON_RUN_AS_NODE: '1' })
  expect(code).toBe(2)
  expect(err).toContain(refused)
  expect(out).not.toContain('Node ran')
})

test('it takes no options for Node from the environment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-options-'))
  writeFileSync(join(folder, 'spy.cjs'), 'console.log("spy ran")')
  const { out, err } = await leaves(['--scenario=nothing'], { NODE_OPTIONS: `--require ${join(folder, 'spy.cjs')}` })
  rmSync(folder, { recursive: true })
  expect(err).toContain(refused)
  expect(out).not.toContain('spy ran')
})

test('it lets no debugger in', async () => {
  const { err } = await leaves(['--inspect=0', '--scenario=nothing'])
  expect(err).toContain(refused)
  expect(err).not.toContain('Debugger listening')
  for (const flag of ['--remote-debugging-port=0', '--remote-debugging-pipe', '--remote-allow-origins=*']) {
    const { code, said } = await leaves([flag])
    expect([code, said]).toEqual([2, ['Loopscope: the packed app cannot be debugged from outside.']])
  }
})

test('the packed app starts the processes of a pool, and they end with it, though it is killed', async ({ open }) => {
  const pool = ['--scenario', 'http-processes', '--set', 'processes=2', '--set', 'requests=8']
  const finishing = await open([...pool, '--speed', '100'])
  await runButton(finishing.page).click()
  await expect(finishing.page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: 30_000 })
  await expect(finishing.page.getByText('chunk-8 (8)').first()).toBeVisible()
  expect(await finishing.quit()).toBe(0)

  const { page, electron } = await open([...pool, '--set', 'delay=3600'])
  const processes = () =>
    electron!.evaluate(({ app }) =>
      app
        .getAppMetrics()
        .filter(({ name }) => name === 'Loopscope process')
        .map(({ pid }) => pid),
    )
  await runButton(page).click()
  await expect.poll(async () => (await processes()).length, { timeout: 30_000 }).toBe(2)
  const pids = await processes()
  electron!.process().kill('SIGKILL')
  await expect.poll(() => pids.some(isAlive), { timeout: 2000 }).toBe(false)
})
