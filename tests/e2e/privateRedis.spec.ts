import { Redis } from 'ioredis'
import { expect, runButton, test } from '../support/app'
import { closedPort } from '../support/closedPort'
import { redisMissing } from '../support/redisServer'

test.skip(redisMissing !== null, redisMissing ?? '')

test('where no Redis answers one click starts one, the command on the page reaches it, and it ends with the app', async ({
  open,
}) => {
  const dead = await closedPort()
  const { page, quit } = await open(['--scenario', 'redis-queue', '--set', `url=redis://127.0.0.1:${dead}`, '--speed', '10'])
  await runButton(page).click()
  await page.getByRole('button', { name: 'Start a private Redis' }).click()
  const command = page.locator('[data-command]')
  await expect(command).not.toContainText(String(dead))
  const [, port] = /^redis-cli -p (\d+) LPUSH queue/.exec((await command.textContent()) ?? '') ?? []
  await expect(page.getByText(`127.0.0.1:${port}`).first()).toBeVisible()
  const client = new Redis({ port: Number(port), retryStrategy: null })
  client.on('error', () => 'It ends with the app.')
  await client.lpush('queue', '0.5', '0.2')
  for (const name of ['0.5', '0.2'])
    await expect(page.getByRole('row', { name: new RegExp(`^${name} `) })).toContainText('finished')
  const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1])
  client.disconnect()
  await quit()
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

test('an app that is killed leaves none behind', async ({ open, hostName }) => {
  test.skip(hostName === 'browser', 'the same with a host of its own: tests/sources/privateServer.test.ts')
  const { page, electron } = await open(['--scenario', 'redis-queue', '--set', `url=redis://127.0.0.1:${await closedPort()}`])
  await runButton(page).click()
  await page.getByRole('button', { name: 'Start a private Redis' }).click()
  const shown = await page.locator('[data-command]').textContent()
  const port = Number(/-p (\d+) LPUSH/.exec(shown ?? '')?.[1])
  const client = new Redis({ port, retryStrategy: null })
  client.on('error', () => 'It ends with the app.')
  const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1])
  client.disconnect()
  electron!.process().kill('SIGKILL')
  const isGone = () => {
    try {
      return !process.kill(pid, 0)
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH'
    }
  }
  await expect.poll(isGone, { timeout: 2000 }).toBe(true)
})
