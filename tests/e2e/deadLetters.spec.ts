/** Dead letters on the page, and how much is taken: seen, searched, retried, exported, deleted; paused and let go on. */
import type { Page } from 'playwright/test'
import { axeFinds } from '../support/access'
import { expect, onOneHost, runButton, test } from '../support/app'
import { type RedisServer, redisMissing, startRedis } from '../support/redisServer'
import { saved } from '../support/saved'

test.skip(redisMissing !== null, redisMissing ?? '')

let redis: RedisServer
test.beforeAll(async () => {
  redis = await startRedis()
})
test.beforeEach(() => redis.client.flushall())
test.afterAll(() => redis.stop())

const dead = 'ls:{queue}:dead'
const letter = (ord: number, payload: string, reason = 'boom') =>
  `${JSON.stringify({ reason, id: ord, consumer: 'host-1.1.ab', ord, at: 1_700_000_000_000 + ord, deaths: 0 })}\n${payload}`

const opener = (page: Page, count: number) =>
  page.getByRole('button', { name: `${count} dead letter${count === 1 ? '' : 's'}`, exact: true })
const panel = (page: Page) => page.getByRole('dialog', { name: 'Dead letters' })
const rows = (page: Page) => panel(page).locator('tbody tr')
const said = (page: Page) => panel(page).locator('.said')
const queued = () => redis.client.lrange('queue', 0, -1)

test('what failed is listed, found, put back and saved', async ({ open }) => {
  const app = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`])
  const { page } = app
  await runButton(page).click()
  await expect(opener(page, 0)).toBeVisible()
  await redis.client.lpush('queue', 'abc', JSON.stringify({ ls: 1, at: 1_700_000_000_000_000, payload: 'from an envelope' }))
  await opener(page, 2).click()
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page).nth(1)).toContainText('“abc” is not a number of seconds')
  await expect(rows(page).first().locator('code')).toHaveText('from an envelope')
  // Another window does its part while this one is open.
  await redis.client.del(dead)
  await redis.client.rpush(dead, letter(1, '0.01'), letter(2, '0.02', 'too late'), letter(3, '\u0007'), letter(4, '0.04'))
  await expect(rows(page)).toHaveCount(4)
  const find = panel(page).getByRole('searchbox', { name: 'Find dead letters' })
  await find.fill('TOO late')
  await expect(rows(page)).toHaveCount(1)
  await panel(page).getByRole('button', { name: 'Retry all 1' }).click()
  await expect(said(page)).toHaveText('1 went back into the queue.')
  await expect(page.locator('[data-figure="finished"] dd')).toHaveText('1')
  await expect(panel(page)).toContainText('In no dead letter does this stand')
  await find.press('Escape')
  await expect(rows(page)).toHaveCount(3)
  const { name, text } = await saved(app, () => panel(page).getByRole('button', { name: 'Export all 3' }).click())
  expect(name).toBe('loopscope-dead-letters.json')
  expect(JSON.parse(text)).toMatchObject({
    queue: 'queue',
    deadLetters: [{ ord: 4 }, { ord: 3, payload: '\u0007' }, { ord: 1 }],
  })
})

test('a long letter shows its beginning; with the keyboard alone they are chosen, and deleted after a question', async ({
  open,
  hostName,
}) => {
  onOneHost(hostName)
  await redis.client.rpush(dead, letter(1, '0.01'), letter(3, 'x'.repeat(1500)), letter(4, '0.04'))
  const { page } = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`])
  await runButton(page).click()
  await opener(page, 3).click()
  await rows(page).nth(1).click()
  await expect(panel(page).getByRole('region', { name: 'The whole letter' })).toContainText('1,500 bytes; the beginning is shown')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await axeFinds(page)).toEqual([])
  }
  // Choose the second, delete, think better of it, delete.
  await panel(page).getByRole('checkbox', { name: 'Choose #4' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  const remove = panel(page).getByRole('button', { name: 'Delete 1 chosen' })
  await remove.click()
  await expect(panel(page).getByRole('button', { name: 'Keep them' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(remove).toBeFocused()
  await page.keyboard.press('Enter')
  await panel(page).getByRole('button', { name: 'Delete for good' }).click()
  await expect(said(page)).toHaveText('1 was deleted.')
  await expect(rows(page)).toHaveCount(2)
  expect((await redis.client.lrange(dead, 0, -1)).map((entry) => JSON.parse(entry.split('\n')[0]!).ord)).toEqual([1, 4])
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(opener(page, 2)).toBeFocused()
})

test('of two windows the second is told that somebody was first; without Redis nothing can be changed', async ({
  open,
  hostName,
}) => {
  onOneHost(hostName)
  await redis.client.rpush(dead, letter(1, '5'), letter(2, '6'))
  await redis.client.lpush('queue', '1')
  const { page } = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`])
  await runButton(page).click()
  // Before anything is taken they can be seen, too.
  await expect(page.getByRole('heading', { name: 'already holds 1 item' })).toBeVisible()
  await page.getByRole('button', { name: 'Watch only' }).click()
  await opener(page, 2).click()
  await panel(page).getByRole('checkbox', { name: 'Choose #2' }).check()
  // One goes and one comes, so that this window does not hear of it by their number.
  await redis.client.multi().rpop(dead).rpush(dead, letter(3, '7')).exec()
  await panel(page).getByRole('button', { name: 'Retry 1 chosen' }).click()
  await expect(said(page)).toHaveText('0 went back into the queue. 1 was already gone: another window or consumer was first.')
  await expect(panel(page).getByRole('checkbox', { name: 'Choose #3' })).toBeVisible()
  expect(await queued()).toEqual(['1'])
  await redis.kill9()
  await expect(panel(page)).toContainText('Redis is not connected: the letters cannot be changed until it is back.')
  await expect(panel(page).getByRole('button', { name: 'Retry all 2' })).toBeDisabled()
  await redis.start()
})

test('pause takes nothing more and says how many wait; the concurrency holds from then on, also after a reload', async ({
  open,
  hostName,
}) => {
  onOneHost(hostName)
  const { page } = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`])
  await runButton(page).click()
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  await pause.click()
  await expect(page.locator('.paused')).toContainText('Paused: nothing is taken.')
  await redis.client.rpush(dead, letter(1, '600'))
  await opener(page, 1).click()
  await expect(panel(page).getByRole('button', { name: 'Retry all 1' })).toBeEnabled()
  await page.keyboard.press('Escape')
  await redis.client.lpush('queue', ...Array(20).fill('600'))
  await expect(page.locator('.paused')).toHaveText(/(19|20) wait in the list/)
  const field = page.getByRole('textbox', { name: 'concurrency', exact: true })
  await field.fill('0')
  await expect(page.getByRole('alert')).toContainText('is not a whole number from 1 to 10,000')
  await field.fill('3')
  await field.press('Enter')
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.locator('[data-figure="inFlight"] dd')).toHaveText('3')
  await page.reload()
  await expect(field).toHaveValue('3')
  await expect(pause).toBeVisible()
  expect((await queued()).length).toBe(17)
})
