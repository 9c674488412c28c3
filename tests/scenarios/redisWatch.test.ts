/** A queue that a real consumer works on, looked at by a programme beside it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WatchReport } from '#protocol/watchReport'
import { readCatalogue } from '../../electron/engine/catalogue'
import { toDocument } from '../../electron/engine/document'
import type { Run } from '../../electron/engine/run'
import { Feed } from '../../electron/sources/feed'
import { RedisList } from '../../electron/sources/redisList'
import { withParameters } from '../../renderer/model/pythonText'
import { fetchRedisPy } from '../bench/support/fetched'
import { describeRedis } from '../support/describeRedis'
import { feedWriter } from '../support/feedWriter'
import { atSpeed, runPython } from '../support/python'
import { recordingSink } from '../support/recordingSink'
import { type RedisServer, startRedis } from '../support/redisServer'
import { type Bench, bench, lines, printed } from '../support/runs'
import { until } from '../support/until'

const workers = new URL('../../node_modules/.cache/workers', import.meta.url).pathname

describeRedis('redis-watch', () => {
  let server: RedisServer
  let engine: Bench
  beforeAll(async () => {
    server = await startRedis()
    engine = bench()
  })
  beforeEach(() => server.client.flushall())
  afterEach(() => Promise.all(engine.runs.all.map((run) => run.stop())))
  afterAll(async () => {
    await engine.close()
    await server.stop()
  })

  const watched = (run: Run) => {
    run.drain()
    return run.source?.latest?.watch
  }
  const untilSeen = async (run: Run, holds: (report: WatchReport) => boolean, what: string) => {
    try {
      await until(() => {
        const report = watched(run)
        return report !== undefined && holds(report)
      }, what)
    } catch (error) {
      throw new Error(`${String(error)}; the last status was ${JSON.stringify(run.source?.latest)}`)
    }
  }

  test('draws what a consumer elsewhere runs on a lane of its own, when it ran, and says what it sent', async () => {
    const parameters = { url: server.url, queue: 'queue' }
    const run = engine.start('redis-watch', parameters)
    await untilSeen(run, () => true, 'the first look')
    const began = new Map<string, number>()
    const source = new RedisList({ ...parameters, concurrency: 2, ask: false, feed: new Feed() })
    const sink = recordingSink(() => source, 300)
    source.start({
      ...sink,
      take: (item) => {
        began.set(item.text, run.now() / 1e9)
        sink.take(item)
      },
    })
    await server.client.lpush('queue', '5', '3', '1')
    await untilSeen(run, ({ fleet }) => fleet[0]?.finished === 3, 'all ends')
    expect(await run.source!.push(['1'])).toMatchObject({ en: expect.stringContaining('only watches the queue') })
    const { consumers, fleet } = watched(run)!
    expect([consumers, fleet[0]!.running, fleet[0]!.lostFrames]).toEqual([1, 0, 0])
    await run.stop()
    await source.stop()

    const document = toDocument(run)
    const lane = document.lanes!.findIndex(({ kind }) => kind === 'worker')
    const drawn = document.tasks.filter(({ laneIndex }) => laneIndex === lane)
    expect(drawn.map(({ name, end }) => `${name} ${end}`).sort()).toEqual(['1 finished', '3 finished', '5 finished'])
    expect(document.droppedMarks).toBe(0)
    // Two clocks, each compared with the server's.
    const error = document.clockErrorSeconds
    for (const { name, startSeconds, finishSeconds } of drawn) {
      expect(finishSeconds! - startSeconds!).toBeGreaterThanOrEqual(0.299)
      // It was told when it was taken; told a moment later to the test.
      expect(startSeconds!).toBeLessThanOrEqual(began.get(name)! + error)
      expect(startSeconds!).toBeGreaterThan(began.get(name)! - error - 0.25)
    }
    expect(lines(document)[0]).toBe('0 waiting')
    expect(lines(document)).toContainEqual(
      expect.stringMatching(/^LLEN queue: \d+ times, [\d.]+ ms on average, [\d.]+ ms at most$/),
    )
  })

  test('what still runs elsewhere when the watcher stops is left open, and missing frames are hatched', async () => {
    const worker = feedWriter(server.client, 'queue', 'box-7.1.0123abcd')
    await worker.register('left')
    const run = engine.start('redis-watch', { url: server.url, queue: 'queue' })
    await untilSeen(run, ({ consumers }) => consumers === 1, 'the consumer')
    await worker.write({ kind: 'claimed', ord: 1, text: 'gone' }, { kind: 'started', ord: 1 })
    worker.skip(2)
    await worker.write({ kind: 'claimed', ord: 2, text: 'open' }, { kind: 'started', ord: 2 })
    await untilSeen(run, ({ lostFrames, fleet }) => lostFrames > 0 && fleet[0]?.running === 1, 'the gap')
    await run.stop()
    const document = toDocument(run)
    expect(document.tasks.filter(({ lane }) => lane === 'left').map(({ name, end }) => [name, end])).toEqual([
      ['gone', 'pending'],
      ['open', 'pending'],
    ])
    expect(document.losses).toMatchObject([{ marks: 2 }])
    expect(document.lanes![document.losses![0]!.laneIndex]).toEqual({ name: 'left', kind: 'worker' })
  })

  test('the Python program prints the same', async (context) => {
    const found = fetchRedisPy()
    if ('missing' in found) return context.skip(`no redis-py: ${found.missing}`)
    const { python } = readCatalogue(workers).find(({ id }) => id === 'redis-watch')!
    const parameters = { url: server.url, queue: 'queue' }
    await server.client.lpush('queue', '5', '3', '1')
    const output = runPython(atSpeed(withParameters(python, parameters), 10), { seconds: 2, python: found.path })
    const run = engine.start('redis-watch', parameters)
    await printed(run, 1)
    await run.stop()
    expect((await output).trim().split('\n')).toEqual(lines(toDocument(run)).slice(0, 1))
    // The first time it makes a virtual environment.
  }, 180_000)
})
