/** What lasts from one start to the next, and what happens when it does not. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright/test'
import { test as base, electronOf, expect, type HostName, onOneHost, runButton } from '../support/app'
import { closedPort } from '../support/closedPort'
import { holdsPassword, typedPassword } from '../support/password'
import { redisMissing, startRedis } from '../support/redisServer'

/** `folder`: what the app keeps, over several starts. */
const test = base.extend<{ folder: string }>({
  folder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'loopscope-kept-'))
      await use(folder)
      rmSync(folder, { recursive: true, force: true })
    },
    // Made before the app and taken away after it, which would write into it once more.
    { auto: true },
  ],
})

const fileIn = (folder: string, host: HostName) => join(folder, host === 'browser' ? 'loopscope' : '', 'settings.json')
const asidesOf = (file: string) => readdirSync(dirname(file)).filter((name) => name.startsWith('settings.json.'))
const field = (page: Page, name: string) => page.getByRole('textbox', { name })
const reset = (page: Page) => page.getByRole('button', { name: 'Reset' })
const notices = (page: Page) => page.locator('.notice p')
const pick = (page: Page, id: string) => page.locator(`[data-scenario="${id}"]`).click()
async function fill(page: Page, name: string, text: string): Promise<void> {
  await field(page, name).fill(text)
  await field(page, name).press('Tab')
}

test('theme, speed and values are there at the next start; Reset puts a programme back', async ({ open, folder }) => {
  const first = await open([], { folder })
  await expect(runButton(first.page)).toBeVisible()
  await first.page.getByRole('button', { name: 'Theme: as the system' }).click()
  await first.page.getByRole('button', { name: 'Theme: light' }).click()
  await first.page.getByRole('combobox').selectOption('20')
  await pick(first.page, 'join')
  await expect(reset(first.page)).toHaveCount(0)
  await fill(first.page, 'threads', '3')
  await fill(first.page, 'sleeps', '[1,2 , 3]')
  await expect(field(first.page, 'sleeps')).toHaveValue('1, 2, 3')
  await fill(first.page, 'threads', '900')
  await first.quit()

  const second = await open([], { folder })
  await pick(second.page, 'join')
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(second.page.getByRole('combobox')).toHaveValue('20')
  await expect(field(second.page, 'threads')).toHaveValue('3')
  await expect(field(second.page, 'sleeps')).toHaveValue('1, 2, 3')
  await pick(second.page, 'threads')
  await fill(second.page, 'threads', '2')
  await pick(second.page, 'join')
  await reset(second.page).click()
  await expect(field(second.page, 'threads')).toHaveValue('5')
  await expect(reset(second.page)).toHaveCount(0)
  await second.quit()

  const third = await open([], { folder })
  await pick(third.page, 'join')
  await expect(field(third.page, 'threads')).toHaveValue('5')
  await pick(third.page, 'threads')
  await expect(field(third.page, 'threads')).toHaveValue('2')
  expect([first.said(), second.said(), third.said()].join('')).not.toContain('Loopscope: ')
})

test('the language is switched at once, and is there at the next start', async ({ open, folder, hostName }) => {
  onOneHost(hostName, 'electron')
  const first = await open([], { folder })
  await expect(runButton(first.page)).toBeVisible()
  await first.page.getByRole('button', { name: '中 / EN' }).click()
  await expect(first.page.getByRole('banner').getByRole('button', { name: /^运行/ })).toBeVisible()
  await expect(first.page.locator('html')).toHaveAttribute('lang', /^zh/)
  await first.quit()
  const second = await open([], { folder })
  await expect(second.page.getByRole('banner').getByRole('button', { name: /^运行/ })).toBeVisible()
  await second.page.getByRole('button', { name: '中 / EN' }).click()
  await expect(runButton(second.page)).toBeVisible()
})

test('the page is never seen in another theme than the one that was chosen', async ({ open, folder, hostName }) => {
  const file = fileIn(folder, hostName)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '{"version": 1, "theme": "dark"}')
  const { page } = await open([], { folder })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { seen })
    const look = () => {
      if (document.querySelector('.app')) seen.add(document.documentElement.dataset['theme'] ?? '')
      requestAnimationFrame(look)
    }
    look()
  })
  await page.reload()
  await expect(runButton(page)).toBeVisible()
  await expect(page.getByText('engine ready')).toBeVisible()
  expect(await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen])).toEqual(['dark'])
})

