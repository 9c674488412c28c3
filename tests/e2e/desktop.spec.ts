import { expect, test } from '../support/app'

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
