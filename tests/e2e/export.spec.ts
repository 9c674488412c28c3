/** What is saved from the page is the run that it shows, on either host. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright/test'
import type { RunDocument } from '#protocol/document'
import { spansCsv } from '#protocol/spanRows'
import { axeFinds } from '../support/access'
import { chromiumFile, expect, onOneHost, runButton, test } from '../support/app'
import type { OpenedApp } from '../support/launch'
import { readCsv } from '../support/rfc4180'
import { saved } from '../support/saved'
import { all, readXml } from '../support/xml'

const folder = mkdtempSync(join(tmpdir(), 'loopscope-export-'))
test.afterAll(() => rmSync(folder, { recursive: true }))

const button = (page: Page) => page.getByRole('button', { name: 'Export', exact: true })
const item = (page: Page, words: string) => page.getByRole('menuitem', { name: words })
const csv = 'Bars as CSV, for a spreadsheet'
const json = 'The whole run as JSON'
const pictures = ['Picture as PNG, 1×', 'Picture as PNG, 2×', 'Picture as PNG, 4×', 'Picture as SVG']
/** Of what lies under the chart. */
const dark = [0x16, 0x18, 0x1b, 255]
const light = [255, 255, 255, 255]

/** The first pixel of a picture, as the page's own browser shows it. */
const corner = (page: Page, type: string, bytes: Buffer) =>
  page.evaluate(
    async (url) => {
      const image = new Image()
      image.src = url
      await image.decode()
      const g = new OffscreenCanvas(image.width, image.height).getContext('2d')!
      g.drawImage(image, 0, 0)
      return [...g.getImageData(0, 0, 1, 1).data]
    },
    `data:${type};base64,${bytes.toString('base64')}`,
  )

async function finished({ page }: OpenedApp): Promise<void> {
  await runButton(page).click()
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: 20_000 })
  await expect(button(page)).toBeEnabled()
}

test('a run is saved whole, and its bars as CSV', async ({ open }) => {
  const app = await open(['--scenario', 'join', '--speed', '50'])
  const { page } = app
  await finished(app)
  const files = []
  for (const words of [json, csv]) {
    await button(page).click()
    files.push(await saved(app, () => item(page, words).click()))
  }
  expect(files.map(({ name }) => name)).toEqual(['loopscope-join.json', 'loopscope-join.csv'])
  const document: RunDocument = JSON.parse(files[0]!.text)
  expect(document).toMatchObject({ scenario: 'join', speed: 50, idealSeconds: 20 })
  expect(files[1]!.text).toBe([...spansCsv(document)].join(''))

  // As the table beside it has them.
  const started = await page.locator('tr[data-task]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-task')))
  expect(document.tasks.map(({ name }) => name).sort()).toEqual(started.sort())
  const [, ...records] = readCsv(files[1]!.text)
  expect(records).toHaveLength(document.spans.length)
  expect(Math.max(...records.map(([, , , , end]) => Number(end)))).toBe(document.totalSeconds)
  await expect(page.locator('.total .figure')).toContainText(document.totalSeconds.toFixed(3))
})

test('the command line draws what was saved, by the runtime of this host', async ({ open, hostName }) => {
  const app = await open(['--scenario', 'nested-coroutines', '--speed', '50'])
  await finished(app)
  await button(app.page).click()
  const { text } = await saved(app, () => item(app.page, json).click())
  const file = join(folder, 'run.json')
  writeFileSync(file, text)
  const env = {
    ...process.env,
    CHROMIUM: chromiumFile,
    ...(hostName === 'browser' && { LOOPSCOPE_ELECTRON: join(folder, 'none') }),
  }
  const cli = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['out/main/cli.cjs', 'export', file, ...args], { env, encoding: 'buffer' })
  const [svg, png] = await Promise.all([cli('--svg'), cli('--png', '--scale', '2', '--width', '800')])
  expect([svg.stderr.toString(), png.stderr.toString()]).toEqual(['', ''])
  const read = readXml(svg.stdout.toString('utf8'))
  expect([read.attributes['width'], all(read, 'title')[0]!.text]).toEqual(['1400', 'Nested coroutines'])
  const words = ['outer', 'first', 'second', 'third', 'suspended', 'waits for the loop']
  expect(all(read, 'text').map(({ text }) => text)).toEqual(expect.arrayContaining(words))
  expect(png.stdout.readUInt32BE(16)).toBe(1600)
  expect(await corner(app.page, 'image/png', png.stdout)).toEqual(light)
})

