/** In mid-run the page is loaded again, or its process dies: the run goes on, and the page comes back whole. */
import type { Page } from 'playwright/test'
import { expect, runButton, test } from '../support/app'
import { crash, inWindow, untilBack } from '../support/crash'
import { readTable } from '../support/table'

type Rows = ReturnType<typeof readTable>

/** Five threads that sleep 4 s one after the other, in 5 s of real time. */
const join = ['--scenario', 'join', '--speed', '4']
const allFinished = ['main', 'thread-1', 'thread-2', 'thread-3', 'thread-4', 'thread-5'].map((name) => [name, 'finished'])

/** The table when the second thread, but not yet the last, has started. */
async function midRun(page: Page): Promise<Rows> {
  await runButton(page).click()
  await expect.poll(async () => (await page.evaluate(readTable)).length).toBeGreaterThanOrEqual(3)
  const rows = await page.evaluate(readTable)
  expect(rows.length).toBeLessThan(6)
  return rows
}
/** What was seen before is there again, and what comes comes too. */
async function expectWhole(before: Rows, read: () => Promise<Rows>): Promise<void> {
  await expect.poll(async () => (await read()).length).toBeGreaterThanOrEqual(3)
  const [main, first] = await read()
  expect([main![1], first]).toEqual([before[0]![1], before[1]])
  await expect.poll(async () => (await read()).map(([name, , end]) => [name, end]), { timeout: 15_000 }).toEqual(allFinished)
}

const noticeShown = () => document.querySelector('.notice')?.textContent ?? null

test('a reload in mid-run', async ({ open }) => {
  const { page } = await open(join)
  const before = await midRun(page)
  await page.reload()
  await expectWhole(before, () => page.evaluate(readTable))
})

test('a crash of the page in mid-run', async ({ open }) => {
  const app = await open(join)
  const before = await midRun(app.page)
  if (app.electron) {
    await untilBack(app, await crash(app))
    await expectWhole(before, () => inWindow(app, readTable))
    expect(await inWindow(app, noticeShown)).toContain('The page had crashed and was loaded again')
  } else {
    const crashed = app.page.waitForEvent('crash')
    await Promise.any([app.page.goto('chrome://crash'), crashed])
    await crashed
    const next = await app.page.context().browser()!.newPage()
    await next.goto(app.address!)
    await expectWhole(before, () => next.evaluate(readTable))
  }
})
