/** A recorder that is full: small rings and a programme that starts 64 threads at once. What was lost is said wherever somebody may look. */
import { axeFinds } from '../support/access'
import { expect, onOneHost, runButton, test } from '../support/app'
import { looksWrong } from '../support/looks'

test.beforeEach(({ hostName }) => {
  onOneHost(hostName, 'electron')
  process.env['LOOPSCOPE_RING_SLOTS'] = '64'
})
test.afterEach(() => {
  delete process.env['LOOPSCOPE_RING_SLOTS']
})

test('marks that a full ring lost are hatched, counted and told', async ({ open }) => {
  const { page } = await open(['--scenario', 'threads', '--set', 'threads=64', '--set', 'sleeps=2,2', '--speed', '100'])
  await runButton(page).click()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: 30_000 })
  await expect(page.locator('.status li.alert')).toContainText('dropped')
  await expect(page.locator('.key')).toContainText('marks lost')
  await expect(page.locator('.sentence')).toContainText(/marks? were dropped .*What happened there is unknown/)
  await expect(page.locator('.moments li.alert').first()).toContainText(/marks lost until .*: the recorder was full/)
  expect(await looksWrong(page)).toEqual([])
  expect(await axeFinds(page)).toEqual([])
  await page.getByRole('button', { name: 'How this was measured' }).click()
  await expect(page.locator('[data-fact=lost].alert')).toContainText('dropped, because a thread wrote faster')
})
