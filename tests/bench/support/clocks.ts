/** One moment on two clocks. */
import type { Page } from 'playwright'

/** `there = here + offset`, all in ms; true to ± `error`. */
export interface Pairing {
  readonly offset: number
  readonly error: number
}

/** ms on the clock that marks are timed with, which all processes of a machine share. */
export const hereMillis = () => Number(process.hrtime.bigint()) / 1e6

const questions = 60

/** To the page's `performance.now`: the page is asked many times, and its answer lies between question and reply; the quickest reply is the most exact. */
export async function pairWithPage(page: Page): Promise<Pairing> {
  let best: Pairing = { offset: 0, error: Number.POSITIVE_INFINITY }
  for (let i = 0; i < questions; i++) {
    const asked = hereMillis()
    const theirs = await page.evaluate(() => performance.now())
    const replied = hereMillis()
    const error = (replied - asked) / 2
    if (error < best.error) best = { offset: theirs - (asked + replied) / 2, error }
  }
  return best
}

/** To the wall clock, which counts whole ms: at the moment when it moves on. */
export function pairWithWall(): Pairing {
  const first = Date.now()
  let before = hereMillis()
  for (;;) {
    const wall = Date.now()
    const now = hereMillis()
    if (wall !== first) return { offset: wall - (before + now) / 2, error: (now - before) / 2 }
    before = now
  }
}
