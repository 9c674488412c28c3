/** A programme that runs out of memory ends failed, and nothing else does: not what runs beside it, not what is run next, not the app. */
import type { Page } from 'playwright/test'
import { expect, onOneHost, runButton, test } from '../support/app'
import { buildHoardingApp } from '../support/hoardingApp'
import { readTable } from '../support/table'

let app = ''
test.beforeAll(async () => {
  app = await buildHoardingApp()
})

const failed = 'The run failed: daemon-threads ran out of memory: its threads may use 256 MB each.'

async function next(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Threads', exact: true }).click()
  await page.getByLabel('Speed').selectOption('100')
  await runButton(page).click()
  await expect.poll(async () => (await page.evaluate(readTable)).map(([, , end]) => end)).toEqual(Array(6).fill('finished'))
}

for (const [who, threads] of [
  ['main', '1'],
  ['a thread', '2'],
]) {
  test(`${who} takes too much: the next run is well`, async ({ open, hostName }) => {
    if (who !== 'main') onOneHost(hostName, 'electron')
    const { page, quit } = await open(['--scenario', 'daemon-threads', '--set', `threads=${threads}`], { app })
    await runButton(page).click()
    await expect(page.getByText(failed).first()).toBeVisible({ timeout: 30_000 })
    await next(page)
    expect(await quit()).toBe(0)
  })
}

test('a process of a pool takes too much: its chunk fails, the process lives, the next run is well', async ({
  open,
  hostName,
}) => {
  onOneHost(hostName, 'electron')
  const { page, quit } = await open(['--scenario', 'http-processes', '--set', 'processes=1'], { app })
  await runButton(page).click()
  const ends = async () => (await page.evaluate(readTable)).map(([name, , end]) => [name, end])
  await expect.poll(ends, { timeout: 30_000 }).toContainEqual(['chunk-1 (1)', 'failed'])
  await expect(page.getByText('out of memory: a process of a pool may use 256 MB').first()).toBeVisible()
  await next(page)
  expect(await quit()).toBe(0)
})

test('what runs beside it in a contrast goes on to its end', async ({ open, hostName }) => {
  onOneHost(hostName, 'electron')
  const { page } = await open(['--scenario', 'threads', '--set', 'threads=2', '--set', 'sleeps=10', '--speed', '2'], { app })
  await page.getByRole('button', { name: 'Contrast', exact: true }).click()
  await expect(page.locator('.because').getByText(failed)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Run again' })).toBeEnabled({ timeout: 30_000 })
  const totals = await page
    .locator('[data-total]')
    .evaluateAll((all) => all.map((one) => [one.getAttribute('data-total'), Math.floor(Number.parseFloat(one.textContent!))]))
  expect(totals).toEqual([
    ['threads', 10],
    ['join', 20],
    ['start-all-join-all', 10],
  ])
})