const unusable = {
  damaged: { text: '{"version": 1, "theme": "da', says: 'it is not JSON): defaults are used', aside: 'damaged' },
  newer: { text: '{"version": 99, "theme": "dark"}', says: 'are of a newer Loopscope: defaults are used', aside: 'newer' },
  'in one field': { text: '{"version": 1, "theme": "dark", "speed": 0}', says: 'back to the default: speed;', aside: 'damaged' },
}
for (const [name, { text, says, aside }] of Object.entries(unusable)) {
  test(`a settings file that is ${name}: set aside, and said once on the page and on the console`, async ({
    open,
    folder,
    hostName,
  }) => {
    if (name !== 'damaged') onOneHost(hostName)
    const file = fileIn(folder, hostName)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    const { page, said, quit } = await open([], { folder })
    await expect(notices(page)).toHaveText(new RegExp(says.replaceAll(/[()]/g, '\\$&')))
    const kept = asidesOf(file)
    expect(kept).toEqual([expect.stringContaining(`.${aside}-`)])
    await expect(notices(page)).toContainText(kept[0]!)
    expect(readFileSync(join(dirname(file), kept[0]!), 'utf8')).toBe(text)
    const theme = name === 'in one field' ? 'dark' : 'light'
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await page.reload()
    await expect(runButton(page)).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect(notices(page)).toHaveCount(0)
    await quit()
    if (hostName === 'browser') expect(said().split(says)).toHaveLength(2)
    const next = await open([], { folder })
    await expect(next.page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect(notices(next.page)).toHaveCount(0)
    expect(asidesOf(file)).toEqual(kept)
  })
}

test('what is said of the file is said on the console of the desktop app, too', async ({ folder, hostName }) => {
  test.skip(hostName === 'browser', 'seen above')
  // Without Playwright, which would have joined only after it was said.
  const executable = electronOf(hostName)
  test.skip(!executable, 'no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH')
  writeFileSync(fileIn(folder, hostName), unusable.damaged.text)
  const app = spawn(executable!, ['.', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let heard = ''
  app.stderr.on('data', (piece) => {
    heard += piece
  })
  await expect.poll(() => heard).toContain(`Loopscope: The settings in ${fileIn(folder, hostName)} cannot be read`)
  const ended = new Promise((resolve) => app.once('exit', resolve))
  app.kill('SIGTERM')
  await ended
  expect(heard.split(unusable.damaged.says)).toHaveLength(2)
})

test('settings that cannot be written: said once, and the app works on', async ({ open, folder, hostName }) => {
  const file = fileIn(folder, hostName)
  if (hostName === 'browser') writeFileSync(dirname(file), 'in the way')
  const { page, electron, said } = await open(['--scenario', 'join', '--speed', '100'], { folder })
  await expect(runButton(page)).toBeVisible()
  // Where the app is just writing what the command line set, its draft is in the way for a moment.
  const draft = electron && `${file}.${electron.process().pid}.new`
  if (draft) await expect(() => mkdirSync(draft)).toPass()
  await fill(page, 'threads', '3')
  await expect(notices(page)).toHaveText(/^Settings cannot be written to .*settings\.json \(E\w+\): what you set lasts until/)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await fill(page, 'sleeps', '1, 1, 1')
  await page.getByRole('button', { name: 'Theme: as the system' }).click()
  await runButton(page).click()
  await expect(page.getByRole('button', { name: 'Run again', exact: true })).toBeEnabled()
  await page.reload()
  await expect(field(page, 'threads')).toHaveValue('3')
  await expect(page.getByRole('button', { name: 'Theme: light' })).toBeVisible()
  await expect(notices(page)).toHaveCount(0)
  expect(said().split('cannot be written')).toHaveLength(2)
})

test('a second page is told of changes, and keeps what is being typed elsewhere', async ({ open, hostName }) => {
  test.skip(hostName !== 'browser', 'the desktop app has one window')
  const { page, address } = await open(['--scenario', 'join'])
  const other = await page.context().browser()!.newPage()
  await other.goto(address!)
  await pick(other, 'join')
  await field(other, 'sleeps').fill('7, 8, ')
  await fill(page, 'threads', '4')
  await page.getByRole('combobox').selectOption('10')
  await page.getByRole('button', { name: 'Theme: as the system' }).click()
  await page.getByRole('button', { name: 'Theme: light' }).click()
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(other.getByRole('combobox')).toHaveValue('10')
  await expect(field(other, 'threads')).toHaveValue('4')
  await expect(field(other, 'sleeps')).toHaveValue('7, 8, ')
  await reset(page).click()
  await expect(field(other, 'threads')).toHaveValue('5')
})

test('the window is where it was', async ({ open, folder, hostName }) => {
  test.skip(hostName === 'browser', 'a browser has windows of its own')
  const bounds = { x: 120, y: 60, width: 1100, height: 700 }
  const first = await open([], { folder })
  const windowOf = (electron: ElectronApplication | null) =>
    electron!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())
  await expect(runButton(first.page)).toBeVisible()
  await first.electron!.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]!.setBounds(to), bounds)
  await expect.poll(() => windowOf(first.electron)).toEqual(bounds)
  await first.quit()
  const second = await open([], { folder })
  expect(await windowOf(second.electron)).toEqual(bounds)
})

