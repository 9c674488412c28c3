/** What `bench --json` prints is called by programs outside the project. */
import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundleBench } from '../../electron/start/bundleBench.mjs'
import { type BenchResult, quantile, summarise } from './bench'

let file: string
beforeAll(async () => {
  file = await bundleBench(process.cwd())
})

function bench(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

describe('the command line of the benchmarks', () => {
  it('prints one document of results and nothing else', () => {
    const { code, out } = bench('mark-cost', '--rounds', '3', '--json')
    const results: BenchResult[] = JSON.parse(out)
    expect(code).toBe(0)
    expect(results).toEqual([
      {
        name: 'mark-cost',
        unit: 'µs',
        better: 'lower',
        ours: expect.any(Number),
        anchors: { clock: expect.any(Number), calibration: expect.any(Number) },
        ratios: { clock: expect.any(Number), calibration: expect.any(Number) },
        runs: 3,
      },
    ])
    expect(results[0]!.ours).toBeGreaterThan(0)
  })

  it('says what is missing instead of failing', () => {
    // What the tests themselves must not do without is no matter of the benchmarks.
    const { PATH: _path, LOOPSCOPE_REQUIRE: _required, ...env } = process.env
    const { status, stdout } = spawnSync(process.execPath, [file, 'join-overhead', '--json'], {
      encoding: 'utf8',
      env: { ...env, PATH: '' },
    })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual([
      {
        name: 'join-overhead',
        unit: 'ms',
        better: 'lower',
        ours: null,
        anchors: {},
        ratios: {},
        runs: 0,
        skipped: 'no python3 on the PATH',
      },
    ])
  })

  it.each([
    [['marks'], 'There is no benchmark “marks”; there are '],
    [['mark-cost', '--rounds', '0'], '--rounds: “0” is not a whole number from 1 to 9999.'],
    [['mark-cost', '--minutes', 'ten'], '--minutes: “ten” is not a number from 0.5 to 1440.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j with code 2 and one line', (args, problem) => {
    const { code, out, err } = bench(...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(`loopscope bench: ${problem}`)
    expect(err.trim()).not.toContain('\n')
  })
})

describe('the figures', () => {
  it('are medians, and ratios are taken inside each round', () => {
    const head = { name: 'x', unit: 'ms', better: 'lower' } as const
    const rounds = [
      { ours: 1, other: 1 },
      { ours: 2, other: 4 },
      { ours: 9, other: 3 },
    ]
    expect(summarise(head, rounds)).toEqual({ ...head, ours: 2, anchors: { other: 3 }, ratios: { other: 1 }, runs: 3 })
  })

  it('of a share lie between two values in proportion', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(quantile([5, 1, 2, 3, 4], 0.95)).toBeCloseTo(4.8)
    expect(quantile([7], 0.99)).toBe(7)
  })
})
