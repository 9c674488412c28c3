/** The programmes of groups A, B and C and some of F, each from a click on its name to its end, on real threads, a real loop, a real Redis, real processes. */
import type { Page } from 'playwright/test'
import { expect, onOneHost, runButton, test } from '../support/app'
import { redisMissing, startRedis } from '../support/redisServer'

interface Row {
  readonly task: string
  readonly started: number
  readonly finished: number
  readonly waited: number
  readonly end: string
}

/** The table of tasks, by its heads. */
async function rows(page: Page): Promise<Row[]> {
  const table = await page
    .locator('table')
    .first()
    .evaluate((element: HTMLTableElement) => ({
      heads: [...element.tHead!.rows[0]!.cells].map((cell) => cell.textContent!.trim()),
      rows: [...element.tBodies[0]!.rows].map((row) => [...row.cells].map((cell) => cell.textContent!.trim())),
    }))
  return table.rows.map((cells) => {
    const cell = (head: string) => cells[table.heads.indexOf(head)] ?? ''
    return {
      task: cell('task'),
      started: Number(cell('started')),
      finished: Number(cell('finished')),
      waited: Number(cell('waited')),
      end: cell('end'),
    }
  })
}

async function runFromClick(page: Page, name: string, speed: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name, exact: true }).click()
  await page.getByLabel('Speed').selectOption(speed)
  await runButton(page).click()
}
/** The run is over and its last frame is in the table: its phase is heard of a moment before. */
async function untilFinished(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: 30_000 })
  if ((await page.locator('table').count()) === 1)
    await expect.poll(async () => (await rows(page)).every((row) => row.end !== '—')).toBe(true)
}
/** All are seen on the oldest runtime; those that are so tagged, one of each kind, on both hosts. */
const both = { tag: '@both' }
test.beforeEach(({ hostName }, { tags }) => {
  if (!tags.includes(both.tag)) onOneHost(hostName, 'electron')
})
const threads = (all: readonly Row[]) => all.filter((row) => row.task !== 'main')

test('threads: main ends, the threads finish', both, async ({ app }) => {
  await runFromClick(app, 'Threads', '10')
  await untilFinished(app)
  const all = await rows(app)
  expect(threads(all).map((row) => row.end)).toEqual(Array(5).fill('finished'))
  expect(all[0]!.finished).toBeLessThan(2)
  for (const row of threads(all)) expect(row.finished).toBeGreaterThanOrEqual(4)
})

test('daemon threads: all are killed with main', async ({ app }) => {
  await runFromClick(app, 'Daemon threads', '1')
  await untilFinished(app)
  expect(threads(await rows(app)).map((row) => row.end)).toEqual(Array(5).fill('killed'))
  // The live region below says it, too, a moment later.
  await expect(app.getByText('5 daemon threads were killed with it').first()).toBeVisible()
})

test('join: five in order', async ({ app }) => {
  await runFromClick(app, 'Join, one by one', '10')
  await untilFinished(app)
  const all = threads(await rows(app))
  expect(all.map((row) => row.task)).toEqual(['thread-1', 'thread-2', 'thread-3', 'thread-4', 'thread-5'])
  for (let i = 1; i < 5; i++) expect(all[i]!.started).toBeGreaterThanOrEqual(all[i - 1]!.finished)
  expect(all[4]!.finished).toBeGreaterThanOrEqual(20)
  expect(all[4]!.finished).toBeLessThan(25)
})

test('start all, join all: they overlap', async ({ app }) => {
  await runFromClick(app, 'Start all, join all', '10')
  await untilFinished(app)
  for (const row of threads(await rows(app))) expect(row.finished).toBeLessThan(6)
})

test('synchronous: the second waits six seconds for the loop', both, async ({ app }) => {
  await runFromClick(app, 'Synchronous', '10')
  await untilFinished(app)
  const [first, second] = threads(await rows(app))
  expect(first!.finished).toBeGreaterThanOrEqual(6)
  expect(second!.waited).toBeGreaterThanOrEqual(5.5)
  expect(second!.finished).toBeGreaterThanOrEqual(9)
})

test('asynchronous: both at once, the shorter ends first', async ({ app }) => {
  await runFromClick(app, 'Asynchronous', '10')
  await untilFinished(app)
  const [first, second] = threads(await rows(app))
  expect(second!.finished).toBeLessThan(first!.finished)
  expect(first!.finished).toBeLessThan(8)
})

test('a blocking client: a staircase; a non-blocking one: all at once', async ({ app }) => {
  const requests = async () => (await rows(app)).filter((row) => row.task.startsWith('request-'))
  await runFromClick(app, 'Blocking client', '10')
  await untilFinished(app)
  const blocking = await requests()
  expect(blocking).toHaveLength(5)
  for (let i = 1; i < 5; i++) expect(blocking[i]!.started).toBeGreaterThanOrEqual(blocking[i - 1]!.finished)
  await runFromClick(app, 'Non-blocking client', '10')
  await untilFinished(app)
  const awaited = await requests()
  expect(Math.max(...awaited.map((row) => row.started))).toBeLessThan(Math.min(...awaited.map((row) => row.finished)))
})

