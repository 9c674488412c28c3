/** Frames of other clocks → bars on ours: what cannot be true, or is missing, is counted and never drawn. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FeedFrame, FeedRecord } from '#protocol/feedRecords'
import { ClockBounds } from '../../electron/sources/watch/clockBounds'
import { Fleet, stillOpen, workerOf } from '../../electron/sources/watch/fleet'
import { Rate } from '../../electron/sources/watch/rates'
import { barSink } from '../support/watching'

const sid = 'box-7.1.0123abcd'
const record = (kind: FeedRecord['kind'], ord: number, time: number, text = ''): FeedRecord => ({ kind, ord, time, text })
const frame = (number: number, records: readonly FeedRecord[], of: Partial<FeedFrame> = {}): FeedFrame => ({
  sid,
  number,
  offset: 0,
  error: 0,
  records,
  ...of,
})

/** The server's clock is ours; a frame is written at `written` µs and comes then. */
function fleet() {
  const sink = barSink()
  const made = new Fleet(sink)
  const come = (one: FeedFrame, written: number, isPast = false) =>
    made.frame(one, { written, isPast, now: written * 1000, toHere: (server) => server * 1000, error: 0 })
  return { ...sink, fleet: made, come }
}

describe('a fleet', () => {
  test('draws a task where its worker was, by the worker’s clock put right', () => {
    const { come, bars, lanes } = fleet()
    const ahead = { offset: -5e6, error: 100 }
    come(frame(1, [record('claimed', 1, 6e6, 'one'), record('started', 1, 6.1e6)], ahead), 1.1e6)
    come(frame(2, [record('finished', 1, 6.9e6)], ahead), 2e6)
    expect(lanes).toEqual([workerOf(sid)])
    expect(bars).toEqual([
      { lane: 'box-7', name: 'one', ready: 1e9, run: 1.1e9, end: { kind: 'finished', time: 1.9e9, why: '' } },
    ])
  })

  test('lasts as long as its worker measured, though the clocks were compared anew meanwhile, unless one was set', () => {
    const { come, bars } = fleet()
    come(frame(1, [record('started', 1, 1e6), record('started', 2, 1e6)], { offset: 0, error: 60_000 }), 1e6)
    come(frame(2, [record('finished', 1, 2e6)], { offset: 90_000, error: 40_000 }), 3e6)
    come(frame(3, [record('finished', 2, 2e6)], { offset: 900_000, error: 10 }), 3e6)
    expect(bars.map(({ run, end }) => end!.time - run!)).toEqual([1e9, 1.9e9])
  })

  test.each([
    ['failed', 'failed', 'exit code 3'],
    ['buried', 'failed', 'exit code 3'],
    ['lost', 'killed', 'its lease was over: it may run again elsewhere'],
    ['givenBack', 'cancelled', 'given back to the queue'],
  ] as const)('%s is drawn %s', (kind, end, why) => {
    const { come, bars } = fleet()
    come(frame(1, [record('started', 1, 1e6), record(kind, 1, 2e6, 'exit code 3')]), 2e6)
    expect(bars).toMatchObject([{ name: '#1', end: { kind: end, why } }])
  })

  test('a worker that did not measure its clock is taken to have written its frame at its last record', () => {
    const { come, bars } = fleet()
    come(frame(1, [record('claimed', 1, 70e6), record('started', 1, 71e6)], { offset: null, error: null }), 3e6)
    expect(bars).toMatchObject([{ ready: 2e9, run: 3e9 }])
  })

  test('a record from the future of its frame, or from days before it, is counted and hatched, not drawn', () => {
    const { come, bars, gaps, fleet: watched } = fleet()
    come(frame(1, [record('claimed', 1, 9e6), record('claimed', 2, 100e9 - 86_401e6)]), 2e6)
    come(frame(2, [record('claimed', 2, 1e6)]), 100e9)
    expect(bars).toEqual([])
    expect(watched.refusedRecords).toBe(3)
    expect(gaps).toHaveLength(3)
  })

  test('what is missing is counted and hatched, and what was open then is not drawn on as if it still ran', () => {
    const { come, bars, gaps, fleet: watched } = fleet()
    come(frame(1, [record('started', 1, 1e6)]), 1e6)
    come(frame(4, [record('started', 2, 5e6)]), 5e6)
    expect(gaps).toEqual([{ lane: 'box-7', from: 1e9, until: 5e9, count: 2 }])
    expect(watched.lostFrames).toBe(2)
    expect(bars).toMatchObject([{ end: { kind: 'pending', time: 1e9 } }, { end: null }])
    expect(watched.workers[0]).toMatchObject({ running: 1, lostFrames: 2 })
  })

  test('frames from before we came are nobody’s loss, and one that was read is not read again', () => {
    const { come, bars, fleet: watched } = fleet()
    come(frame(3, []), 1e6, true)
    come(frame(7, [record('started', 1, 1e6)]), 2e6, true)
    come(frame(7, [record('finished', 1, 1e6)]), 2e6)
    come(frame(8, []), 2e6)
    expect(watched.lostFrames).toBe(0)
    expect(bars).toMatchObject([{ end: null }])
  })

  test('a task that another worker takes over is lost where it was, and what its first worker says of it later changes nothing', () => {
    const { come, bars } = fleet()
    const other = { sid: 'box-8.1.89abcdef' }
    come(frame(1, [record('started', 1, 1e6)]), 1e6)
    come(frame(1, [record('claimed', 1, 3e6, 'one')], other), 3e6)
    come(frame(2, [record('finished', 1, 4e6)]), 4e6)
    come(frame(2, [record('started', 1, 5e6), record('finished', 1, 6e6)], other), 6e6)
    expect(bars).toMatchObject([
      { lane: 'box-7', end: { kind: 'killed', time: 3e9 } },
      { lane: 'box-8', name: 'one', end: { kind: 'finished', time: 6e9 } },
    ])
  })

  test('goes on with what a worker had open when it comes back by another connection', () => {
    const { come, bars, lanes } = fleet()
    come(frame(1, [record('started', 1, 1e6)]), 1e6)
    come(frame(1, [record('finished', 1, 4e6)], { sid: 'box-7.2.89abcdef' }), 4e6)
    expect(lanes).toHaveLength(1)
    expect(bars).toMatchObject([{ end: { kind: 'finished' } }])
  })

  test('what a worker had open ends when it is gone from the consumers for three looks, and never for one that stays', () => {
    const { come, bars, fleet: watched } = fleet()
    come(frame(1, [record('started', 1, 1e6)]), 1e6)
    const look = (...sids: string[]) =>
      watched.looked(
        sids.map((one) => ({ sid: one, lease: 1 })),
        true,
        () => null,
        9e9,
      )
    look(sid)
    look()
    look()
    look('box-7.2.89abcdef')
    look()
    look()
    expect(bars).toMatchObject([{ end: null }])
    look()
    expect(bars).toMatchObject([{ end: { kind: 'killed', time: 9e9, why: 'its worker is gone' } }])
    expect(watched.workers).toEqual([])
  })

  test('what a worker still tells of its tasks once it is gone is counted, and only what it begins brings it back', () => {
    const { come, bars, lanes, fleet: watched } = fleet()
    come(frame(1, [record('started', 1, 1e6)]), 1e6)
    for (let look = 0; look < 3; look++) watched.looked([], true, () => null, 4e9)
    come(frame(2, [record('finished', 1, 5e6)]), 5e6)
    expect([watched.finished, watched.workers.length]).toEqual([1, 0])
    expect(bars).toMatchObject([{ end: { kind: 'killed', time: 4e9 } }])
    come(frame(3, [record('started', 2, 6e6)]), 6e6)
    expect(watched.workers).toMatchObject([{ finished: 1, running: 1 }])
    expect(lanes).toEqual(['box-7'])
    for (let look = 0; look < 3; look++) watched.looked([], true, () => null, 9e9)
    expect(bars[1]).toMatchObject({ end: { kind: 'killed', time: 9e9 } })
  })

  test('workers of one name are told apart, and invented ones have an end', () => {
    const { come, lanes, fleet: watched } = fleet()
    const about = { name: 'left', host: null, pid: null, concurrency: null }
    watched.looked(
      [
        { sid, lease: 1 },
        { sid: 'box-8.1.89abcdef', lease: 1 },
      ],
      true,
      () => about,
      0,
    )
    come(frame(1, []), 1)
    // Nothing is drawn on it yet.
    expect(lanes).toEqual([])
    come(frame(2, [record('started', 1, 1)]), 1)
    come(frame(1, [record('started', 2, 1)], { sid: 'box-8.1.89abcdef' }), 1)
    expect(lanes).toEqual(['left', 'left (box-8)'])
    for (let n = 0; n < 3000; n++) come(frame(1, [record('started', n + 3, 1)], { sid: `made-up-${n}.1.89abcdef` }), 1)
    expect(lanes.length).toBe(501)
    expect(watched.workers.length).toBe(2000)
    // Those that have gone make room.
    for (let look = 0; look < 3; look++) watched.looked([], true, () => null, 0)
    come(frame(1, [record('started', 1, 1)], { sid: 'box-9.1.89abcdef' }), 1)
    expect(watched.workers.map(({ id }) => id)).toEqual(['box-9'])
  })

  test('invented tasks have an end, too, and those that end make room', () => {
    const { come, bars, fleet: watched } = fleet()
    const claims = (from: number, count: number) => Array.from({ length: count }, (_, i) => record('claimed', from + i, 1e6))
    come(frame(1, claims(1, 200_001)), 1e6)
    expect([bars.length, watched.refusedRecords]).toEqual([200_000, 1])
    come(frame(2, [record('finished', 1, 1e6), ...claims(300_000, 1)]), 1e6)
    expect([bars.length, watched.refusedRecords]).toEqual([200_001, 1])
  })

  test('a worker that comes back again and again is followed in its last connections', () => {
    const { come, fleet: watched } = fleet()
    for (let i = 1; i <= 50; i++) come(frame(1, [], { sid: `box-7.${i}.0123abcd` }), i * 1e6)
    expect(watched.workers[0]!.next.size).toBe(20)
    come(frame(3, [], { sid: 'box-7.50.0123abcd' }), 51e6)
    expect(watched.lostFrames).toBe(1)
  })

  test('whatever comes and is lost: what was read and what is missing are all there was, and no bar turns back or ends twice', () => {
    const kinds = ['claimed', 'started', 'finished', 'failed', 'lost', 'buried', 'givenBack'] as const
    const one = fc.record({
      kind: fc.constantFrom(...kinds),
      ord: fc.integer({ min: 0, max: 4 }),
      time: fc.integer({ min: 0, max: 1e6 }),
    })
    const sent = fc.array(
      fc.record({ lost: fc.boolean(), worker: fc.integer({ min: 0, max: 1 }), records: fc.array(one, { maxLength: 6 }) }),
    )
    fc.assert(
      fc.property(sent, (frames) => {
        const { come, bars, gaps, fleet: watched } = fleet()
        const numbers = [0, 0]
        const first: (number | null)[] = [null, null]
        let [read, last] = [0, [0, 0]]
        for (const { lost, worker, records } of frames) {
          numbers[worker]! += 1
          if (lost) continue
          read += 1
          first[worker] ??= numbers[worker]!
          last[worker] = numbers[worker]!
          const told = records.map(({ kind, ord, time }) => record(kind, ord, time))
          come(frame(numbers[worker]!, told, { sid: `box-${worker}.1.0123abcd` }), 1e6)
        }
        const span = [0, 1].reduce((sum, n) => sum + (first[n] === null ? 0 : last[n]! - first[n]! + 1), 0)
        expect(read + watched.lostFrames).toBe(span)
        expect(gaps.reduce((sum, { count }) => sum + count, 0)).toBe(watched.lostFrames)
        for (const { ready, run, end } of bars) {
          if (run !== null) expect(run).toBeGreaterThanOrEqual(ready)
          if (end) expect(end.time).toBeGreaterThanOrEqual(run ?? ready)
        }
        const running = bars.filter(({ run, end }) => run !== null && end === null).length
        expect(watched.workers.reduce((sum, worker) => sum + worker.running, 0)).toBe(running)
        watched.close(2e9)
        expect(bars.every(({ end }) => end !== null)).toBe(true)
      }),
    )
  })
})

