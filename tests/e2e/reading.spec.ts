/** Reading times off the picture: a part of it measured, its figures, and what was found in it. */
import type { Page } from 'playwright/test'
import { axeFinds } from '../support/access'
import { expect, onOneHost, runButton, test } from '../support/app'
import { looksWrong } from '../support/looks'

const range = (page: Page) => page.locator('[data-range]')
const figures = (page: Page) => page.locator('.statistics')

async function runToItsEnd(page: Page): Promise<void> {
  await runButton(page).click()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: 20_000 })
}

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('a drag on the axis measures, R the selected task, Escape ends it; the statistics follow', async ({ open }) => {
  const { page } = await open(['--scenario', 'sync-scheduling', '--speed', '10'])
  await runToItsEnd(page)
  await page.getByRole('tab', { name: 'Statistics' }).click()
  await expect(figures(page)).toContainText('3 tasks in all: 3 finished')
  const box = (await page.getByRole('application').boundingBox())!
  const y = box.y + box.height - 10
  await page.mouse.move(box.x + 108 + 200, y)
  await page.mouse.down()
  await page.mouse.move(box.x + 108 + 300, y, { steps: 3 })
  await expect(range(page)).toContainText('threads taken 100')
  await page.mouse.up()
  await expect(figures(page)).toContainText(/3 tasks between [\d.]+\ss and [\d.]+\ss/)
  await expect(figures(page).getByRole('row', { name: /loop/ })).toContainText('100')
  expect(await axeFinds(page)).toEqual([])
  expect(await looksWrong(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(range(page)).toHaveCount(0)
  await expect(figures(page)).toContainText('3 tasks in all')
  await page.locator('.pane.tasks tr[data-task="second"]').click()
  await page.keyboard.press('r')
  const waited = page.locator('.pane.tasks tr[data-task="second"] td')
  const lasted = Number(await waited.nth(2).textContent()) - Number(await waited.nth(0).textContent())
  const said = Number(/^[\d.]+/.exec((await range(page).locator('b').textContent()) ?? '')?.[0])
  expect(Math.abs(said - lasted)).toBeLessThan(0.02)
  await range(page).getByRole('button').click()
  await expect(range(page)).toHaveCount(0)
})

test('what is found is counted on the chart and gone through by time, a state by its word', async ({ open }) => {
  const { page } = await open(['--scenario', 'sync-scheduling', '--speed', '10'])
  await runToItsEnd(page)
  await page.keyboard.press('/')
  await page.keyboard.type('sleeping')
  const found = page.locator('.timeline-hits')
  await expect(found).toContainText('2 found')
  await page.getByRole('application').focus()
  await page.keyboard.press(']')
  await expect(found).toContainText('1 of 2 found')
  expect(await looksWrong(page)).toEqual([])
  await expect(page.locator('.pane.tasks tr.on')).toHaveAttribute('data-task', 'first')
  await found.getByRole('button').last().click()
  await expect(page.locator('.pane.tasks tr.on')).toHaveAttribute('data-task', 'second')
  await page.keyboard.press('[')
  await expect(found).toContainText('1 of 2 found')
})
