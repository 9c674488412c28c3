/** The built app with a synthetic run in its engine's history, and the probe at the page's line. */
import type { Page } from 'playwright'
import { sectionNames } from '#protocol/frame'
import { type BenchResult, skip } from '../bench'
import { type HostKind, openerOf } from './apps'
import { installLineProbe } from './lineProbe'

/** Of the frame's header: two words for each section, of which the second is the number of its rows. */
const headerBytes = 56
const spansAt = headerBytes + sectionNames.indexOf('spans') * 8 + 4

const hosts: readonly { readonly kind: HostKind; readonly suffix: string }[] = [
  { kind: 'electron', suffix: '' },
  { kind: 'browser', suffix: 'browser' },
]

type Head = Pick<BenchResult, 'name' | 'unit' | 'better'>

/** `measure` gets the page once the run's spans have been made and shown; `nameOf` makes the names of its figures. */
export async function onSyntheticRun(
  head: Head,
  parameters: Readonly<Record<string, string | number>>,
  measure: (page: Page, nameOf: (part: string) => string) => Promise<readonly BenchResult[]>,
): Promise<BenchResult[]> {
  const results: BenchResult[] = []
  for (const { kind, suffix } of hosts) {
    const nameOf = (part: string) => {
      const parts = [suffix, part].filter((one) => one !== '').join('-')
      return parts === '' ? head.name : `${head.name}:${parts}`
    }
    const opener = await openerOf(kind)
    if ('missing' in opener) {
      results.push(skip({ ...head, name: nameOf('') }, opener.missing))
      continue
    }
    const app = await opener.open([
      '--scenario=synthetic',
      ...Object.entries(parameters).map(([name, value]) => `--set=${name}=${value}`),
    ])
    try {
      const { page } = app
      await page.addInitScript(installLineProbe, spansAt)
      await page.reload()
      await page.locator('header .run:enabled').click()
      // Generous: it may be made on a busy machine.
      await page.waitForFunction((spans) => window.lineProbe.come() >= spans, Number(parameters['spans']), { timeout: 120_000 })
      await page.locator('.coming').waitFor({ state: 'detached' })
      results.push(...(await measure(page, nameOf)))
    } finally {
      await app.quit()
    }
  }
  return results
}
