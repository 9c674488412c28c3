/** Marks of real runs: in the key, in words below the table, and under the pointer. */
import type { Page } from 'playwright/test'
import { expect, onOneHost, runButton, test } from '../support/app'

const moments = (page: Page) => page.locator('.moments li')
async function runThrough(page: Page): Promise<void> {
  await runButton(page).click()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: 20_000 })
}

/** Moves along the lane of that name, at a share of its height, from its right end until a tooltip with that head appears, and gives its text. */
async function tipOn(page: Page, lane: string, head: string, height = 0.5): Promise<string> {
  const chart = (await page.locator('.timeline-surface').boundingBox())!
  const row = (await page.locator('.timeline-head', { hasText: lane }).boundingBox())!
  const tip = page.getByRole('tooltip')
  for (let x = chart.x + chart.width - 10; x > chart.x + 110; x -= 4) {
    await page.mouse.move(x, row.y + row.height * height)
    if ((await tip.count()) > 0 && (await tip.locator('b').textContent()) === head) return (await tip.textContent())!
  }
  throw new Error(`nothing on ${lane} is called ${head}`)
}

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('the life of a loop is in the key and in words, with its end', async ({ open }) => {
  const { page } = await open(['--scenario', 'run-until-complete', '--speed', '10'])
  await runThrough(page)
  await expect(page.locator('.key')).toContainText('loop runs')
  await expect(moments(page).filter({ hasText: 'loop begins to run' })).toHaveCount(1)
  await expect(moments(page).filter({ hasText: 'loop stops' })).toHaveCount(1)
})

test('a callback says what it received, where it is drawn', async ({ open }) => {
  const { page } = await open(['--scenario', 'done-callback', '--speed', '10'])
  await runThrough(page)
  await expect(page.locator('.key')).toContainText('callback')
  await expect(moments(page).filter({ hasText: "announce('slept 2 s')" })).toHaveCount(1)
  expect(await tipOn(page, 'first', 'callback')).toContain("announce('slept 2 s')")
})

test('a message tells whose it is and how long it took', async ({ open }) => {
  const { page } = await open(['--scenario', 'async-scheduling', '--speed', '10'])
  await runThrough(page)
  await expect(page.locator('.table-note')).toContainText(
    /Message to main: .* (after (first|second)|before (first|second) had returned)/,
  )
  const tip = await tipOn(page, 'main', 'message reaches main', 0.25)
  expect(tip).toMatch(/task(first|second)/)
})

test('a join tells how long after the thread’s end it returned', async ({ open }) => {
  const { page } = await open(['--scenario', 'join', '--set', 'threads=2', '--speed', '20'])
  await runThrough(page)
  await expect(moments(page).filter({ hasText: /^.*join: thread-1, .* after its end$/ })).toHaveCount(1)
  expect(await tipOn(page, 'main', 'join')).toMatch(/taskthread-\d/)
})