test('a pool of processes: the chunks, all of them', both, async ({ open }) => {
  const { page } = await open(['--scenario', 'http-processes', '--speed', '100', '--set', 'processes=3', '--set', 'requests=36'])
  await page.getByRole('banner').getByRole('button', { name: /^Run/ }).click()
  await untilFinished(page)
  const chunks = (await rows(page)).filter((row) => row.task.startsWith('chunk-'))
  expect(chunks.map((row) => row.end)).toEqual(Array(12).fill('finished'))
  await expect(page.getByText('process-3', { exact: true }).first()).toBeVisible()
})

test('contrast says 9 s against 6 s with one click', both, async ({ app }) => {
  await app.getByRole('button', { name: 'Run the contrast' }).click()
  await expect(app.getByRole('heading', { level: 1 })).toHaveText(/9\.0\s*s against\s+6\.0\s*s/, { timeout: 30_000 })
})

test('the four thread programmes contrast, too', async ({ app }) => {
  await app.getByRole('navigation').getByRole('button', { name: 'Threads', exact: true }).click()
  await app.getByLabel('Speed').selectOption('10')
  await app.getByRole('button', { name: 'Contrast' }).click()
  await runButton(app).click()
  await untilFinished(app)
  const totals = await app.locator('[data-total]').allTextContents()
  const [threadsTotal, daemons, join, all] = totals.map(Number.parseFloat)
  expect(threadsTotal).toBeGreaterThanOrEqual(4)
  expect(threadsTotal).toBeLessThan(8)
  expect(daemons).toBeLessThan(3)
  expect(join).toBeGreaterThanOrEqual(20)
  expect(join).toBeLessThan(25)
  expect(all).toBeGreaterThanOrEqual(4)
  expect(all).toBeLessThan(8)
})

test('stop ends a run and says so', both, async ({ app }) => {
  await runFromClick(app, 'Join, one by one', '1')
  await expect(app.getByRole('row', { name: /thread-1/ })).toBeVisible()
  await app.getByRole('banner').getByRole('button', { name: /^Stop/ }).click()
  await untilFinished(app)
  await expect.poll(async () => (await rows(app)).map((row) => row.end)).toEqual(['killed', 'killed'])
})

test.describe('Redis', () => {
  test.skip(redisMissing !== null, redisMissing ?? '')

  test('pushes by any client appear at once, minutes later too', both, async ({ open }) => {
    const redis = await startRedis()
    try {
      const { page } = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`, '--speed', '10'])
      await runButton(page).click()
      await expect(page.getByRole('row', { name: /consumer/ })).toBeVisible()
      await redis.client.lpush('queue', '5', '3', '1')
      for (const name of ['1', '3', '5'])
        await expect(page.getByRole('row', { name: new RegExp(`^${name} `) })).toContainText('finished')
      const done = (await rows(page)).filter((row) => row.end === 'finished').sort((a, b) => a.finished - b.finished)
      expect(done.map((row) => row.task)).toEqual(['1', '3', '5'])
      await redis.client.lpush('queue', 'abc')
      await expect(page.getByRole('row', { name: /abc/ })).toContainText('failed')
      await page.getByRole('button', { name: /^Push/ }).click()
      await expect.poll(async () => (await rows(page)).filter((row) => row.end === 'finished').length).toBe(6)
      await page.getByRole('banner').getByRole('button', { name: /^Stop/ }).click()
      await untilFinished(page)
      expect(await redis.client.llen('queue')).toBe(0)
    } finally {
      await redis.stop()
    }
  })

  test('a filled list asks before anything is moved', async ({ open }) => {
    const redis = await startRedis()
    try {
      await redis.client.lpush('queue', '0.5', '0.4')
      const { page } = await open(['--scenario', 'redis-queue', '--set', `url=${redis.url}`])
      await runButton(page).click()
      await expect(page.getByRole('alert')).toContainText('2')
      expect(await redis.client.llen('queue')).toBe(2)
      await page.locator('[data-answer=consume]').click()
      await expect.poll(async () => (await rows(page)).filter((row) => row.end === 'finished').length).toBe(2)
    } finally {
      await redis.stop()
    }
  })
})

test('without Redis it says so, and a queue in memory takes its place', async ({ open }) => {
  const { page } = await open(['--scenario', 'redis-queue', '--set', 'url=redis://127.0.0.1:1', '--speed', '10'])
  await runButton(page).click()
  await expect(page.getByText('Redis at 127.0.0.1:1 does not answer.').first()).toBeVisible()
  await page.locator('[data-source=memory]').click()
  await page.getByRole('button', { name: /^Push/ }).click()
  await expect
    .poll(async () =>
      (await rows(page))
        .filter((row) => row.end === 'finished')
        .map((row) => row.task)
        .sort(),
    )
    .toEqual(['1', '3', '5'])
})
