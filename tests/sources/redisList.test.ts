/** What the Redis source does against a real server while nothing breaks. Faults: redisFaults.test.ts. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeRedis } from '../support/describeRedis'
import { consume, run, stopAll } from '../support/redisRun'
import { type RedisServer, startRedis } from '../support/redisServer'
import { pause, until } from '../support/until'

describeRedis('redis', () => {
  let server: RedisServer
  const keys = async () => (await server.client.keys('*')).sort()
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(() => server.client.flushall())
  afterEach(stopAll)
  afterAll(() => server.stop())

  test('what any client pushes is taken within 50 ms, without polling', async () => {
    const { sink } = await consume(server.url, 0)
    await until(() => sink.activities.includes('waiting BLMOVE queue'), 'the wait in BLMOVE')
    const delays: number[] = []
    for (let i = 0; i < 15; i++) {
      await pause(20 + i * 7)
      const pushed = performance.now()
      await server.client.lpush('queue', String(i))
      await until(() => sink.taken.length > i, 'the item')
      delays.push(performance.now() - pushed)
    }
    // The median, since the machine may be busy; a poll of even 0.2 s would show.
    expect(delays.sort((a, b) => a - b)[7]).toBeLessThan(50)
  })

  test('LPUSH queue 5 3 1 is taken in that order', async () => {
    const { sink } = await consume(server.url, 0)
    await server.client.lpush('queue', '5', '3', '1')
    await until(() => sink.taken.length === 3, 'three items')
    expect(sink.texts).toEqual(['5', '3', '1'])
  })

  test('thousands are taken in order, many at once, and leave nothing in flight', async () => {
    const { sink } = await consume(server.url, 0)
    const before = Number(/total_commands_processed:(\d+)/.exec(await server.client.info('stats'))?.[1])
    const items = Array.from({ length: 20_000 }, (_, i) => String(i))
    for (let i = 0; i < items.length; i += 5000) await server.client.lpush('queue', ...items.slice(i, i + 5000))
    await sink.until(({ finished }) => finished === 20_000, '20,000 finished')
    expect(sink.texts).toEqual(items)
    await until(
      async () => (await keys()).every((key) => !key.includes(':inflight:') && !key.includes(':stage:')),
      'the last acks',
    )
    // A command inside a script counts, too; one round trip per item would be 40,000 and more.
    const after = Number(/total_commands_processed:(\d+)/.exec(await server.client.info('stats'))?.[1])
    expect(after - before).toBeLessThan(10_000)
  })

  test('while it runs an item is booked under its id, the first one, too; after the ack nothing is left', async () => {
    const { source, sink } = await consume(server.url, null)
    await server.client.lpush('queue', '5', '3')
    await until(() => sink.taken.length === 2, 'two items')
    const inflight = () => keys().then((all) => all.find((key) => key.startsWith('ls:{queue}:inflight:')))
    await until(async () => (await server.client.hlen((await inflight()) ?? '')) === 2, 'both to be booked')
    const values = await server.client.hgetall((await inflight()) ?? '')
    expect(Object.values(values).sort()).toEqual(['1 0 - 5', '2 0 - 3'])
    expect(
      Object.keys(values)
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(sink.taken.map(({ id }) => id))
    for (const { id } of sink.taken) source.done(id)
    await until(async () => (await keys()).every((key) => !/inflight|stage/.test(key)), 'the acks')
    expect(await keys()).toEqual(['consumers', 'epoch', 'seq', 'version', 'workers'].map((name) => `ls:{queue}:${name}`))
    expect(await server.client.get('ls:{queue}:version')).toBe('2')
  })

  test('items of no length in time, one by one: no ack overtakes its booking', async () => {
    const { sink } = await consume(server.url, 0)
    for (let i = 0; i < 300; i++) {
      await server.client.lpush('queue', String(i))
      if (i % 3 === 0) await pause(1)
    }
    await sink.until(({ finished }) => finished === 300, '300 finished')
    await until(async () => (await keys()).every((key) => !/inflight|stage/.test(key)), 'nothing in flight', 2000)
  })

  test('stop gives back what is not done, the oldest to be taken first, and signs off', async () => {
    const { source, sink } = await consume(server.url, null, { concurrency: 3 })
    await server.client.lpush('queue', '1', '2', '3', '4')
    await until(() => sink.taken.length === 3, 'three items')
    source.done(sink.taken[1]!.id)
    await until(() => sink.taken.length === 4, 'the fourth')
    await source.stop()
    const envelopes = await server.client.zrange('ls:{queue}:retry', '0', '-1')
    expect(envelopes).toEqual([
      expect.stringMatching(/^1 0 [\w-]+\.1\.[0-9a-f]{8}:\d+ 1$/),
      expect.stringMatching(/^3 0 [\w-]+\.1\.[0-9a-f]{8}:\d+ 3$/),
      expect.stringMatching(/^4 0 [\w-]+\.1\.[0-9a-f]{8}:\d+ 4$/),
    ])
    expect(sink.last()).toMatchObject({ phase: 'stopped', waiting: 3, finished: 1 })
    expect((await keys()).filter((key) => /inflight|stage|consumers|workers|susp/.test(key))).toEqual([])
  })

  test('stop at once after an end and after a push loses nothing and repeats nothing', async () => {
    for (let round = 0; round < 25; round++) {
      await server.client.del('queue', 'ls:{queue}:retry')
      const { source, sink } = await consume(server.url, null)
      void server.client.lpush('queue', 'a', 'b')
      await until(() => sink.taken.length >= 1, 'the first')
      source.done(sink.taken[0]!.id)
      await source.stop()
      await server.client.ping()
      const again = await server.client.zrange('ls:{queue}:retry', '0', '-1')
      expect([...(await server.client.lrange('queue', 0, -1)), ...again.map((envelope) => envelope.split(' ')[3])]).toEqual(['b'])
    }
  })

  test('bytes that are not UTF-8 are buried intact, with the reason', async () => {
    const { source, sink } = await consume(server.url, null)
    const payload = Buffer.from([0xff, 0x00, 0x0a, 0x20, 0x31, 0x20, 0xc3])
    await server.client.lpush('queue', payload, '', '5 3 1')
    await until(() => sink.taken.length === 3, 'three items')
    for (const { id } of sink.taken) source.bury(id, `not “seconds”\n${id}`)
    await until(async () => (await server.client.llen('ls:{queue}:dead')) === 3, 'the dead letters')
    const letters = await server.client.lrangeBuffer('ls:{queue}:dead', 0, -1)
    const parts = letters.map((letter) => {
      const end = letter.indexOf(0x0a)
      return { head: JSON.parse(letter.subarray(0, end).toString()), payload: letter.subarray(end + 1) }
    })
    expect(parts.map((part) => part.payload)).toEqual([payload, Buffer.from(''), Buffer.from('5 3 1')])
    const [first] = sink.taken
    expect(Object.keys(parts[0]!.head)).toEqual(['reason', 'id', 'consumer', 'ord', 'at', 'deaths'])
    expect(parts[0]!.head).toEqual({
      reason: `not “seconds”\n${first!.id}`,
      id: first!.id,
      ord: 1,
      at: expect.any(Number),
      consumer: expect.stringMatching(/^[\w-]+\.\d+\.[0-9a-f]{8}$/),
      deaths: 0,
    })
    expect(Math.abs(parts[0]!.head.at - Date.now())).toBeLessThan(60_000)
    await until(async () => (await keys()).every((key) => !key.includes(':inflight:')), 'nothing in flight')
    await sink.until(({ failed, finished, inFlight }) => failed === 3 && finished === 0 && inFlight === 0, 'the status to say so')
  })

  test('first sight of items asks, and nothing at all is written before the answer', async () => {
    await server.client.lpush('queue', '5', '3', '1')
    const { source, sink } = run(server.url, 0, { ask: true })
    await sink.until(({ phase, waiting }) => phase === 'asking' && waiting === 3, 'the question')
    await server.client.lpush('queue', '7')
    await sink.until(({ waiting }) => waiting === 4, 'the new length', 3000)
    expect(await keys()).toEqual(['queue'])
    source.answer('consume')
    await sink.until(({ finished }) => finished === 4, 'four finished')
    expect(sink.texts).toEqual(['5', '3', '1', '7'])
  })

  test('an empty key asks nothing', async () => {
    const { sink } = run(server.url, 0, { ask: true })
    await sink.until(({ phase }) => phase === 'consuming', 'consuming')
    expect(sink.statuses.some(({ phase }) => phase === 'asking')).toBe(false)
  })

  test('watch counts and moves nothing', async () => {
    await server.client.lpush('queue', '5', '3', '1')
    const { source, sink } = run(server.url, 0, { ask: true })
    await sink.until(({ phase }) => phase === 'asking', 'the question')
    source.answer('watch')
    await sink.until(({ phase }) => phase === 'watching', 'watching')
    await server.client.lpush('queue', '7')
    await sink.until(({ waiting }) => waiting === 4, 'the new length', 3000)
    await pause(300)
    await source.stop()
    expect(sink.taken).toEqual([])
    expect(await keys()).toEqual(['queue'])
    expect(await server.client.lrange('queue', 0, -1)).toEqual(['7', '1', '3', '5'])
  })

  test('a database of its own', async () => {
    const { sink } = await consume(`${server.url}/3`, 0)
    await server.client.lpush('queue', 'of database 0')
    await server.client.pipeline().select(3).lpush('queue', 'of database 3').select(0).exec()
    await until(() => sink.taken.length === 1, 'the item')
    expect(sink.texts).toEqual(['of database 3'])
    expect(await server.client.llen('queue')).toBe(1)
  })

  test('big payloads are claimed a few at a time, so that no script holds the server for long', async () => {
    await server.client.config('RESETSTAT')
    const payload = Buffer.alloc(1 << 20, 'x')
    await server.client.lpush('queue', ...Array.from({ length: 40 }, () => payload))
    const { sink } = await consume(server.url, 0)
    await until(() => sink.finished.length === 40, '40 finished')
    const claims = Number(/cmdstat_hset:calls=(\d+)/.exec(await server.client.info('commandstats'))?.[1])
    expect(claims).toBeGreaterThanOrEqual(5)
  })

  test('who has room for all takes its share of it', async () => {
    const runs = [await consume(server.url, null), await consume(server.url, null), await consume(server.url, null)]
    await server.client.lpush('queue', ...Array.from({ length: 1500 }, (_, i) => String(i)))
    const counts = () => runs.map(({ sink }) => sink.taken.length)
    await until(() => counts().reduce((sum, count) => sum + count) === 1500, 'all to be taken')
    for (const count of counts()) expect(count).toBeGreaterThan(150)
  })

  test('two consumers share a queue', async () => {
    const [one, two] = [await consume(server.url, 5, { concurrency: 10 }), await consume(server.url, 5, { concurrency: 10 })]
    await server.client.lpush('queue', ...Array.from({ length: 400 }, (_, i) => String(i)))
    await until(() => one.sink.finished.length + two.sink.finished.length === 400, '400 finished')
    expect(new Set([...one.sink.texts, ...two.sink.texts]).size).toBe(400)
    expect(Math.min(one.sink.taken.length, two.sink.taken.length)).toBeGreaterThan(50)
  })
})
