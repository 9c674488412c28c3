/** The way of one item of a real queue: its ribbon, the figures of all, and the queue's length under the crosshair. */
import type { Page } from 'playwright/test'
import { axeFinds } from '../support/access'
import { expect, onOneHost, runButton, test } from '../support/app'
import { looksWrong } from '../support/looks'
import { type RedisServer, redisMissing, startRedis } from '../support/redisServer'

const envelope = (payload: string, ahead = 0) => JSON.stringify({ ls: 1, at: (Date.now() + ahead) * 1000, payload })
const partsOf = (page: Page) => page.locator('.journey li').evaluateAll((all) => all.map((one) => one.getAttribute('data-part')))
const select = (page: Page, name: string) => page.locator('.tasks').getByText(name, { exact: true }).click()

test('the ribbon of an item, its parts in order, and what is not known said', async ({ open, hostName }) => {
  onOneHost(hostName)
  test.skip(redisMissing !== null, redisMissing ?? '')
  const redis = await startRedis()
  try {
    const page = await consuming(open, redis)
    const ribbon = page.locator('.journey')
    await redis.client.lpush('queue', envelope('0.31'), '0.32', envelope('0.33', 3630e3), envelope('nonsense'), '600')
    await expect(page.locator('[data-figure="finished"] dd')).toHaveText('3')
    await expect(ribbon).toHaveCount(0)
    await select(page, '0.31')
    await expect(ribbon).toContainText('When it was pushed is by its producer’s clock.')
    await expect.poll(() => partsOf(page)).toEqual(['inRedis', 'handedOver', 'ready', 'ran', 'told', 'settled'])
    await expect(ribbon.locator('[data-part="ran"]')).toContainText('suspended')
    await select(page, '0.32')
    await expect(ribbon).toContainText('it came without an envelope')
    await expect.poll(() => partsOf(page)).toEqual(['handedOver', 'ready', 'ran', 'told', 'settled'])
    await select(page, '0.33')
    await expect(ribbon).toContainText('By its producer’s clock it was pushed 1 h 00 min after it was claimed')
    await select(page, 'nonsense')
    await expect(ribbon.locator('[data-part="settled"]')).toContainText('until it was a dead letter')
    await select(page, '600')
    await expect(ribbon.locator('[data-part="ran"]')).toContainText('so far')
    await page.getByRole('tab', { name: 'Statistics' }).click()
    expect(await axeFinds(page)).toEqual([])
    for (const [width, colorScheme] of [
      [1440, 'dark'],
      [960, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: width / 1.6 })
      await page.emulateMedia({ colorScheme })
      expect(await looksWrong(page), `${width} ${colorScheme}`).toEqual([])
    }
    await page.getByRole('tab', { name: 'Statistics' }).click()
    const figures = page.locator('.statistics table', { hasText: 'Items of the queue outside the loop' })
    await expect(figures.getByRole('row', { name: 'tasks' })).toHaveText('tasks244')
    await expect(page.locator('.statistics')).toContainText('1 of them was pushed after its claim by a clock that is ahead')
  } finally {
    await redis.stop()
  }
})

test('the length of the queue under the crosshair', async ({ open, hostName }) => {
  onOneHost(hostName)
  test.skip(redisMissing !== null, redisMissing ?? '')
  const redis = await startRedis()
  try {
    const page = await consuming(open, redis, 'concurrency=2')
    await redis.client.lpush('queue', ...Array.from({ length: 9 }, () => '30'))
    const chart = page.locator('.levels')
    await expect(chart.getByRole('img', { name: 'Length of queue: now 7, at most 7.' })).toBeVisible()
    await expect(page.locator('.level-at')).toHaveCount(0)
    const lanes = (await page.locator('.timeline-surface').boundingBox())!
    await page.mouse.move(lanes.x + lanes.width - 60, lanes.y + 20)
    await expect(page.locator('.level-at')).toHaveText('7')
    const line = (await page.locator('.level-at').boundingBox())!
    expect(Math.abs(line.x - (lanes.x + lanes.width - 60))).toBeLessThanOrEqual(1.5)
    await page.mouse.move(lanes.x + 60, 5)
    await expect(page.locator('.level-at')).toHaveCount(0)
  } finally {
    await redis.stop()
  }
})

async function consuming(open: (args: string[]) => Promise<{ readonly page: Page }>, redis: RedisServer, more?: string) {
  const { page } = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`, ...(more ? ['--set', more] : [])])
  await runButton(page).click()
  await expect(page.locator('[data-figure="waiting"] dd')).toHaveText('0', { timeout: 20_000 })
  return page
}
