/** What stands between a page and somebody who uses it with a keyboard, a screen reader or large type. */
import { createRequire } from 'node:module'
import type { Page } from 'playwright/test'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
  }[]
}
declare const axe: { run(options: object): Promise<AxeResult> }

/** What axe finds, as sentences. The page's policy forbids scripts of others, so axe comes in through the debugger, which no page can. */
export async function axeFinds(page: Page): Promise<string[]> {
  const { readFile } = await import('node:fs/promises')
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await readFile(axePath, 'utf8'))
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }))
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 160)} (${failureSummary ?? ''})`),
  )
}

export interface Stop {
  readonly name: string
  /** A ring or another outline of at least 2 px can be seen on it or, for the chart, around it. */
  readonly ring: boolean
  /** It is inside the window. */
  readonly inSight: boolean
}

/** Goes through the page with Tab and tells where it stops, until it is back at the first stop. */
export async function tabStops(page: Page, atMost = 80): Promise<Stop[]> {
  const stops: Stop[] = []
  // The first stop of all; without it Tab would go on from wherever the focus was last.
  await page.locator('.skip').focus()
  for (let i = 0; i < atMost; i++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(stopNow)
    if (!stop || stops.some(({ name }) => name === stop.name)) break
    stops.push(stop)
  }
  return stops
}

/** Runs in the page. Null: the focus has left it. */
function stopNow(): Stop | null {
  const element = document.activeElement
  if (!element || element === document.body || element.classList.contains('skip')) return null
  const described = element.getAttribute('aria-label') ?? element.textContent?.trim().replace(/\s+/g, ' ').slice(0, 40) ?? ''
  const index = [...document.querySelectorAll('*')].indexOf(element)
  const outlined = [element, element.closest('.timeline')].some((at) => {
    if (!at) return false
    const { outlineStyle, outlineWidth } = getComputedStyle(at)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })
  const { left, top, right, bottom } = element.getBoundingClientRect()
  const inSight = right > 0 && bottom > 0 && left < window.innerWidth && top < window.innerHeight
  return { name: `${element.localName} ${index} ${described}`, ring: outlined, inSight }
}
