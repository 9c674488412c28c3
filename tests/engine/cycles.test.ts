/** What an engine's process takes after many starts and stops, and whether it lives through them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCycle, anyLargeCycle, onlyKeptMemory, runCycles, type Taken } from '../support/cycles'
import { newSeed } from '../support/seed'

const missing = process.platform === 'linux' ? null : `${process.platform} has no /proc, in which threads are counted`
const long = Boolean(process.env['LOOPSCOPE_LONG'])
const count = long ? 1000 : 200
const limit = long ? 20 * 60_000 : 4 * 60_000

const runtime = process.env['ELECTRON_OVERRIDE_DIST_PATH']
const electron =
  runtime === undefined ? undefined : ['electron', 'electron.exe'].map((name) => join(runtime, name)).find(existsSync)
const noElectron = electron === undefined ? ' (skipped: no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH)' : ''

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
/** Over five cycles, the last of which is `cycle`: one measurement of memory differs from the next by some per cent. */
const around = (taken: readonly Taken[], cycle: number, what: (one: Taken) => number) =>
  median(taken.slice(cycle - 5, cycle).map(what))

describe.skipIf(missing)(`start and stop${missing ? ` (skipped: ${missing})` : ''}`, () => {
  test(`${count} times: no thread, no handle and no memory is left behind`, { timeout: limit }, async () => {
    const seed = newSeed()
    const taken = await runCycles(fc.sample(anyCycle, { seed, numRuns: count }), onlyKeptMemory)
    const grown = (what: (one: Taken) => number) => around(taken, count, what) / around(taken, 50, what)
    const told = `seed ${seed}`
    expect(taken.length, told).toBe(count)
    expect(new Set(taken.flatMap(({ phases }) => phases)), told).toEqual(new Set(['finished', 'stopped']))
    const { threads, handles } = taken[19]!
    expect(taken.at(-1), told).toMatchObject({ threads, handles })
    expect(
      grown(({ rssBytes }) => rssBytes),
      `${told}: memory of the process`,
    ).toBeLessThan(1.1)
    expect(
      grown(({ heapBytes }) => heapBytes),
      `${told}: heap`,
    ).toBeLessThan(1.1)
  })

  // Node 16 aborts where a worker is terminated while it loads or ends: the oldest Electron has it.
  test.skipIf(!electron)(`in Electron’s Node, with 64 threads${noElectron}`, { timeout: limit }, async () => {
    const seed = newSeed()
    const numRuns = long ? 200 : 25
    const taken = await runCycles(fc.sample(anyLargeCycle, { seed, numRuns }), electron === undefined ? {} : { node: electron })
    const { threads, handles } = taken[4]!
    expect(taken.length, `seed ${seed}`).toBe(numRuns)
    expect(taken.at(-1), `seed ${seed}`).toMatchObject({ threads, handles })
  })
})
