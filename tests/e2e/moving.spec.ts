/** Moving about in the picture: by frame, fingers and keys, back and forth, and to what went wrong. */
import type { Page } from 'playwright/test'
import { expect, onOneHost, runButton, test } from '../support/app'

const finished = (page: Page) =>
  expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: 20_000 })
const surface = (page: Page) => page.getByRole('application')

/** Heads of lanes at the left, room for a label at the right, CSS px. */
const [heads, room] = [108, 24]

/** From when to when is seen, as a screen reader is told: "…; from 1.5 s to 6.0 s." */
async function seen(page: Page): Promise<readonly [number, number]> {
  const label = (await page.locator('.timeline-base').getAttribute('aria-label')) ?? ''
  const [, from = '', to = ''] = /from ([\d.]+)\ss to ([\d.]+)\ss/.exec(label) ?? []
  return [Number(from), Number(to)]
}

/** Waits until that part of the whole is seen, to one part in fifty of it. */
const expectSeen = (page: Page, whole: number, from: number, to: number) =>
  expect
    .poll(async () => (await seen(page)).map((time, i) => Math.abs(time / whole - [from, to][i]!) < 0.02))
    .toEqual([true, true])

async function runTo(page: Page): Promise<number> {
  await runButton(page).click()
  await finished(page)
  // The picture is told of once a second, and the run's last frame changes it.
  await expect.poll(async () => (await seen(page))[1]).toBeGreaterThan(9)
  await page.waitForTimeout(1100)
  return (await seen(page))[1]
}

test.beforeEach(({ hostName }) => onOneHost(hostName))

test('a frame fills the view, keys go back and forth, and two fingers pinch', async ({ open }) => {
  const { page } = await open(['--scenario', 'sync-scheduling', '--speed', '10'])
  const whole = await runTo(page)
  const box = (await surface(page).boundingBox())!
  const at = (share: number) => box.x + heads + (box.width - heads - room) * share
  await page.keyboard.down('Shift')
  await page.mouse.move(at(0.3), box.y + 60)
  await page.mouse.down()
  await page.mouse.move(at(0.6), box.y + 60, { steps: 5 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expectSeen(page, whole, 0.3, 0.6)
  await page.keyboard.press(',')
  await expectSeen(page, whole, 0, 1)
  await page.keyboard.press('.')
  await expectSeen(page, whole, 0.3, 0.6)
  await page.keyboard.press('0')
  const middle = box.x + heads + (box.width - heads - room) / 2
  const line = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
    line.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd' ? [] : [-apart, apart].map((x, id) => ({ x: middle + x, y: box.y + 60, id, radiusX: 5, radiusY: 5 })),
    })
  await touch('touchStart', 60)
  for (const apart of [70, 90, 120]) await touch('touchMove', apart)
  await touch('touchEnd', 120)
  // Twice as far apart: half as much is seen, the middle where it was.
  await expectSeen(page, whole, 0.25, 0.75)
})

test('N goes from one task that went wrong to the next, and says where there is none', async ({ open }) => {
  const { page } = await open(['--scenario', 'daemon-threads', '--speed', '10'])
  await runButton(page).click()
  await finished(page)
  // Their last frame may come after the word that the run is over.
  await expect(page.getByRole('cell', { name: 'killed' })).toHaveCount(5)
  const tip = page.locator('.timeline-tip')
  const told = async () => (await tip.textContent()) ?? ''
  await page.keyboard.press('n')
  await expect(tip).toContainText('killed')
  const first = await told()
  await page.keyboard.press('n')
  await expect(tip).not.toHaveText(first)
  await expect(tip).toContainText('killed')
  await page.keyboard.press('Shift+N')
  await expect(tip).toHaveText(first)
  await page.locator('[data-scenario="join"]').click()
  await runButton(page).click()
  await finished(page)
  await page.keyboard.press('n')
  await expect(page.getByText('No task failed or was killed.')).toBeVisible()
})

test('a live run that the user has moved away from says how to follow it again', async ({ open }) => {
  const { page } = await open(['--scenario', 'sync-scheduling'])
  await runButton(page).click()
  // The programme's own text has these words, too.
  await expect(page.locator('.sentence')).toContainText('holds the loop')
  const follow = page.getByRole('button', { name: 'Follow again' })
  await expect(follow).toHaveCount(0)
  await page.keyboard.press('w')
  await expect(follow).toBeVisible()
  await follow.click()
  await expect(follow).toHaveCount(0)
})
