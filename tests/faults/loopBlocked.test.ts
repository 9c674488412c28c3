/** A task may block the loop's thread for longer than a lease: the consumer has a thread of its own, so that nobody takes it for dead. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { toDocument } from '../../electron/engine/document'
import { defaultTuning } from '../../electron/sources/tuning'
import { describeRedis } from '../support/describeRedis'
import { consume, stopAll } from '../support/redisRun'
import { type RedisServer, startRedis } from '../support/redisServer'
import { type Bench, bench } from '../support/runs'
import { until } from '../support/until'

vi.mock('../../electron/scenarios/index', () => import('../support/programmes/index'))

describeRedis('redis', () => {
  let server: RedisServer
  let engine: Bench
  beforeAll(async () => {
    server = await startRedis()
    engine = bench('test-workers')
  })
  afterAll(async () => {
    await stopAll()
    await engine.close()
    await server.stop()
  })

  test('a blocked loop costs no second run', async () => {
    const seconds = (defaultTuning.leaseMs + 1500) / 1000
    const run = engine.start('blocked-queue-test', { url: server.url })
    await until(() => run.source?.latest?.phase === 'consuming', 'the programme to consume')
    await server.client.lpush('queue', String(seconds), '0')
    await until(async () => (await server.client.llen('queue')) === 0, 'both to be taken')
    // It would run what comes back from the dead.
    const { sink } = await consume(server.url, 0)
    // Longer than other tests wait: it stands still for most of that.
    await until(
      () => {
        run.drain()
        return run.history.outputs.length >= 2
      },
      'both to end',
      30_000,
    )
    await run.stop()
    const { tasks } = toDocument(run)
    const taken = tasks.filter(({ lane }) => lane === 'loop')
    expect(taken.map(({ name, end }) => [name, end])).toEqual([
      [String(seconds), 'finished'],
      ['0', 'finished'],
    ])
    expect(sink.taken).toEqual([])
    expect(sink.last().recovered).toBe(0)
  }, 60_000)
})
