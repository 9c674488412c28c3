/** What becomes of the items of consumers that die: counted deaths, suspects tried alone, burial. Each piece was switched off once, and its test failed. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeRedis } from '../support/describeRedis'
import { consume, stopAll } from '../support/redisRun'
import { type RedisServer, startRedis } from '../support/redisServer'
import { pause, until } from '../support/until'

const key = (name: string) => `ls:{queue}:${name}`

describeRedis('redis', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(() => server.client.flushall())
  afterEach(stopAll)
  afterAll(() => server.stop())

  /** As a consumer that died just now leaves it. `held`: local id → envelope. */
  const die = async (sid: string, held: Record<string, string>, suspect?: number) => {
    const { client } = server
    if (Object.keys(held).length > 0) await client.hset(key(`inflight:${sid}`), held)
    if (suspect !== undefined) await client.set(key(`susp:${sid}`), String(suspect))
    await client.hset(key('workers'), sid, '{}')
    await client.zadd(key('consumers'), 1, sid)
  }
  const letters = async () =>
    (await server.client.lrange(key('dead'), '0', '-1')).map((letter) => {
      const end = letter.indexOf('\n')
      return { ...JSON.parse(letter.slice(0, end)), payload: letter.slice(end + 1) }
    })
  const leftOver = async () =>
    (await server.client.keys('ls:*')).filter((name) => /:(inflight|stage|susp|retry|suspects)/.test(name))
  const inHand = async () => {
    const [name = ''] = await server.client.keys(key('inflight:*'))
    return Object.values(await server.client.hgetall(name)).sort()
  }

  test('recovered items go first, the oldest first, keep their number, and are a death older', async () => {
    await server.client.set(key('seq'), '9')
    await server.client.lpush('queue', 'new')
    await die('gone.1.0', { 3: '8 0 - b', 2: '7 1 first.1.0:5 a c' })
    await server.client.lpush(key('stage:gone.1.0'), 'staged')
    const { sink } = await consume(server.url, null)
    await until(() => sink.texts.length === 4, 'four items')
    expect(sink.texts).toEqual(['a c', 'b', 'staged', 'new'])
    expect(sink.taken.map(({ ord }) => ord)).toEqual([7, 8, 10, 11])
    expect(await inHand()).toEqual(['10 1 gone.1.0:stage staged', '11 0 - new', '7 2 first.1.0:5 a c', '8 1 gone.1.0:3 b'])
    expect(Object.keys(await server.client.hgetall(key('workers')))).not.toContain('gone.1.0')
  })

  test('a suspect in hand is what its consumer died of: those beside it grow no older', async () => {
    await die('gone.1.0', { 1: '1 4 first.1.0:1 poison', 2: '2 0 - innocent', 3: '3 2 first.1.0:3 old' }, 1)
    const { sink } = await consume(server.url, null)
    await until(() => sink.texts.length === 3, 'three items')
    expect(await inHand()).toEqual(['1 5 first.1.0:1 poison', '2 0 gone.1.0:2 innocent', '3 2 first.1.0:3 old'])
    expect(await server.client.keys(key('susp:*'))).toHaveLength(1)
  })

  test('suspects are tried one at a time', async () => {
    await server.client.zadd(key('suspects'), 1, '1 3 a.1.0:1 one', 2, '2 3 a.1.0:2 two')
    const { source, sink } = await consume(server.url, null)
    await until(() => sink.texts.length === 1, 'the first')
    // Two beats, at which the second would be taken.
    await pause(1100)
    expect(sink.texts).toEqual(['one'])
    source.done(sink.taken[0]!.id)
    await until(() => sink.texts.length === 2, 'the second')
    source.done(sink.taken[1]!.id)
    await until(async () => (await leftOver()).length === 0, 'nothing left over')
  })

  test('a suspect has its turn though the queue is never empty', async () => {
    await server.client.zadd(key('suspects'), 1, '1 3 a.1.0:1 suspect')
    await server.client.lpush('queue', ...Array.from({ length: 12_000 }, () => '0'))
    const { sink } = await consume(server.url, 0)
    await until(() => sink.texts.length === 12_001, 'all')
    expect(sink.texts.indexOf('suspect')).toBeLessThan(6000)
  })

  test('an item that was in the hands of six dead is buried by whoever finds it', async () => {
    await die('gone.1.0', { 7: '1 5 first.1.0:4 po\nison', 8: '2 0 - innocent' }, 1)
    const { sink } = await consume(server.url, 0)
    await until(() => sink.finished.includes('innocent'), 'the innocent')
    expect(await letters()).toEqual([
      {
        reason: '6 consumers died with it in hand.',
        id: 7,
        consumer: 'gone.1.0',
        ord: 1,
        at: expect.any(Number),
        deaths: 6,
        payload: 'po\nison',
      },
    ])
    expect(sink.texts).toEqual(['innocent'])
    await until(async () => (await leftOver()).length === 0, 'nothing left over')
  })

  test('what is reaped in many parts by many reapers is taken once', async () => {
    const held: Record<string, string> = {}
    for (let i = 1; i <= 3000; i++) held[i] = `${i} 0 - ${i}`
    await die('gone.1.0', held)
    const sinks = await Promise.all(Array.from({ length: 4 }, () => consume(server.url, 0, { concurrency: 100 })))
    await until(() => sinks.reduce((sum, { sink }) => sum + sink.finished.length, 0) === 3000, 'all to finish')
    await pause(100)
    expect(sinks.flatMap(({ sink }) => sink.texts)).toHaveLength(3000)
    await until(async () => (await leftOver()).length === 0, 'nothing left over')
  })

  test('big items are reaped a few at a time', async () => {
    const big = 'x'.repeat(3 << 20)
    const held: Record<string, string> = {}
    for (let i = 1; i <= 12; i++) held[i] = `${i} 0 - ${big}`
    await die('gone.1.0', held)
    await server.client.config('RESETSTAT')
    const { sink } = await consume(server.url, 0)
    await until(() => sink.finished.length === 12, 'all to finish')
    const stats = await server.client.info('commandstats')
    expect(Number(/cmdstat_hrandfield:calls=(\d+)/.exec(stats)?.[1])).toBeGreaterThanOrEqual(6)
  })

  test('a lease that is being reaped cannot be prolonged: nobody holds a half', async () => {
    const { sink } = await consume(server.url, null)
    await server.client.lpush('queue', '1', '2')
    await until(() => sink.texts.length === 2, 'two items')
    await until(async () => (await leftOver()).length === 1, 'both to be booked')
    const [sid = ''] = await server.client.zrange(key('consumers'), '0', '-1')
    await server.client.zadd(key('consumers'), 0, sid)
    await until(async () => (await server.client.zscore(key('consumers'), sid)) === null, 'the rest to be reaped')
    await until(() => sink.texts.length === 4, 'both to be taken again')
    expect(await inHand()).toEqual([expect.stringMatching(/^1 1 .* 1$/), expect.stringMatching(/^2 1 .* 2$/)])
  })

  test('what comes back while the queue is empty is taken within a beat', async () => {
    const { sink } = await consume(server.url, 0)
    await until(() => sink.activities.includes('waiting BLMOVE queue'), 'the wait')
    const envelopes = Array.from({ length: 700 }, (_, i) => [i + 1, `${i + 1} 1 a.1.0:${i} ${i}`]).flat()
    await server.client.zadd(key('retry'), ...envelopes)
    await until(() => sink.finished.length === 700, 'all to finish', 1200)
  })
})