test('of a contrast each run can be saved', async ({ open, hostName }) => {
  onOneHost(hostName)
  const app = await open(['--scenario', 'sync-scheduling', '--speed', '50'])
  const { page } = app
  await page.getByRole('button', { name: 'Contrast', exact: true }).click()
  await finished(app)
  await button(page).click()
  await expect(page.getByRole('menuitem')).toHaveText([
    /Synchronous.*CSV/,
    /Synchronous.*JSON/,
    /Asynchronous.*CSV/,
    /Asynchronous.*JSON/,
    ...pictures,
  ])
  const { name, text } = await saved(app, () => page.getByRole('menuitem').nth(3).click())
  expect(name).toBe('loopscope-async-scheduling.json')
  expect(JSON.parse(text).scenario).toBe('async-scheduling')

  // Of a contrast one picture, with all runs in it.
  await button(page).click()
  const svg = await saved(app, () => item(page, 'Picture as SVG').click())
  expect(svg.name).toBe('loopscope-sync-scheduling-contrast.svg')
  const read = readXml(svg.text)
  expect(all(read, 'title').map(({ text }) => text)).toEqual(['Synchronous against Asynchronous'])
  const words = ['first', 'second', 'suspended', 'loop blocked', expect.stringMatching(/^0\ss to \d+\ss of programme time$/)]
  expect(all(read, 'text').map(({ text }) => text)).toEqual(expect.arrayContaining(words))
  expect(await corner(page, 'image/svg+xml', svg.bytes)).toEqual(light)
})

test('a picture is drawn anew at each size, in the colours of the page', async ({ open, hostName }) => {
  onOneHost(hostName, 'electron')
  const app = await open(['--scenario', 'sync-scheduling', '--speed', '50'])
  const { page } = app
  await page.emulateMedia({ colorScheme: 'dark' })
  await finished(app)
  const files = []
  for (const words of pictures.slice(0, 2)) {
    await button(page).click()
    files.push(await saved(app, () => item(page, words).click()))
  }
  expect(files.map(({ name }) => name)).toEqual(['loopscope-sync-scheduling.png', 'loopscope-sync-scheduling@2x.png'])
  const [once, twice] = files.map(({ bytes }) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }))
  const chart = await page.locator('.timeline').boundingBox()
  expect(once!.width).toBe(Math.round(chart!.width) + 48)
  expect(twice).toEqual({ width: 2 * once!.width, height: 2 * once!.height })
  for (const { bytes } of files) expect(await corner(page, 'image/png', bytes)).toEqual(dark)
})

test('the menu is used by keys, says why it cannot be opened, and axe finds nothing', async ({ open, hostName }) => {
  onOneHost(hostName)
  const app = await open(['--scenario', 'sync-scheduling', '--speed', '1'])
  const { page } = app
  await expect(runButton(page)).toBeEnabled()
  await expect(button(page)).toBeDisabled()
  await expect(button(page)).toHaveAttribute('title', 'Nothing has run yet.')
  await runButton(page).click()
  await expect(button(page)).toBeDisabled()
  await expect(button(page)).toHaveAttribute('title', 'Can be saved when the run is over.')
  await expect(page.locator('tr[data-task="second"]')).toBeVisible()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(button(page)).toBeEnabled()

  await button(page).focus()
  await page.keyboard.press('Enter')
  await expect(item(page, csv)).toBeFocused()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await axeFinds(page), colorScheme).toEqual([])
  }
  await page.keyboard.press('ArrowDown')
  await expect(item(page, json)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(item(page, csv)).toBeFocused()
  await page.keyboard.press('End')
  await expect(item(page, pictures[3]!)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(item(page, csv)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(button(page)).toBeFocused()
  // A space on an item chooses it, and does not run the programme.
  await page.keyboard.press('Enter')
  const { text } = await saved(app, () => page.keyboard.press(' '))
  expect(readCsv(text).length).toBeGreaterThan(2)
  await expect(runButton(page)).toBeEnabled()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('menu')).toHaveCount(0)
})

test('the desktop app keeps no file but those', async ({ open, hostName }) => {
  test.skip(hostName === 'browser', 'the browser’s own rules hold there')
  const { page, electron } = await open()
  await electron!.evaluate(({ session }) => {
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    session.defaultSession.on('will-download', (event, download) => {
      seen.push(`${download.getURL().slice(0, 20)} ${event.defaultPrevented}`)
      event.preventDefault()
    })
  })
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = '/licences.html'
    link.download = 'licences.html'
    link.click()
  })
  const seen = () => electron!.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
  await expect.poll(seen).toEqual(['loopscope://app/lice true'])
})
