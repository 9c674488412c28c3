/** Whoever cannot see well, hear it read, or use a mouse gets the same lesson. */
import type { Page } from 'playwright/test'
import { axeFinds } from '../support/access'
import { expect, onOneHost, runButton, test } from '../support/app'
import { closedPort } from '../support/closedPort'

const again = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Run again', exact: true })
const measured = (page: Page) => page.getByRole('button', { name: 'How this was measured' })

/** axe has nothing to say about the screen as it is, in both themes. */
async function accessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    expect(await axeFinds(page), `${screen}, ${colorScheme}`).toEqual([])
  }
}

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('axe finds nothing on the start page and the legend', async ({ app }) => {
  await expect(app.locator('[data-scenario]').first()).toBeVisible()
  await accessible(app, 'start')
  await app.getByRole('button', { name: 'Legend' }).click()
  await accessible(app, 'legend')
})

test('axe finds nothing before, in and after a run, in a contrast, and in the dialog of how it was measured', async ({
  open,
}) => {
  const { page } = await open(['--scenario', 'sync-scheduling'])
  await expect(runButton(page)).toBeEnabled()
  await accessible(page, 'idle')
  await runButton(page).click()
  await expect(page.getByText('holds the loop').first()).toBeVisible()
  await accessible(page, 'running')
  await page.keyboard.press(' ')
  await expect(again(page)).toBeEnabled()
  await page.getByLabel('Speed').selectOption('50')
  await again(page).click()
  await expect(page.getByText(/^Finished in/).first()).toBeVisible()
  await page.locator('tr[data-task="second"]').click()
  await accessible(page, 'finished')
  await measured(page).click()
  await expect(page.getByRole('dialog', { name: 'How this was measured' })).toBeVisible()
  await accessible(page, 'measured')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(measured(page)).toBeFocused()
  await page.getByRole('button', { name: 'Contrast', exact: true }).click()
  await expect(page.locator('.result [data-total]')).toHaveCount(2)
  await accessible(page, 'contrast')
})

test('axe finds nothing where Redis cannot be reached; failed attempts are in the key', async ({ open }) => {
  const { page } = await open(['--scenario', 'redis-queue', '--set', `url=redis://127.0.0.1:${await closedPort()}`])
  await runButton(page).click()
  await expect(page.getByRole('heading', { name: 'does not answer' })).toBeVisible()
  await expect(page.locator('.key')).toContainText('failed attempt')
  await accessible(page, 'Redis not reachable')
})

test('a screen reader hears at most one sentence a second', async ({ open }) => {
  const { page } = await open(['--scenario', 'join', '--speed', '10'])
  await expect(runButton(page)).toBeEnabled()
  await page.evaluate(() => {
    const heard: number[] = []
    Object.assign(window, { heard })
    new MutationObserver((changes) => {
      const live = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest('[aria-live], [role="status"]')
      if (changes.some(({ target }) => live(target))) heard.push(performance.now())
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await runButton(page).click()
  await expect(again(page)).toBeEnabled({ timeout: 20_000 })
  await page.waitForTimeout(1200)
  const heard = await page.evaluate(() => (window as unknown as { heard: number[] }).heard)
  expect(heard.length).toBeGreaterThan(0)
  const gaps = heard.slice(1).map((at, index) => at - heard[index]!)
  expect(gaps.filter((gap) => gap < 950)).toEqual([])
})

test('reduced motion: nothing takes time to change its look', async ({ open }) => {
  const { page } = await open(['--scenario', 'join'])
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(runButton(page)).toBeEnabled()
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .map((element) => [element.className, getComputedStyle(element)] as const)
      .filter(([, style]) => `${style.transitionDuration}, ${style.animationDuration}`.split(', ').some((time) => time !== '0s'))
      .map(([name]) => String(name)),
  )
  expect(moving).toEqual([])
})

test('forced colours: bars are told by pattern, in the two colours that there are', async ({ open }) => {
  const { page } = await open(['--scenario', 'join', '--speed', '50'])
  await runButton(page).click()
  await expect(again(page)).toBeEnabled()
  await page.locator('tr[data-task="thread-2"]').click()
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' })
  const cell = page.locator('tr[data-task="thread-2"] td').first()
  const [ink, ground] = await cell.evaluate((td) => [getComputedStyle(td).color, getComputedStyle(td).backgroundColor])
  expect(ink).not.toBe(ground)
  expect(ground).not.toBe('rgb(255, 255, 255)')
  const chroma = () =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.timeline-base')!
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      const share = { coloured: 0, drawn: 0 }
      for (let i = 0; i < data.length; i += 4) {
        const [r, g, b, a] = [data[i]!, data[i + 1]!, data[i + 2]!, data[i + 3]!]
        if (a < 128) continue
        share.drawn++
        if (Math.max(r, g, b) - Math.min(r, g, b) > 60) share.coloured++
      }
      return share
    })
  await expect.poll(async () => (await chroma()).coloured / (await chroma()).drawn).toBeLessThan(0.005)
  expect((await chroma()).drawn).toBeGreaterThan(10_000)
  expect(await axeFinds(page)).toEqual([])
})
