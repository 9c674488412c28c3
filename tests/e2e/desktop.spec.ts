import { dirname } from 'node:path'
import { electronOf, expect, runButton, test } from '../support/app'
import { desktopCommand, ends } from '../support/hostProcess'

test('no page but ours: neither navigation nor window', async ({ open }) => {
  const { page, electron } = await open()
  const before = page.url()
  await page.evaluate(() => {
    window.open('https://example.invalid/')
    window.location.href = 'https://example.invalid/'
  })
  await page.waitForTimeout(300)
  expect(page.url()).toBe(before)
  expect(electron?.windows()).toHaveLength(1)
})

test('stopping in mid-run, again and again, leaves the app alive', async ({ open }) => {
  for (const scenario of ['join', 'sync-scheduling']) {
    const { page, quit } = await open(['--scenario', scenario])
    for (let n = 0; n < 8; n++) {
      await runButton(page).click()
      const stop = page.getByRole('banner').getByRole('button', { name: /^Stop/ })
      await expect(stop).toBeEnabled()
      await stop.click()
      await expect(runButton(page)).toBeEnabled()
    }
    expect(await quit()).toBe(0)
  }
})

test('quitting while the page still loads ends the app well', async ({ open }) => {
  const codes: unknown[] = []
  for (let n = 0; n < 5; n++) codes.push(await (await open()).quit())
  expect(codes).toEqual([0, 0, 0, 0, 0])
})

test('a second start brings the first window to the front and ends', async ({ open, hostName }) => {
  test.skip(hostName !== 'electron', 'a browser host may be started twice: each has a port of its own')
  const { electron, page, settingsFile } = await open()
  await page.waitForFunction(() => document.querySelector('[data-scenario]') !== null)
  const isInFront = () => electron!.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(1)!.isFocused())
  // Another window is in front of it, and it lies in the task bar.
  const restored = electron!.evaluate(({ BrowserWindow }) => {
    new BrowserWindow({ width: 300, height: 200 }).focus()
    const first = BrowserWindow.fromId(1)!
    first.isMinimized = () => true
    return new Promise<boolean>((resolve) => {
      first.restore = () => resolve(true)
      setTimeout(() => resolve(false), 15_000)
    })
  })
  await expect.poll(isInFront).toBe(false)
  const heard = electron!.evaluate(
    ({ app, BrowserWindow }) =>
      new Promise<number>((resolve) => app.once('second-instance', () => resolve(BrowserWindow.getAllWindows().length))),
  )
  const { code, said } = await ends(desktopCommand(electronOf(hostName)!), [`--user-data-dir=${dirname(settingsFile)}`])
  expect([code, said.join(' ')]).toEqual([
    0,
    expect.stringContaining('it is already running; its window was brought to the front.'),
  ])
  expect(await heard).toBe(2)
  expect(await restored, 'it was taken out of the task bar').toBe(true)
  await expect.poll(isInFront, 'it has the focus').toBe(true)
})
