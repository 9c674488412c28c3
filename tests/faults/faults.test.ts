/** The short form of the fault matrix; `npm run faults` makes the long one, in which each piece is also switched off. */
import { beforeAll, describe, expect, test } from 'vitest'
import { bundleChild } from '../support/bundleChild'
import { describeRedis } from '../support/describeRedis'
import { newSeed } from '../support/seed'
import { bites } from './bites'
import { runCase } from './case'
import { caseNamed, matrix } from './index'

const seed = newSeed()
const short = matrix.filter((fault) => fault.short)

describeRedis('redis', () => {
  beforeAll(() => bundleChild('tests/faults/faultConsumer.ts'))

  // Most of each is waiting for a lease to end; every case has a server of its own.
  describe.concurrent(`faults, seed ${seed}`, () => {
    test.each(short)(
      '$name',
      async (fault) => {
        const { pushed, finished, dead, there } = await runCase(fault, seed)
        expect(finished + dead + there).toBe(pushed)
      },
      90_000,
    )

    test.each(bites.filter((bite) => bite.short))(
      'without $without, this fails: $name',
      async ({ without, name, wrong }) => {
        await expect(runCase(caseNamed(name), seed, { without, settleMs: 5000 })).rejects.toThrow(wrong)
      },
      90_000,
    )
  })
})
