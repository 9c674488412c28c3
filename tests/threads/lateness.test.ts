import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Lateness, latenessBytes } from '../../electron/threads/lateness'
import { type Bench, bench } from '../support/runs'

vi.mock('../../electron/scenarios/index', () => import('../support/programmes/index'))

const create = () => new Lateness(new SharedArrayBuffer(latenessBytes), 0)

describe('lateness', () => {
  it('is nothing before anything was late', () => {
    expect(create().read()).toBeNull()
  })

  it('counts all, knows the largest exactly and the median within 5 %', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 41 }), { minLength: 1, maxLength: 60 }), (values) => {
        const lateness = create()
        for (const value of values) lateness.add(value)
        const sorted = [...values].sort((a, b) => a - b)
        const median = sorted[Math.ceil(sorted.length / 2) - 1]!
        const read = lateness.read()!
        expect(read).toMatchObject({ count: values.length, largest: sorted.at(-1) })
        expect(Math.abs(read.median / median - 1)).toBeLessThan(0.05)
      }),
    )
  })

  it('takes what is too small and too large for its steps', () => {
    const lateness = create()
    for (const value of [0, 0.4, 1e15]) lateness.add(value)
    expect(lateness.read()).toMatchObject({ count: 3, largest: 1e15 })
  })

  it('adds up what several views of the same memory add', () => {
    const shared = new SharedArrayBuffer(16 + latenessBytes)
    new Lateness(shared, 16).add(10)
    new Lateness(shared, 16).add(3000)
    expect(new Lateness(shared, 16).read()).toMatchObject({ count: 2, largest: 3000 })
  })
})

describe('of a run', () => {
  let engine: Bench
  beforeAll(() => {
    engine = bench('test-workers')
  })
  afterAll(() => engine.close())
  const latenessOf = async (scenario: string, what: string) => {
    const run = engine.start(scenario, { what })
    await run.over
    return run.info().measured.lateness!
  }

  it('blocking sleeps and timeouts are counted, in real seconds; what came in time is not', async () => {
    const lateness = await latenessOf('threads-test', 'joinTimeout')
    expect(lateness.count).toBe(2)
    expect(lateness.medianSeconds).toBeGreaterThan(0)
    expect(lateness.largestSeconds).toBeGreaterThanOrEqual(lateness.medianSeconds)
    // What a machine under load may do to a thread; a unit that is wrong by 1,000 is beyond it.
    expect(lateness.medianSeconds).toBeLessThan(0.1)
  })

  it('a loop’s timers are, too', async () => {
    const { count } = await latenessOf('loops-test', 'timers')
    // Four, of which a late waking may find several due.
    expect(count).toBeGreaterThanOrEqual(1)
    expect(count).toBeLessThanOrEqual(4)
  })

  it('but none that came due while a task held the loop', async () => {
    expect((await latenessOf('loops-test', 'heldTimer')).count).toBe(1)
  })
})
