import { expect, runButton, test } from '../support/app'

test('the packed app runs a programme from its archive and quits', async ({ open }) => {
  const { page, electron, quit } = await open(['--scenario', 'join', '--speed', '100'])
  expect(await electron?.evaluate(({ app }) => app.isPackaged)).toBe(true)
  await runButton(page).click()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled()
  expect(await quit()).toBe(0)
})