test('of the past only what is still open is left', () => {
  const left = stillOpen([
    frame(1, [record('claimed', 1, 1), record('started', 1, 2), record('claimed', 2, 1)]),
    frame(2, [record('finished', 1, 3), record('started', 2, 3)]),
    frame(3, [record('lost', 2, 4)]),
    frame(1, [record('claimed', 2, 5)], { sid: 'box-8.1.89abcdef' }),
  ])
  expect(left.flatMap(({ records }) => records)).toEqual([record('claimed', 2, 5)])
})

describe('the server’s clock', () => {
  test('is where all that was heard of it overlaps', () => {
    const heard = fc.array(
      fc.record({
        early: fc.integer({ min: 0, max: 5e4 }),
        late: fc.integer({ min: 0, max: 5e4 }),
        pause: fc.integer({ min: 0, max: 1e6 }),
      }),
      { minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(heard, fc.integer({ min: -1e12, max: 1e12 }), (observations, offset) => {
        const clock = new ClockBounds()
        // µs: of doubles as large as these.
        const rounding = 0.01
        let now = 0
        for (const { early, late, pause } of observations) {
          now += pause + early + late
          const server = now - late + offset
          clock.observe(now, server - now, server - (now - early - late))
          expect(Math.abs(clock.offset! - offset)).toBeLessThanOrEqual(clock.error! + rounding)
        }
        const best = Math.min(...observations.map(({ early, late }) => early + late)) / 2
        expect(clock.error!).toBeLessThanOrEqual(best + now * 1e-4 + rounding)
      }),
    )
  })

  test('that was set is believed anew', () => {
    const clock = new ClockBounds()
    expect([clock.offset, clock.error]).toEqual([null, null])
    clock.observe(0, 10, 20)
    clock.observe(100, 5000)
    expect([clock.offset, clock.error]).toEqual([5000, null])
    clock.observe(200, 5010, 5020)
    expect([clock.offset, clock.error]).toEqual([5015, 5])
  })
})

test('a rate is that of the last ten seconds', () => {
  const rate = new Rate()
  expect(rate.perSecond).toBeNull()
  for (let second = 0; second <= 60; second++) rate.add(second < 40 ? 0 : (second - 40) * 7, second * 1000)
  expect(rate.perSecond).toBe(7)
})
