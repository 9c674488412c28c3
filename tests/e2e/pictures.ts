/** The pictures of the README, made by the app itself: real runs in a real window. Run on demand; see playwright.config.ts. */
import { expect, runButton, test } from '../support/app'

test('contrast', async ({ open }) => {
  const { page, electron } = await open()
  await electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 720))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.getByRole('button', { name: 'Run the contrast' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/9\.0\s*s against\s+6\.0\s*s/, { timeout: 30_000 })
  await expect(runButton(page)).toBeEnabled()
  await page.screenshot({ path: 'renderer/assets/contrast.png' })
})
