/**
 * The plot of three made-up runs, pixel by pixel as it was when somebody last looked at it, the same in Chromium and Electron 22. Lanes are so low
 * that no text is in it, for fonts differ, and every task finishes, for each Chromium smooths the shapes of ends in its own way (`pixels.spec.ts`
 * looks at those).
 * A change of the raster that is meant: look at the pictures that the test leaves, then
 * LOOPSCOPE_GOLDEN=renew npx playwright test -c tests/playwright.config.ts golden.spec.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from '../support/app'
import { opened } from '../support/chartPage/cases'
import { million, type Synthetic } from '../support/syntheticRun'

const file = new URL('./golden.json', import.meta.url)
const lanes = 32
const scenes: Readonly<Record<string, { readonly run: Synthetic; readonly view: readonly [number, number] }>> = {
  bars: { run: { ...million, lanes, spans: 2000, failing: 0 }, view: [0, 1] },
  'a dozen spans in a column': { run: { ...million, lanes, spans: 400_000, failing: 0 }, view: [0, 1] },
  'columns and bars with gaps': { run: { ...million, lanes, spans: 400_000, failing: 0, pause: 4 }, view: [0.5, 0.51] },
}

test('the plot is painted as ever', async ({ hostName }, info) => {
  const golden: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  const painted: Record<string, string> = {}
  await opened(hostName, async ({ page }) => {
    for (const [name, { run, view }] of Object.entries(scenes)) {
      await page.evaluate((one) => window.chartPage.load(one), run)
      await page.evaluate(([from, to]) => window.chartPage.show(from, to), view)
      const { hash, png } = await page.evaluate(() => window.chartPage.picture())
      painted[name] = hash
      if (hash !== golden[name])
        writeFileSync(info.outputPath(`${name}.png`), Buffer.from(png.slice(png.indexOf(',') + 1), 'base64'))
    }
  })
  if (process.env['LOOPSCOPE_GOLDEN'] === 'renew') writeFileSync(file, `${JSON.stringify(painted, null, 2)}\n`)
  else expect(painted, `pictures are in ${info.outputDir}`).toEqual(golden)
})
