/** A synthetic run, from the developer's entry to what is saved of it: it says everywhere that it is made up, and can be cancelled while it comes. */
import { axeFinds } from '../support/access'
import { expect, onOneHost, runButton, test } from '../support/app'

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('a big one shows how much of it has come, can be cancelled, and is gone then', async ({ open }) => {
  const { page } = await open(['--scenario', 'synthetic', '--set', 'spans=5000000'])
  await runButton(page).click()
  const progress = page.getByRole('progressbar')
  await expect.poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(10_000)
  expect(await progress.evaluate((bar: HTMLProgressElement) => [bar.max, bar.value < bar.max])).toEqual([5_000_000, true])
  await expect(page.getByText('synthetic: made up from seed 1, not measured').first()).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(progress).toHaveCount(0)
  await expect(page.locator('tr[data-task]')).toHaveCount(0)
  await expect(runButton(page)).toBeEnabled()
})

test('it is picked below the legend, and says that it is made up, also after a reload', async ({ app: page }) => {
  await page.getByRole('button', { name: 'Synthetic run' }).click()
  await expect(page.getByText('no bar of it comes from a measurement')).toBeVisible()
  await page.locator('input[name="spans"]').fill('3000')
  await page.locator('input[name="seed"]').fill('42')
  await runButton(page).click()
  const label = 'synthetic: made up from seed 42, not measured'
  for (const step of ['run', 'reloaded']) {
    if (step === 'reloaded') await page.reload()
    await expect(page.getByRole('contentinfo')).toContainText(label)
    await expect(page.locator('.heading')).toContainText(label)
    await expect(page.locator('.sentence')).toContainText('3,000 spans on 32 lanes; nothing here has run.')
  }
  // Nothing was measured, so nothing is said of how.
  await expect(page.getByRole('button', { name: 'How this was measured' })).toHaveCount(0)
  expect(await axeFinds(page)).toEqual([])
})