/** Every file below the folder that holds any part of the test's password. */
const leaksIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => holdsPassword(Buffer.from(basename(file))) || holdsPassword(readFileSync(file)))

/** Stands for a keyring of the system: what it writes is not what it was given. */
const giveKeyring = (electron: ElectronApplication) =>
  electron.evaluate(({ safeStorage }) => {
    const turned = (bytes: Buffer) => bytes.map((byte) => byte ^ 0xa5) as Buffer
    Object.assign(safeStorage, {
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => 'gnome_libsecret',
      encryptString: (text: string) => turned(Buffer.from(text)),
      decryptString: (bytes: Buffer) => turned(bytes).toString(),
    })
  })

test('a password is nowhere after the app has quit, and is asked for at the next start', async ({ open, folder }) => {
  const shown = `redis://me:…@127.0.0.1:${await closedPort()}`
  const url = shown.replace('…', typedPassword)
  const first = await open(['--scenario', 'redis-queue', '--set', `url=${url}`, '--speed', '10'], { folder })
  await expect(field(first.page, 'url')).toHaveValue(shown)
  await fill(first.page, 'url', `${url}/2`)
  await expect(field(first.page, 'url')).toHaveValue(`${shown}/2`)
  await expect(notices(first.page)).toHaveText(/^The password is known until Loopscope ends/)
  await runButton(first.page).click()
  await expect(first.page.getByText('does not answer').first()).toBeVisible()
  expect(holdsPassword(Buffer.from(await first.page.content()))).toBe(false)
  await first.quit()
  expect(readFileSync(first.settingsFile, 'utf8')).toContain(`${shown}/2`)
  expect(leaksIn(folder)).toEqual([])
  expect(holdsPassword(Buffer.from(first.said()))).toBe(false)

  const second = await open(['--scenario', 'join'], { folder })
  await pick(second.page, 'redis-queue')
  await expect(field(second.page, 'url')).toHaveValue(`${shown}/2`)
  await runButton(second.page).click()
  await expect(notices(second.page)).toContainText(
    `the password of ${shown}/2 is not known any more; type it in place of the “…”`,
  )
  await expect(runButton(second.page)).toBeEnabled()
})

test('with a keyring the file holds ciphertext, and the next start comes in with the password', async ({
  open,
  folder,
  hostName,
}) => {
  test.skip(hostName === 'browser', 'the browser host keeps no password')
  test.skip(redisMissing !== null, redisMissing ?? '')
  const redis = await startRedis('--requirepass', decodeURIComponent(typedPassword))
  const shown = `redis://…@127.0.0.1:${redis.port}`
  const first = await open(['--scenario', 'redis-queue'], { folder })
  await giveKeyring(first.electron!)
  await fill(first.page, 'url', shown.replace('…', `:${typedPassword}`))
  await expect(field(first.page, 'url')).toHaveValue(shown)
  await first.quit()
  const { passwords } = JSON.parse(readFileSync(first.settingsFile, 'utf8'))
  expect(passwords['redis-queue'].url.length).toBeGreaterThan(40)
  expect(leaksIn(folder)).toEqual([])

  const second = await open([], { folder })
  await giveKeyring(second.electron!)
  await pick(second.page, 'redis-queue')
  await runButton(second.page).click()
  await expect(second.page.getByText(`connected to 127.0.0.1:${redis.port}`)).toBeVisible()
  await expect(notices(second.page)).toHaveCount(0)
  await second.quit()
  expect(leaksIn(folder)).toEqual([])
  await redis.stop()
})
