/** A queue of others on the page: figures, the workers' lanes and table, what was sent, and nothing to push with. */
import type { Page } from 'playwright/test'
import { axeFinds } from '../support/access'
import { expect, onOneHost, runButton, test } from '../support/app'
import { feedWriter, keysOf } from '../support/feedWriter'
import { redisMissing, startRedis } from '../support/redisServer'

test('shows who works on a queue and what was sent to the server, and lets nobody push', async ({ open, hostName }) => {
  onOneHost(hostName)
  test.skip(redisMissing !== null, redisMissing ?? '')
  const redis = await startRedis()
  try {
    const worker = feedWriter(redis.client, 'queue', 'box-7.1.0123abcd', 12_000)
    await worker.register('left')
    await redis.client.lpush('queue', '5', '3')
    await redis.client.lpush(keysOf('queue').dead, '{"reason":"no"}\nfive')
    const { page } = await open(['--scenario', 'redis-watch', '--set', `url=${redis.url}`])
    await runButton(page).click()
    const row = page.locator('[data-worker="left"]')
    await expect(row).toContainText('box · 7')
    await worker.write({ kind: 'claimed', ord: 1, text: 'first' }, { kind: 'started', ord: 1 })
    worker.skip(2)
    await worker.write({ kind: 'claimed', ord: 2, text: 'second' }, { kind: 'started', ord: 2 })
    await expect(row).toContainText(/1 \/ 4002\+12\.0\sms ± /)
    await expect(page.locator('[data-figure="waiting"] dd')).toHaveText('2')
    await expect(page.locator('[data-figure="consumers"] dd')).toHaveText('1')
    await expect(page.locator('[data-figure="deadLetters"] dd')).toHaveText('1')
    await expect(page.getByRole('list', { name: 'The queue in figures' })).toContainText('2 frames of the feed lost')
    await expect(page.getByRole('row').filter({ hasText: 'second' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Push' })).toHaveCount(0)
    await page.getByText(/^What was sent to the server: \d+ commands$/).click()
    await expect(page.getByRole('row').filter({ hasText: 'LLEN queue' })).toBeVisible()
    expect(await axeFinds(page)).toEqual([])
    // What was known last stays to be read.
    await page.getByRole('banner').getByRole('button', { name: /^Stop/ }).click()
    await expect(page.getByText('Stopped by you at')).toBeVisible()
    await expect(row).toBeVisible()
  } finally {
    await redis.stop()
  }
})

/** By name. */
const figures = (page: Page) =>
  page
    .locator('[data-figure]')
    .evaluateAll((all) =>
      Object.fromEntries(all.map((one) => [one.getAttribute('data-figure'), one.querySelector('dd')!.textContent])),
    )

/** Below the chart; a screen reader is told the same, at its own times. */
const told = (page: Page, words: string) => page.locator('p:not(.for-readers)', { hasText: words })

test('a key that is no list is refused, a server that is away is told in the watcher’s own words, and nothing but this queue is offered', async ({
  open,
  hostName,
}) => {
  onOneHost(hostName)
  test.skip(redisMissing !== null, redisMissing ?? '')
  const redis = await startRedis()
  try {
    await redis.client.hset('queue', 'a', 1)
    const { page } = await open(['--scenario', 'redis-watch', '--set', `url=${redis.url}`])
    await page.getByRole('tab', { name: 'Statistics' }).click()
    await runButton(page).click()
    await expect(page.getByRole('tab', { name: 'Fleet', selected: true })).toBeVisible()
    await expect(page.getByText('Who takes from the queue is not known')).toBeVisible()
    await expect(told(page, 'the queue has not been seen yet.')).toBeVisible()
    await expect(page.getByText('Redis answered, but the queue cannot be looked at')).toBeVisible()
    expect(await figures(page)).toEqual({ waiting: '—', inFlight: '—', consumers: '—', deadLetters: '—' })
    await expect(
      page.getByText('is of the type hash, and a queue is a list. Nothing was touched; watch another key.'),
    ).toBeVisible()
    await expect(page.getByRole('button', { name: 'Use an in-memory queue' })).toHaveCount(0)
    await redis.client.del('queue')
    await page.getByRole('button', { name: 'Try now' }).click()
    await expect(page.getByText('Nobody takes from “queue” as Loopscope does')).toBeVisible()
    await redis.client.lpush('queue', '1')
    await expect.poll(() => figures(page)).toMatchObject({ waiting: '1', consumers: '—' })
    await redis.kill9()
    await expect(page.getByText('nothing there is changed by looking')).toBeVisible()
    await expect(told(page, 'the server does not answer now: what is shown was seen before.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Or go without' })).toHaveCount(0)
  } finally {
    await redis.stop()
  }
})
