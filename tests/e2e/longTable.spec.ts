/** The table of tasks where it is higher than an element can be, alone on a page: its last row can be reached, by keys and by scrolling. */
import type { Page } from 'playwright/test'
import { expect, onOneHost, test } from '../support/app'
import { openedTable } from '../support/chartPage/cases'
import { million, spansPerTask } from '../support/syntheticRun'

const tasks = 200_000
const row = (page: Page, at: number) => page.locator(`tr[data-row="${at}"]`)
const scroller = (page: Page) => page.locator('.table-scroll')

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('the first, the last and any row of a long table can be reached, and it is sorted while the page lives', async ({
  hostName,
}) => {
  await openedTable(hostName, async ({ page }) => {
    expect(await page.evaluate((run) => window.tablePage.load(run), { ...million, spans: spansPerTask * tasks })).toBe(tasks)
    await expect(page.locator('table')).toHaveAttribute('aria-rowcount', String(tasks + 1))
    const height = await scroller(page).evaluate((element) => element.scrollHeight)
    expect(height).toBeLessThan(4_100_000)

    await row(page, 0).focus()
    await page.keyboard.press('End')
    await expect(row(page, tasks - 1)).toBeFocused()
    await expect(row(page, tasks - 1)).toBeInViewport({ ratio: 0.9 })
    await expect(row(page, tasks - 1)).toHaveAttribute('aria-rowindex', String(tasks + 1))
    await page.keyboard.press('ArrowUp')
    await expect(row(page, tasks - 2)).toBeFocused()

    // As the thumb is dragged to the middle; then a notch of the wheel.
    await scroller(page).evaluate((element) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) / 2
    })
    const first = () =>
      scroller(page).evaluate((element) => {
        const below = element.getBoundingClientRect().top + 26
        const rows = [...element.querySelectorAll<HTMLElement>('tr[data-row]')]
        return Number(rows.find((one) => one.getBoundingClientRect().top >= below)?.dataset['row'])
      })
    await expect.poll(first).toBeGreaterThan(0.45 * tasks)
    const before = await first()
    expect(before).toBeLessThan(0.55 * tasks)
    await scroller(page).evaluate((element) => {
      element.scrollTop += 280
    })
    await expect.poll(first).toBe(before + 10)

    await scroller(page).evaluate((element) => {
      element.scrollTop = 0
    })
    await expect(row(page, 0)).toBeInViewport({ ratio: 0.9 })
    // It fails where the largest is never first.
    await page.evaluate(() => window.tablePage.sort('waited'))
    await expect(page.locator('table')).toHaveAttribute('aria-rowcount', String(tasks + 1))
  })
})
