/** What is marked of an item's way: of a list of made-up items, and of programmes that ran on a real server. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { DocumentTask } from '#protocol/document'
import { toDocument } from '../../electron/engine/document'
import { Journeys } from '../../electron/sources/journeys'
import { describeRedis } from '../support/describeRedis'
import { type RedisServer, startRedis } from '../support/redisServer'
import { type Bench, bench } from '../support/runs'
import { until } from '../support/until'

describe('marks', () => {
  const record = () => {
    const marks: string[] = []
    let now = 0
    const journeys = new Journeys({
      now: () => now,
      claimed: (task, count, time, pushed, envelope) =>
        marks.push(`claimed ${task}+${count} at ${time} ${envelope} ${Number.isNaN(pushed) ? '' : 'pushed'}`.trim()),
      settled: (task, count, time, sent, how) => marks.push(`${how} ${task}+${count} at ${time} sent ${sent}`),
    })
    const take = (items: readonly number[], taskOf: (item: number) => number) => {
      for (const item of items) {
        journeys.arrive()
        now += 10
        journeys.took(item, taskOf(item), null)
      }
    }
    return { marks, journeys, take, at: (time: number) => (now = time) }
  }
  const microtasks = () => Promise.resolve()

  it('one for all that came with a reply, at the time of the reply', async () => {
    const { marks, take, journeys, at } = record()
    at(1000)
    take([1, 2, 3], (item) => item + 10)
    await microtasks()
    at(2000)
    take([4, 5], (item) => (item === 4 ? 14 : 20))
    await microtasks()
    expect(marks.splice(0)).toEqual(['claimed 11+3 at 1000 none', 'claimed 14+1 at 2000 none', 'claimed 20+1 at 2000 none'])
    at(5_000_000)
    journeys.settled([1, 2, 4, 5, 99], 'acknowledged', 2)
    journeys.settled([3, 3], 'buried', 1)
    expect(marks).toEqual([
      'acknowledged 11+2 at 5000000 sent 3000000',
      'acknowledged 14+1 at 5000000 sent 3000000',
      'acknowledged 20+1 at 5000000 sent 3000000',
      'buried 13+1 at 5000000 sent 4000000',
    ])
  })

  it('each task is claimed and settled once, in whatever runs', async () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean()), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(steps, async (items) => {
        const { marks, take, journeys } = record()
        const tasks: number[] = []
        let task = 0
        for (const [i, [step, pauses]] of items.entries()) {
          task += step
          tasks.push(task)
          take([i], () => task)
          if (pauses) await microtasks()
        }
        await microtasks()
        for (const finished of [true, false])
          journeys.settled(
            items.flatMap(([, , first], i) => (first === finished ? [i] : [])),
            'acknowledged',
            0,
          )
        const covered = (what: string) =>
          marks
            .flatMap((mark) => {
              const [, first = 0, count = 0] = (new RegExp(`^${what} (\\d+)\\+(\\d+)`).exec(mark) ?? []).map(Number)
              return Array.from({ length: count }, (_, i) => first + i)
            })
            .sort((a, b) => a - b)
        expect(covered('claimed')).toEqual(tasks)
        expect(covered('acknowledged')).toEqual(tasks)
      }),
    )
  })

  it('nothing of what belongs to others', () => {
    const { marks, take, journeys } = record()
    take([1, 2, 3], (item) => item)
    journeys.forget([2])
    journeys.settled([1, 2, 3], 'acknowledged', 0)
    expect(marks.map((mark) => mark.slice(0, 16))).toEqual(['acknowledged 1+1', 'acknowledged 3+1'])
    journeys.forget()
    journeys.settled([1, 2, 3], 'acknowledged', 0)
    expect(marks).toHaveLength(2)
  })

  it.each([
    ['of now', 0, true],
    ['of an hour ago', 3600e6, true],
    ['of a clock that is a minute ahead', -60e6, true],
    ['in ms', Date.now() * 999, false],
    ['of the next century', -100 * 365 * 86_400e6, false],
  ])('the time of an envelope is taken %s', (_what, ago, isTaken) => {
    const { marks, journeys } = record()
    journeys.arrive()
    journeys.took(1, 1, { payload: '5', at: Date.now() * 1000 - ago })
    expect(marks).toEqual([isTaken ? 'claimed 1+1 at 0 timed pushed' : 'claimed 1+1 at 0 untimed'])
  })
})

describeRedis('redis', () => {
  let server: RedisServer
  let programmes: Bench
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(async () => {
    await server.client.flushall()
    programmes = bench()
  })
  afterEach(() => programmes.close())
  afterAll(() => server.stop())

  const envelope = (payload: string, at: unknown = Date.now() * 1000) => JSON.stringify({ ls: 1, at, payload })
  const ran = async (payloads: readonly string[], parameters = {}) => {
    const run = programmes.start('redis-queue', { url: server.url, ...parameters }, 10)
    await until(() => run.source?.latest?.phase === 'consuming', 'the consumer')
    await server.client.lpush('queue', ...payloads)
    const known = () => {
      run.drain()
      let settled = 0
      for (let i = 0; i < run.history.settlements.length; i++) settled += run.history.settlements.get('count', i)
      return settled
    }
    await until(() => known() === payloads.length, 'every item to be settled')
    await run.stop()
    return toDocument(run).tasks.filter(({ journey }) => journey)
  }
  /** ns, since a programme's second has 10^8 of them here. */
  const nanos = (seconds: number | null | undefined) => Math.round((seconds ?? Number.NaN) * 1e8)
  const moments = ({ journey, readySeconds, startSeconds, finishSeconds }: DocumentTask) =>
    [journey?.claimedSeconds, readySeconds, startSeconds, finishSeconds, journey?.sentSeconds, journey?.settledSeconds].map(nanos)

  test('of many items every moment is known, each no earlier than the one before', async () => {
    const tasks = await ran(Array.from({ length: 2000 }, (_, i) => String((i % 7) / 10)))
    expect(tasks).toHaveLength(2000)
    for (const task of tasks) {
      const all = moments(task)
      expect(all, task.name).toEqual([...all].sort((a, b) => a - b))
      expect(task.journey).toMatchObject({ envelope: 'none', settlement: 'acknowledged' })
      expect(task.journey).not.toHaveProperty('pushedSeconds')
    }
  })

  test('what came in an envelope is run as its payload, and was pushed before it was claimed', async () => {
    const tasks = await ran([envelope('0.3'), '0.2', envelope('0.1', 'yesterday'), envelope('soon')], { concurrency: 1 })
    expect(tasks.map(({ name, end, journey }) => [name, end, journey?.envelope, journey?.settlement])).toEqual([
      ['0.3', 'finished', 'timed', 'acknowledged'],
      ['0.2', 'finished', 'none', 'acknowledged'],
      ['0.1', 'finished', 'untimed', 'acknowledged'],
      ['soon', 'failed', 'timed', 'buried'],
    ])
    for (const { journey } of tasks.filter((task) => task.journey?.envelope === 'timed'))
      expect(journey!.pushedSeconds).toBeLessThanOrEqual(journey!.claimedSeconds)
    expect(tasks[3]!.journey!.claimedSeconds - tasks[3]!.journey!.pushedSeconds!).toBeGreaterThan(0.6)
  })

  test('a push by a clock that is ahead is kept as that clock tells it', async () => {
    const [task] = await ran([envelope('0', (Date.now() + 3600e3) * 1000)])
    const { pushedSeconds, claimedSeconds } = task!.journey!
    // The speed is 10, and the run began a while after the envelope was made.
    expect((pushedSeconds! - claimedSeconds) / 10).toBeGreaterThan(3000)
  })
})
