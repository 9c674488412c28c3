/** The long form of the fault matrix: every case, every piece switched off, and random schedules. */
import { appendFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundleChild } from '../support/bundleChild'
import { describeRedis } from '../support/describeRedis'
import { newSeed } from '../support/seed'
import type { Account } from './account'
import { bites } from './bites'
import { type FaultCase, runCase } from './case'
import { caseNamed, matrix } from './index'
import { scheduleOf } from './schedules'

const seed = newSeed()
const limitMs = 180_000
/** Fewer where it is one of many long tests. */
const schedules = Number(process.env['LOOPSCOPE_SCHEDULES'] ?? 20)

/** A line of the table that `npm run faults` prints. */
function report(kind: 'case' | 'bite' | 'schedule', name: string, begun: number, said: Account | string): void {
  const file = process.env['LOOPSCOPE_FAULTS_REPORT']
  const line = { kind, name, seconds: (performance.now() - begun) / 1000, ...(typeof said === 'string' ? { said } : said) }
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`)
}

async function reported(kind: 'case' | 'schedule', fault: FaultCase, ownSeed: number): Promise<Account> {
  const begun = performance.now()
  try {
    const account = await runCase(fault, ownSeed)
    report(kind, fault.name, begun, account)
    return account
  } catch (error) {
    report(kind, fault.name, begun, `FAILED: ${error instanceof Error ? error.message : error}`)
    throw error
  }
}

describeRedis('redis', () => {
  beforeAll(() => bundleChild('tests/faults/faultConsumer.ts'))

  describe.concurrent(`every case, seed ${seed}`, () => {
    test.each(matrix)(
      '$name',
      async (fault) => {
        if (fault.missing) return report('case', fault.name, performance.now(), `skipped: ${fault.missing}`)
        const { pushed, finished, dead, there } = await reported('case', fault, seed)
        expect(finished + dead + there).toBe(pushed)
      },
      limitMs,
    )
  })

  describe.concurrent(`schedules, seed ${seed}`, () => {
    test.each(Array.from({ length: schedules }, (_, i) => scheduleOf(seed + i)))(
      '$name',
      async (fault) => {
        const { pushed, finished, dead } = await reported('schedule', fault, Number(fault.name.split(' ')[1]))
        expect(finished + dead).toBe(pushed)
      },
      limitMs,
    )
  })

  describe.concurrent('without a piece, its test fails', () => {
    test.each(bites)(
      'without $without: $name',
      async ({ without, name, wrong, settleMs = 8000 }) => {
        const begun = performance.now()
        const outcome = await runCase(caseNamed(name), seed, { without, settleMs }).then(
          () => 'PASSED: the test does not bite',
          (error: Error) => error.message,
        )
        report('bite', `without ${without.join(' and ')}: ${name}`, begun, outcome)
        expect(outcome).toMatch(wrong)
      },
      limitMs,
    )
  })
})
