/** What stands above the chart of a queue while it works, and the way to another address. */
import { expect, onOneHost, runButton, test } from '../support/app'
import { closedPort } from '../support/closedPort'
import { redisMissing, startRedis } from '../support/redisServer'

const url = async () => `url=redis://127.0.0.1:${await closedPort()}`

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('Change address stops the run, says so and leads to the address', async ({ open }) => {
  const { page } = await open(['--scenario', 'redis-queue', '--set', await url()])
  const change = page.getByRole('button', { name: 'Change address' })
  const field = page.getByRole('textbox', { name: 'url' })
  const again = page.getByRole('banner').getByRole('button', { name: /^Run again/ })
  await runButton(page).click()
  await expect(page.getByRole('heading', { name: 'does not answer' })).toBeVisible()
  await change.click()
  await expect(field).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'This run was stopped.' })).toBeVisible()
  await expect(again).toBeEnabled()
  await page.keyboard.type((await url()).replace('url=', ''))
  await again.click()
  await expect(page.getByText('This run was stopped.')).toHaveCount(0)
  // Also while it works.
  await page.getByRole('button', { name: 'Use an in-memory queue' }).click()
  await expect(page.getByText('This is not Redis.')).toBeVisible()
  await change.click()
  await expect(field).toBeFocused()
  await expect(again).toBeEnabled()
})

test('a server that may drop tasks is warned of, with what to do', async ({ open }) => {
  test.skip(redisMissing !== null, redisMissing ?? '')
  const redis = await startRedis()
  try {
    await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru')
    const { page } = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`])
    await runButton(page).click()
    const warning = page.locator('.queue-line.warning')
    await expect(warning).toContainText('drops keys, and with them tasks (maxmemory-policy allkeys-lru). Set it to noeviction.')
    await expect(page.locator('[data-command]')).toBeVisible()
  } finally {
    await redis.stop()
  }
})

test('a key that holds something else is told as such, with another name for the queue as the way out', async ({ open }) => {
  test.skip(redisMissing !== null, redisMissing ?? '')
  const redis = await startRedis()
  try {
    await redis.client.hset('queue', 'a', 1)
    const { page } = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`])
    await runButton(page).click()
    await expect(page.getByRole('alert').getByRole('heading', { name: 'The queue “queue” cannot be used.' })).toBeVisible()
    const fault = page.locator('.fault')
    await expect(fault).toContainText('Give another name in queue above and run again')
    await expect(fault).not.toContainText(/password|delete/i)
  } finally {
    await redis.stop()
  }
})
