/** That the comparison of pixels with spans sees the mistakes that a raster invites. In Chromium alone: the pixels are the same. */
import { expect, test } from '../support/app'
import { checkAll, long, opened } from '../support/chartPage/cases'
import type { Findings } from '../support/chartPage/oracle'
import { seededBugs } from '../support/chartPage/seededBugs'

const wrongIn = ({ checked: _, ...wrong }: Findings) => Object.values(wrong).reduce((sum, count) => sum + count, 0)

test.describe.configure({ timeout: long ? 600_000 : 120_000 })

for (const bug of seededBugs) {
  test(`it would be seen if ${bug.name}`, async ({ hostName }) => {
    const cases = await opened(hostName, checkAll, { bug })
    const seen = cases.filter(({ found }) => wrongIn(found) > 0)
    expect(seen.length, 'cases in which something is wrong').toBeGreaterThan(0)
  })
}
