/** How long a process and all that it started take to go. */
import { expect } from 'playwright/test'
import { familyOf, footprintMissing, isRunning } from '../bench/support/processes'

/** Why it cannot be told here; null: it can. */
export const familyMissing: string | null = footprintMissing

/** Longer than any quit may take, so that a test can say how late it was. */
const patienceMillis = 10_000

/** ms from `quit` until the last one was gone; fails with those that stay. */
export async function millisToGo(pid: number, quit: () => unknown): Promise<number> {
  const family = familyOf([pid])
  const begin = performance.now()
  await quit()
  await expect.poll(() => family.filter(isRunning), { timeout: patienceMillis, intervals: [20] }).toEqual([])
  return performance.now() - begin
}
