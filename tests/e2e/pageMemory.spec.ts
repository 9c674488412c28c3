/** What the page takes does not grow with the runs that it has shown: the last of each programme is kept, no other. */
import type { Page } from 'playwright'
import { expect, runButton, test } from '../support/app'

const before = 3
const more = 12

/** Bytes of the buffers that are alive, and elements of the document and beside it. */
async function taken(page: Page): Promise<{ buffers: number; nodes: number }> {
  const line = await page.context().newCDPSession(page)
  await line.send('HeapProfiler.collectGarbage')
  const { backingStorageSize } = (await line.send('Runtime.getHeapUsage')) as unknown as { backingStorageSize: number }
  const { nodes } = await line.send('Memory.getDOMCounters')
  await line.detach()
  return { buffers: backingStorageSize, nodes }
}

test('runs that are shown no more are let go of', async ({ open, hostName }) => {
  test.skip(hostName === 'electron', 'the same page, and Electron 22 does not tell the size of its buffers')
  const { page } = await open(['--scenario', 'join', '--speed', '100'])
  const runs = async (count: number) => {
    for (let n = 0; n < count; n++) {
      await runButton(page).click()
      await expect(page.locator('header .stop:enabled')).toBeHidden()
      await page.locator('header .run:enabled').waitFor()
      await page.waitForTimeout(300)
    }
  }
  await runs(before)
  const first = await taken(page)
  await runs(more)
  const last = await taken(page)
  expect(last.buffers).toBeLessThan(1.5 * first.buffers)
  expect(last.nodes).toBeLessThan(first.nodes + 100)
})
