import { expect, runButton, test } from '../support/app'

test('no page but ours: neither navigation nor window', async ({ open }) => {
  const { page, electron } = await open()
  const before = page.url()
  await page.evaluate(() => {
    window.open('https://example.invalid/')
    window.location.href = 'https://example.invalid/'
  })
  await page.waitForTimeout(300)
  expect(page.url()).toBe(before)
  expect(electron?.windows()).toHaveLength(1)
})

test('stopping in mid-run, again and again, leaves the app alive', async ({ open }) => {
  for (const scenario of ['join', 'sync-scheduling']) {
    const { page, quit } = await open(['--scenario', scenario])
    for (let n = 0; n < 8; n++) {
      await runButton(page).click()
      const stop = page.getByRole('banner').getByRole('button', { name: /^Stop/ })
      await expect(stop).toBeEnabled()
      await stop.click()
      await expect(runButton(page)).toBeEnabled()
    }
    expect(await quit()).toBe(0)
  }
})

test('quitting while the page still loads ends the app well', async ({ open }) => {
  const codes: (number | null)[] = []
  for (let n = 0; n < 5; n++) codes.push(await (await open()).quit())
  expect(codes).toEqual([0, 0, 0, 0, 0])
})
