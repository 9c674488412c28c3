/** The table of tasks: sorted, searched, and walked through from one that was found to the next. */
import type { Page } from 'playwright/test'
import { expect, onOneHost, runButton, test } from '../support/app'

const rows = (page: Page) => page.locator('.pane.tasks tbody tr[data-task]')
const names = (page: Page) => rows(page).evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['task']))
const head = (page: Page, name: string) => page.locator('.pane.tasks').getByRole('columnheader', { name })

/** What stands in the column, where there is a figure. */
const figures = (page: Page, name: string) =>
  page.locator('.pane.tasks table').evaluate((table, column) => {
    const at = [...table.querySelectorAll('thead th')].findIndex((one) => one.textContent === column)
    const cells = [...table.querySelectorAll('tbody tr[data-task]')].map((row) => row.children[at]?.textContent ?? '')
    return cells.filter((text) => /^\d/.test(text)).map(Number)
  }, name)

async function runToItsEnd(page: Page): Promise<void> {
  await runButton(page).click()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: 20_000 })
}

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('heads sort: the largest first, the other way round, and as they were made', async ({ open }) => {
  const { page } = await open(['--scenario', 'random-ten', '--speed', '10'])
  await runToItsEnd(page)
  const made = await names(page)
  const column = head(page, 'suspended')
  const press = () => column.getByRole('button').click()
  await press()
  await expect(column).toHaveAttribute('aria-sort', 'descending')
  const largestFirst = await figures(page, 'suspended')
  expect(largestFirst.length).toBeGreaterThan(9)
  expect(largestFirst).toEqual([...largestFirst].sort((a, b) => b - a))
  await press()
  await expect(column).toHaveAttribute('aria-sort', 'ascending')
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: /Find tasks/ })).toBeFocused()
  expect(await figures(page, 'suspended')).toEqual([...largestFirst].sort((a, b) => a - b))
  // It was never suspended: without a figure it stands last, either way round.
  expect((await names(page)).at(-1)).toBe('main')
  await press()
  await expect(column).not.toHaveAttribute('aria-sort')
  expect(await names(page)).toEqual(made)
})

test('what is looked for is found by its end, counted, and gone through; Escape shows all again', async ({ open }) => {
  const { page } = await open(['--scenario', 'daemon-threads', '--speed', '10'])
  await runToItsEnd(page)
  const all = await names(page)
  await page.keyboard.press('/')
  const field = page.getByRole('searchbox', { name: /Find tasks/ })
  await expect(field).toBeFocused()
  await field.fill('KILLED')
  await expect(page.locator('.find > .count')).toHaveText(`5 of ${all.length}`)
  expect(await names(page)).toEqual(all.filter((name) => name !== 'main'))
  const expectSelected = (name: string) => expect(page.locator('.pane.tasks tr.on')).toHaveAttribute('data-task', name)
  await field.press('Enter')
  await expectSelected('thread-1')
  await field.press('Enter')
  await expectSelected('thread-2')
  await field.press('Shift+Enter')
  await field.press('Shift+Enter')
  await expectSelected('thread-5')
  await field.fill('nobody is called that')
  await expect(page.getByText('No task has that in its name, function, state, end or error.')).toBeVisible()
  await field.press('Escape')
  expect(await names(page)).toEqual(all)
  await page.getByRole('combobox', { name: 'What became of the tasks in the table' }).selectOption('going on')
  await expect(page.getByText('No task fits what is asked for above.')).toBeVisible()
  await page.getByRole('combobox', { name: 'What became of the tasks in the table' }).selectOption('killed')
  await expect(page.locator('.find > .count').first()).toHaveText(`5 of ${all.length}`)
  await page.getByRole('combobox', { name: 'Lane of the tasks in the table' }).selectOption('thread-3')
  expect(await names(page)).toEqual(['thread-3'])
  await expect(page.locator('.pane.tasks table')).toHaveAttribute('aria-rowcount', '2')
})
