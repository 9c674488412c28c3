/** With a keyboard, and with everything twice as large: all can be reached. */
import type { Page } from 'playwright/test'
import { tabStops } from '../support/access'
import { expect, onOneHost, runButton, test } from '../support/app'
import { looksWrong } from '../support/looks'

const again = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Run again', exact: true })
const measured = (page: Page) => page.getByRole('button', { name: 'How this was measured' })

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('Tab reaches everything that can be pressed, each time with a ring and in sight', async ({ open }) => {
  const { page } = await open(['--scenario', 'join', '--speed', '50'])
  await runButton(page).click()
  await expect(again(page)).toBeEnabled()
  const stops = await tabStops(page)
  expect(stops.filter(({ ring }) => !ring)).toEqual([])
  expect(stops.filter(({ inSight }) => !inSight)).toEqual([])
  const names = stops.map(({ name }) => name).join('\n')
  const bare = (text: string) => text.replace(/\s/g, '')
  const controls = page.locator('button:enabled, select:enabled, input:enabled').filter({ visible: true })
  for (const control of await controls.all()) {
    const role = await control.getAttribute('role')
    const name = (await control.getAttribute('aria-label')) ?? (await control.innerText())
    // Of a list of tabs Tab reaches the chosen one, arrows the others.
    if (role !== 'tab' && name !== '') expect(bare(names)).toContain(bare(name))
  }
  expect(names).toContain('Timeline.')
  expect(names).toMatch(/^tr .*main/m)
})

test('keys run, stop, move the selection and close the panels', async ({ open }) => {
  const { page } = await open(['--scenario', 'join'])
  await expect(runButton(page)).toBeEnabled()
  await page.keyboard.press(' ')
  const stop = page.getByRole('button', { name: 'Stop', exact: true })
  await expect(stop).toBeEnabled()
  await expect(page.locator('tr[data-task="thread-1"]')).toBeVisible()
  await page.keyboard.press(' ')
  await expect(again(page)).toBeEnabled()
  await page.locator('tr[data-task="main"]').focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('tr[data-task="thread-1"]')).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('application').focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.locator('tr[data-task="main"]')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('\\')
  await expect(page.locator('.panes')).toHaveCount(0)
  await page.keyboard.press('\\')
  await measured(page).click()
  await page.keyboard.press('\\')
  await page.keyboard.press('Escape')
  await expect(page.locator('.panes')).toHaveCount(1)
})

test('zoomed to 200 % the start page can be read from its first word to its last button', async ({ app }) => {
  await app.setViewportSize({ width: 720, height: 450 })
  const title = app.getByRole('heading', { level: 1 })
  for (const part of [app.getByRole('button', { name: 'Run Redis queue' }), title]) {
    await part.scrollIntoViewIfNeeded()
    await expect(part).toBeInViewport({ ratio: 1 })
  }
  expect(await looksWrong(app)).toEqual([])
})

test('zoomed to 200 % nothing is cut off or out of reach', async ({ open }) => {
  const { page } = await open(['--scenario', 'join', '--speed', '50'])
  // What a window of 1440 × 900 has at 200 %.
  await page.setViewportSize({ width: 720, height: 450 })
  await runButton(page).click()
  await expect(again(page)).toBeEnabled()
  expect(await looksWrong(page)).toEqual([])
  expect((await tabStops(page)).filter(({ ring, inSight }) => !ring || !inSight)).toEqual([])
  const row = page.locator('tr[data-task="thread-5"]')
  await row.scrollIntoViewIfNeeded()
  await expect(row).toBeInViewport()
  await measured(page).click()
  const last = page.getByRole('dialog').locator('p').last()
  await last.scrollIntoViewIfNeeded()
  await expect(last).toBeInViewport()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Contrast', exact: true }).click()
  // Four runs start anew, with the threads of each.
  await expect(page.locator('.result [data-total]')).toHaveCount(4, { timeout: 20_000 })
  expect(await looksWrong(page)).toEqual([])
  await page.locator('.combined tr[data-task="thread-5"]').scrollIntoViewIfNeeded()
  await expect(page.locator('.combined tr[data-task="thread-5"]')).toBeInViewport()
})

test('500 px wide, nothing of the toolbar, the heading and the panes is cut off, in either language', async ({ open }) => {
  const { page } = await open(['--scenario', 'gather', '--speed', '50'])
  await page.setViewportSize({ width: 500, height: 800 })
  await runButton(page).click()
  for (const name of ['Run again', '再次运行']) {
    const button = page.getByRole('banner').getByRole('button', { name, exact: true })
    await expect(button).toBeEnabled()
    expect(await looksWrong(page)).toEqual([])
    await expect(page.getByRole('banner').getByRole('button').last()).toBeInViewport({ ratio: 1 })
    await page.getByText('中 / EN').click()
  }
})
