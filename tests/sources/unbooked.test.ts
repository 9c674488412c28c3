/** Moments in which the server and a consumer know different things of an item. Each piece was switched off once, and its test failed. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Feed } from '../../electron/sources/feed'
import { renew } from '../../electron/sources/scripts/lease'
import { reap } from '../../electron/sources/scripts/recovery'
import { describeRedis } from '../support/describeRedis'
import { consume, run, stopAll } from '../support/redisRun'
import { type RedisServer, startRedis } from '../support/redisServer'
import { startProxy, type TcpProxy } from '../support/tcpProxy'
import { until } from '../support/until'

const key = (name: string) => `ls:{queue}:${name}`

describeRedis('redis', () => {
  let server: RedisServer
  let proxy: TcpProxy
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(async () => {
    await server.client.flushall()
    proxy = await startProxy(server.port)
  })
  afterEach(async () => {
    await stopAll()
    await proxy.stop()
  })
  afterAll(() => server.stop())
  const viaProxy = () => `redis://127.0.0.1:${proxy.port}`
  /** The reply of a claim that booked a staged item. */
  const booking = /^\*\d+\r\n:1\r\n:\d+\r\n:\d+\r\n:[1-9]/

  test('an item whose booking was not heard of gets its number at the reconnection', async () => {
    const { source, sink } = await consume(viaProxy(), null)
    const numbered: number[][] = []
    sink.numbered = (id, ord) => numbered.push([id, ord])
    await until(() => sink.activities[sink.activities.length - 1] === 'waiting BLMOVE queue', 'the wait')
    let lost = false
    proxy.dropReply = (piece) => {
      const drop = !lost && booking.test(piece.toString('latin1'))
      lost ||= drop
      return drop
    }
    await server.client.lpush('queue', 'one')
    await until(() => numbered.length === 1, 'the number', 3000)
    expect(lost).toBe(true)
    const [taken] = sink.taken
    expect(numbered).toEqual([[taken!.id, 1]])
    source.done(taken!.id)
    await until(async () => (await server.client.keys(key('inflight:*'))).length === 0, 'nothing in transit')
    expect(sink.taken).toHaveLength(1)
  })

  test('the lease goes on while much is recovered', async () => {
    const held: Record<string, string> = {}
    for (let i = 1; i <= 3000; i++) held[i] = `${i} 0 - ${i}`
    await server.client.hset(key('inflight:gone.1.0'), held)
    // As slow as a server with a full pipe is.
    proxy.delayRequest = (piece) => (piece.includes(reap.sha) ? 300 : 0)
    const { sink } = await consume(viaProxy(), null, { concurrency: 1, leaseMs: 1000, beatMs: 100 })
    await server.client.zadd(key('consumers'), 1, 'gone.1.0')
    let least = Number.POSITIVE_INFINITY
    await until(async () => {
      const [time, leases] = await Promise.all([
        server.client.time(),
        server.client.zrange(key('consumers'), '1', '-1', 'WITHSCORES'),
      ])
      const now = time.map(Number)
      for (const [i, text] of leases.entries())
        if (i % 2 === 1) least = Math.min(least, Number(text) - now[0]! * 1000 - now[1]! / 1000)
      return sink.last().recovered >= 3000
    }, 'all to be recovered')
    expect(least).toBeGreaterThan(0)
  })

  test('what has ended is not given back where the server takes the feed no more', async () => {
    const { source, sink } = await consume(server.url, null, { feed: new Feed() })
    await server.client.lpush('queue', 'one', 'two')
    await until(() => sink.taken.length === 2, 'both')
    await until(async () => (await server.client.xlen(key('events'))) > 0, 'the feed')
    await server.client.call('ACL', 'SETUSER', 'default', '-xadd')
    try {
      source.done(sink.taken[0]!.id)
      await source.stop()
    } finally {
      await server.client.call('ACL', 'SETUSER', 'default', '+xadd')
    }
    const back = [...(await server.client.lrange('queue', '0', '-1')), ...(await server.client.zrange(key('retry'), '0', '-1'))]
    expect(back.join()).toContain('two')
    expect(back.join()).not.toContain('one')
  })

  test('what fails while the server is being emptied becomes a dead letter all the same', async () => {
    const { source, sink } = await consume(server.url, null)
    await server.client.lpush('queue', 'good', 'bad')
    await until(async () => sink.taken.length === 2 && (await server.client.keys(key('inflight:*'))).length === 1, 'the booking')
    await server.client.flushall()
    source.bury(sink.taken.find(({ text }) => text === 'bad')!.id, 'it is bad')
    await until(async () => (await server.client.llen(key('dead'))) === 1, 'the dead letter', 3000)
    expect((await server.client.lrange(key('dead'), '0', '-1'))[0]).toMatch(/it is bad.*\nbad$/s)
    expect(sink.taken).toHaveLength(2)
    await sink.until(({ warning }) => warning !== null, 'the warning')
    expect(sink.last().warning?.en).toContain('Written back: 1, which run here.')
  })

  test('what is written back to an emptied server is as old as it was, and a suspect is one still', async () => {
    await server.client.zadd(key('retry'), 7, '7 2 first.1.0:5 a c')
    await server.client.zadd(key('suspects'), 8, '8 4 first.1.0:6 b')
    await server.client.lpush('queue', 'new')
    const { sink } = await consume(server.url, null)
    await until(() => sink.texts.length === 3, 'all three')
    const [before = ''] = await server.client.keys(key('inflight:*'))
    const held = async (name: string) => Object.values(await server.client.hgetall(name)).sort()
    const was = await held(before)
    expect(was).toEqual([expect.stringMatching(/^1 0 - new$/), '7 2 first.1.0:5 a c', '8 4 first.1.0:6 b'])
    await server.client.flushall()
    await until(async () => (await server.client.keys(key('inflight:*'))).length === 1, 'them to be written back', 4000)
    const [name = ''] = await server.client.keys(key('inflight:*'))
    await until(async () => (await held(name)).length === 3, 'all of them')
    expect(await held(name)).toEqual(was)
    expect(await server.client.get(name.replace('inflight', 'susp'))).toBe('8')
  })

  test('what runs is written back to an emptied server, also where the first reply of that server was lost', async () => {
    const { sink } = await consume(viaProxy(), null)
    const lost: number[] = []
    sink.lost = (ids) => lost.push(...ids)
    await server.client.lpush('queue', 'one')
    await until(async () => (await server.client.keys(key('inflight:*'))).length === 1, 'the booking')
    let cut = 0
    proxy.dropReply = (_piece, request) => {
      const drop = cut === 0 && request.includes(renew.sha)
      if (drop) cut += 1
      return drop
    }
    await server.client.flushall()
    await until(async () => (await server.client.keys(key('inflight:*'))).length === 1, 'it to be written back', 4000)
    expect(cut).toBe(1)
    expect(lost).toEqual([])
  })

  test('a queue that became something else keeps nothing that is to be taken again in the hands of nobody', async () => {
    const { client } = server
    const { source, sink } = await consume(server.url, null)
    source.limit(0)
    await until(() => sink.activities[sink.activities.length - 1] === 'waiting a free place', 'the pause')
    await client.set('queue', 'no list')
    await client.zadd(key('retry'), 7, '7 1 first.1.0:5 one')
    source.limit(10)
    await sink.until(({ phase }) => phase === 'refused', 'the refusal')
    await client.del('queue')
    source.retry()
    await until(() => sink.texts.includes('one'), 'it to be run')
  })

  test('a suspect that has ended here is not in hand, though a server that came back older says so', async () => {
    await server.client.zadd(key('suspects'), 1, '1 3 a.1.0:1 one')
    const { source, sink } = await consume(server.url, null)
    await until(() => sink.texts.length === 1, 'the first')
    const [name = ''] = await server.client.keys(key('inflight:*'))
    const held = await server.client.hgetall(name)
    const [taken] = sink.taken
    source.done(taken!.id)
    await until(async () => (await server.client.exists(name)) === 0, 'its end')
    await server.client.hset(name, held)
    await server.client.set(name.replace('inflight', 'susp'), '1')
    await server.client.zadd(key('suspects'), 2, '2 3 a.1.0:2 two')
    await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await until(() => sink.texts.length === 2, 'the second', 4000)
    expect(sink.texts).toEqual(['one', 'two'])
  })

  test.each(['claim', 'BLMOVE'])(
    'the reply of a %s that comes when the lease is over starts nothing that others have',
    async (how) => {
      const { client } = server
      const { source, sink } = await consume(viaProxy(), null, { leaseMs: 500, beatMs: 100 })
      if (how === 'claim') source.limit(0)
      const wait = how === 'claim' ? 'waiting a free place' : 'waiting BLMOVE queue'
      await until(() => sink.activities[sink.activities.length - 1] === wait, 'the wait')
      let release: () => void = () => undefined
      proxy.holdReplies = new Promise((resolve) => {
        release = resolve
      })
      await client.lpush('queue', 'one')
      source.limit(10)
      const held = async () => (await client.keys('ls:*')).filter((name) => /:(inflight|stage):/.test(name))
      await until(async () => (await held()).length === 1, 'it to be moved')
      const [sid = ''] = await client.zrange(key('consumers'), '0', '-1')
      await until(async () => {
        const [seconds, micros] = (await client.time()).map(Number)
        return seconds! * 1000 + micros! / 1000 > Number(await client.zscore(key('consumers'), sid))
      }, 'the lease to be over')
      const now = client
        .multi()
        .zrem(key('consumers'), sid)
        .del(await held())
      await now
        .hset(key('inflight:other.1.0'), '1', '1 1 - one')
        .zadd(key('consumers'), Date.now() + 60_000, 'other.1.0')
        .exec()
      proxy.holdReplies = null
      release()
      await client.lpush('queue', 'two')
      await until(() => sink.texts.includes('two'), 'work to go on')
      expect(sink.texts).toEqual(['two'])
    },
  )

  test('what a registration finds when its lease is over starts nothing that others have', async () => {
    const { client } = server
    const { sink } = await consume(viaProxy(), null, { leaseMs: 500, beatMs: 100 })
    await until(() => sink.activities[sink.activities.length - 1] === 'waiting BLMOVE queue', 'the wait')
    const sids = () => client.zrange(key('consumers'), '0', '-1')
    const [before = ''] = await sids()
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    proxy.delayRequest = (piece) => {
      if (piece.includes('hmget')) proxy.holdReplies = gate
      return 0
    }
    // As a claim does whose reply is lost.
    await client.hset(key(`inflight:${before}`), '5000', '1 0 - one')
    proxy.cut()
    await until(() => proxy.holdReplies !== null, 'the question')
    const [sid = ''] = await sids()
    await until(async () => {
      const [seconds, micros] = (await client.time()).map(Number)
      return seconds! * 1000 + micros! / 1000 > Number(await client.zscore(key('consumers'), sid))
    }, 'the lease to be over')
    await client
      .multi()
      .zrem(key('consumers'), sid)
      .del(key(`inflight:${sid}`))
      .hset(key('inflight:other.1.0'), '1', '1 1 - one')
      .zadd(key('consumers'), Date.now() + 60_000, 'other.1.0')
      .exec()
    proxy.delayRequest = null
    proxy.holdReplies = null
    release()
    await client.lpush('queue', 'two')
    await until(() => sink.texts.includes('two'), 'work to go on')
    expect(sink.texts).toEqual(['two'])
  })

  test('a name that was registered twice is not among the retired', async () => {
    let cut = 0
    // The reply of TIME, with which a registration ends: its name is known to the server then.
    proxy.dropReply = (piece, request) => {
      const drop =
        cut === 0 && request.toString('latin1').toLowerCase().includes('time\r\n') && piece.toString('latin1').startsWith('*2')
      if (drop) cut += 1
      return drop
    }
    const { sink } = run(viaProxy(), null, { feed: new Feed() })
    await sink.until(({ phase }) => phase === 'consuming', 'the source to consume')
    expect(cut).toBe(1)
    const [live, retired] = await Promise.all(['consumers', 'retired'].map((name) => server.client.zrange(key(name), '0', '-1')))
    expect(retired!.filter((sid) => live!.includes(sid))).toEqual([])
  })
})
