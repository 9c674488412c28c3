import type { Page } from 'playwright/test'
import { expect, onOneHost, test } from '../support/app'
import { closedPort } from '../support/closedPort'
import { looksWrong } from '../support/looks'

const sizes = [
  { width: 1280, height: 720 },
  { width: 2560, height: 1440 },
]

/** Looks at the screen as it is in both sizes and both themes. */
async function look(page: Page, screen: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      expect(await looksWrong(page), `${screen}, ${size.width} × ${size.height}, ${colorScheme}`).toEqual([])
    }
  }
}

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true })
const again = (page: Page) => page.getByRole('button', { name: 'Run again', exact: true })
const pick = async (page: Page, id: string) => {
  if (!(await page.locator('.sidebar').isVisible()))
    await page.getByRole('button', { name: 'Show the list of programmes' }).click()
  await page.locator(`[data-scenario="${id}"]`).click()
}

test.beforeEach(({ hostName }) => onOneHost(hostName, 'electron'))

test('the inspection sees what is wrong', async ({ app }) => {
  await expect(app.locator('[data-scenario]').first()).toBeVisible()
  await app.evaluate(() => {
    const add = (text: string, style: Partial<CSSStyleDeclaration>) => {
      const element = document.createElement('p')
      element.textContent = text
      Object.assign(element.style, { position: 'absolute', left: '600px', top: '70px', whiteSpace: 'nowrap', ...style })
      document.body.append(element)
    }
    add('a text that is much too long for its box', { width: '60px', overflow: 'hidden' })
    add('one', { top: '90px' })
    add('two', { top: '92px', left: '604px' })
    add('faint', { top: '120px', color: '#999', backgroundColor: '#fff' })
  })
  const wrong = await looksWrong(app)
  for (const what of [/^cut off by .* “a text/, /^over one another: .*“one”.*“two”/, /^contrast 2.85: .*“faint”/]) {
    expect(wrong).toContainEqual(expect.stringMatching(what))
  }
})

test('nothing has run, the legend, and a field that is wrong', async ({ app }) => {
  await expect(app.locator('[data-scenario]').first()).toBeVisible()
  await look(app, 'first page')
  await app.getByRole('button', { name: 'Legend' }).click()
  await look(app, 'legend')
  await pick(app, 'join')
  await app.getByRole('textbox', { name: 'threads' }).fill('900')
  await expect(run(app)).toBeDisabled()
  await look(app, 'wrong parameter')
})

test('one programme: ready to run, running, finished, without panels', async ({ open }) => {
  const { page } = await open(['--scenario', 'sync-scheduling'])
  await expect(run(page)).toBeEnabled()
  await look(page, 'idle')
  await run(page).click()
  await expect(page.getByText('holds the loop').first()).toBeVisible()
  await look(page, 'running')
  await page.keyboard.press(' ')
  await expect(again(page)).toBeEnabled()
  await page.getByLabel('Speed').selectOption('20')
  await again(page).click()
  await expect(page.getByText(/^Finished in/).first()).toBeVisible()
  await page.locator('tr[data-task="second"]').click()
  await expect(page.getByText('because').first()).toBeVisible()
  await look(page, 'finished')
  await page.keyboard.press('\\')
  await expect(page.locator('.panes')).toHaveCount(0)
  await look(page, 'without panels')
})

test('tasks in tasks, marks and a loop that lives on', async ({ open }) => {
  const { page } = await open(['--scenario', 'wait', '--set', 'timeout=1.5', '--speed', '10'])
  await run(page).click()
  await expect(again(page)).toBeEnabled()
  await expect(page.locator('.moments li').filter({ hasText: 'note' })).toHaveCount(1)
  await look(page, 'wait')
  await pick(page, 'run-forever')
  await run(page).click()
  await expect(page.locator('.key')).toContainText('loop runs')
  await look(page, 'run forever, running')
})

test('a contrast whose shorter run left a task behind says so', async ({ open }) => {
  const { page } = await open(['--scenario', 'stop-too-early', '--speed', '20'])
  const contrast = page.getByRole('button', { name: 'Contrast', exact: true })
  await expect(contrast).toBeEnabled()
  await contrast.click()
  await expect(page.locator('.result .because')).toContainText('In “Stopped too early” second did not end')
  await look(page, 'contrast with a task left behind')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByText('中 / EN').click()
  await expect(page.locator('.timeline-caption b')).toHaveText(['停得太早', '先 gather 再停止'])
})

test('contrasts of two and of four programmes', async ({ open }) => {
  const { page } = await open(['--scenario', 'sync-scheduling', '--speed', '20'])
  const contrast = page.getByRole('button', { name: 'Contrast', exact: true })
  await expect(contrast).toBeEnabled()
  await contrast.click()
  await look(page, 'contrast, running')
  await expect(page.locator('.result [data-total]')).toHaveCount(2)
  await look(page, 'contrast of two')
  await pick(page, 'join')
  await contrast.click()
  await expect(page.locator('.result [data-total]')).toHaveCount(4, { timeout: 20_000 })
  await look(page, 'contrast of four')
  await page.getByLabel('Align at').selectOption('main’s end')
  await expect(page.getByText('four runs, 0 is: main’s end')).toBeVisible()
  await look(page, 'contrast of four, aligned')
})

test('a queue that cannot be reached, and the one in memory', async ({ open }) => {
  const { page } = await open([
    '--scenario',
    'redis-queue',
    '--set',
    `url=redis://127.0.0.1:${await closedPort()}`,
    '--speed',
    '20',
  ])
  await look(page, 'queue, idle')
  await run(page).click()
  await expect(page.getByRole('heading', { name: 'does not answer' })).toBeVisible()
  await look(page, 'Redis not reachable')
  await page.getByRole('button', { name: 'Use an in-memory queue' }).click()
  await page.getByLabel('Values to push').fill('5 3 1 abc')
  await page.getByRole('button', { name: 'Push', exact: true }).click()
  await expect(page.locator('[data-figure="failed"] dd')).toHaveText('1')
  await expect(page.locator('[data-figure="finished"] dd')).toHaveText('3')
  await look(page, 'queue in memory')
  // In a film: three rows of tasks, main and consumer can be read.
  await page.setViewportSize({ width: 1280, height: 720 })
  await expect(page.locator('.timeline-heads')).toHaveClass(/lane-(28|44|64)/)
})
