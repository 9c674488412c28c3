import { expect, runButton, test } from '../support/app'

test('the page opens, isolated and without an error', async ({ app }) => {
  await expect(app).toHaveTitle('Loopscope')
  expect(await app.evaluate(() => window.crossOriginIsolated)).toBe(true)
  await expect(runButton(app)).toBeVisible()
})

test('the page has nothing of Node', async ({ app }) => {
  const known = await app.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
  )
  expect(known).toEqual([])
})

test('a scenario given on the command line is ready to run', async ({ open }) => {
  const { page } = await open(['--scenario', 'join', '--set', 'threads=2', '--set', 'sleeps=1,1', '--speed', '10'])
  await runButton(page).click()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled()
})

test('a reload gets a new line to the engine', async ({ open }) => {
  const { page } = await open(['--scenario', 'join'])
  await expect(runButton(page)).toBeEnabled()
  await page.reload()
  await expect(runButton(page)).toBeEnabled()
})

test('quitting in mid-run ends the process at once and well', async ({ open }) => {
  const { page, quit } = await open(['--scenario', 'sync-scheduling'])
  await runButton(page).click()
  await page.waitForTimeout(500)
  const begin = Date.now()
  expect(await quit()).toBe(0)
  expect(Date.now() - begin).toBeLessThan(3000)
})
