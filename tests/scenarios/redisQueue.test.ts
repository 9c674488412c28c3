/** Group C as its row says it, beside the Python program that it comes with. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { readCatalogue } from '../../electron/engine/catalogue'
import { toDocument } from '../../electron/engine/document'
import { withParameters } from '../../renderer/model/pythonText'
import { fetchRedisPy } from '../bench/support/fetched'
import { describeRedis } from '../support/describeRedis'
import { atSpeed, runPython } from '../support/python'
import { type RedisServer, startRedis } from '../support/redisServer'
import { type Bench, bench, lines, printed, taskNamed } from '../support/runs'
import { until } from '../support/until'

const workers = new URL('../../node_modules/.cache/workers', import.meta.url).pathname
const order = ['1 is done', '3 is done', '5 is done']
const speed = 10

describeRedis('redis-queue', () => {
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

  test('LPUSH queue 5 3 1: 1 ends first, then 3, then 5', async () => {
    const run = engine.start('redis-queue', { url: server.url, queue: 'queue', concurrency: 100 }, speed)
    await server.client.lpush('queue', '5', '3', '1')
    await printed(run, 3)
    await run.stop()
    const document = toDocument(run)
    expect(lines(document)).toEqual(order)
    const longest = taskNamed(document, '5')
    expect(longest.finishSeconds! - longest.startSeconds!).toBeGreaterThanOrEqual(5)
  })

  test('what exceeds the concurrency waits in the list, and the list’s length is recorded', async () => {
    const run = engine.start('redis-queue', { url: server.url, queue: 'queue', concurrency: 1 }, speed)
    await server.client.lpush('queue', '5', '5', '5', '5')
    await printed(run, 2)
    const { levels } = run.history
    const lengths = () => Array.from({ length: levels.length }, (_, i) => levels.get('value', i))
    await until(() => {
      run.drain()
      return Math.max(...lengths()) >= 2
    }, 'the length of the list')
    expect(run.history.strings[levels.get('name', 0)]).toBe('queue')
    await run.stop()
  })

  test('what is given to others while it runs is marked as lost, and runs a second time', async () => {
    const run = engine.start('redis-queue', { url: server.url, queue: 'queue', concurrency: 100 }, 1)
    await server.client.lpush('queue', '2')
    const held = () => server.client.keys('ls:{queue}:inflight:*')
    await until(async () => (await held()).length === 1, 'the task in flight')
    // As a reaper does it, to a consumer of which it has not heard.
    await server.client
      .multi()
      .del('ls:{queue}:consumers')
      .del(await held())
      .exec()
    const lost = () => toDocument(run).markers.filter(({ name }) => name.startsWith('note lost: '))
    await until(() => {
      run.drain()
      return lost().length > 0
    }, 'the consumer to hear of it')
    await server.client.lpush('queue', '2')
    await printed(run, 2)
    await run.stop()
    const { tasks, output } = toDocument(run)
    expect(lost()).toHaveLength(1)
    expect(output.filter(({ text }) => text.startsWith('1 task is lost'))).toHaveLength(1)
    expect(tasks.filter(({ name }) => name === '2')).toHaveLength(2)
    expect(await server.client.keys('ls:{queue}:inflight:*')).toEqual([])
  })

  test('the Python program prints the same', async (context) => {
    const found = fetchRedisPy()
    if ('missing' in found) return context.skip(`no redis-py: ${found.missing}`)
    const { python } = readCatalogue(workers).find(({ id }) => id === 'redis-queue')!
    const text = atSpeed(withParameters(python, { url: server.url, queue: 'queue', concurrency: 100 }), speed)
    const output = runPython(text, { seconds: 30, lines: 3, python: found.path })
    await server.client.lpush('queue', '5', '3', '1')
    expect((await output).trim().split('\n')).toEqual(order)
    // The first time it makes a virtual environment.
  }, 180_000)
})
