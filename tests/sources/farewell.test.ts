/** What becomes of the items of a consumer that is told to stop and does not get far. Its piece was switched off once, and the test failed. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { reap } from '../../electron/sources/scripts/recovery'
import { describeRedis } from '../support/describeRedis'
import { consume, stopAll } from '../support/redisRun'
import { type RedisServer, startRedis } from '../support/redisServer'
import { startProxy, type TcpProxy } from '../support/tcpProxy'
import { until } from '../support/until'

const key = (name: string) => `ls:{queue}:${name}`
const tuning = { leaseMs: 600, beatMs: 100, concurrency: 5000 }

describeRedis('redis', () => {
  let server: RedisServer
  let proxy: TcpProxy
  beforeAll(async () => {
    server = await startRedis()
    proxy = await startProxy(server.port)
  })
  afterEach(stopAll)
  afterAll(async () => {
    await proxy.stop()
    await server.stop()
  })

  test('what a stop could not give back in time is no death of anybody', async () => {
    const items = Array.from({ length: 3000 }, (_, i) => String(i))
    await server.client.lpush('queue', ...items)
    const { source, sink } = await consume(`redis://127.0.0.1:${proxy.port}`, null, tuning)
    await until(() => sink.taken.length === items.length, 'all to be taken')
    // Of what is held a part goes back at most, since the answer to that does not come before the time is over.
    proxy.delayRequest = (piece) => {
      if (piece.includes(reap.sha)) proxy.holdReplies = new Promise(() => undefined)
      return 0
    }
    await source.stop()
    proxy.delayRequest = null
    proxy.holdReplies = null
    const [left = ''] = await server.client.keys(key('inflight:*'))
    expect(await server.client.hlen(left)).toBeGreaterThan(1000)
    const { sink: next } = await consume(server.url, 0, tuning)
    await until(() => next.finished.length === items.length, 'all to be run')
    expect(next.taken.filter(({ attempt }) => attempt !== 1)).toHaveLength(0)
    const leftOver = async () =>
      (await server.client.keys('ls:*')).filter((name) => /:(inflight|stage|susp|retry|suspects)/.test(name))
    // The ends of the last are known to the server a moment later.
    await until(async () => (await leftOver()).length === 0, 'nothing left over')
    expect(await server.client.hlen(key('workers'))).toBe(1)
  })

  test('what cannot be buried at a stop does not keep the rest from going back', async () => {
    await server.client.flushall()
    const { source, sink } = await consume(`redis://127.0.0.1:${proxy.port}`, null, { ...tuning, farewellMs: 8000 })
    await server.client.lpush('queue', ...Array.from({ length: 3000 }, (_, i) => String(i)))
    await until(() => sink.taken.length === 3000, 'all to be taken')
    await server.client.set(key('dead'), 'no list')
    proxy.delayRequest = (piece) => (piece.includes(reap.sha) ? 50 : 0)
    source.bury(sink.taken[0]!.id, 'it is bad')
    await source.stop()
    proxy.delayRequest = null
    expect(await server.client.keys(key('inflight:*'))).toEqual([])
    expect(await server.client.zcard(key('retry'))).toBe(3000)
  })
})
