/** Crashes and lost connections, seen from inside one source: nothing may be lost. From outside, with consumers that are killed: tests/faults. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { claim } from '../../electron/sources/scripts/claim'
import { describeRedis } from '../support/describeRedis'
import { buildConsumer, newLedger, spawnConsumer } from '../support/redisConsumers'
import { consume, stopAll } from '../support/redisRun'
import { type RedisServer, startRedis } from '../support/redisServer'
import { startProxy, type TcpProxy } from '../support/tcpProxy'
import { pause, until } from '../support/until'

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => String(from + i))
const missing = (all: readonly string[], seen: readonly string[]) => {
  // Made once: this is asked every 10 ms on the very thread that consumes.
  const found = new Set(seen)
  return all.filter((text) => !found.has(text))
}
const inTransit = async (server: RedisServer) =>
  (await server.client.keys('ls:*')).filter((key) => /:(inflight|stage):/.test(key))

describeRedis('redis', () => {
  describe('a consumer that crashes', () => {
    let server: RedisServer
    beforeAll(async () => {
      await buildConsumer()
      server = await startRedis()
    })
    afterEach(stopAll)
    afterAll(() => server.stop())

    test('what a crashed run left comes back, oldest first, within its lease and a second, and is counted', async () => {
      await server.client.flushall()
      const ledger = newLedger()
      const items = numbers(45).map((text) => `${text}:60000`)
      await server.client.lpush('queue', ...items)
      const child = spawnConsumer(server.url, ledger)
      await until(() => ledger.started().length === 40, 'forty items to start')
      child.kill('SIGKILL')
      const killed = performance.now()
      const { sink } = await consume(server.url, 0, { ask: false, concurrency: 5 })
      await until(() => missing(items, sink.finished).length === 0, 'all to come back', 6000)
      expect(performance.now() - killed).toBeLessThan(4500)
      expect(sink.texts.slice(5)).toEqual(items.slice(0, 40))
      await sink.until(({ recovered }) => recovered === 40, 'the count of what was recovered')
    })
  })

  describe('connections', () => {
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

    test('CLIENT KILL again and again: nothing lost, nothing run twice', async () => {
      const { sink } = await consume(server.url, 30)
      const items = numbers(2000)
      let kills = 0
      for (let i = 0; i < items.length; i += 50) {
        await server.client.lpush('queue', ...items.slice(i, i + 50))
        // Every other time whatever it is doing, also while it connects.
        if (i % 100 === 0) await sink.until(({ phase }) => phase === 'consuming', 'the connection')
        else await pause(60)
        kills += Number(await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'))
      }
      expect(kills).toBeGreaterThan(20)
      await until(() => missing(items, sink.finished).length === 0, 'all to finish')
      await until(async () => (await inTransit(server)).length === 0, 'nothing in transit')
      expect(sink.taken.length).toBe(items.length)
    })

    test('a lost reply of a claim: the items are fetched and run, once', async () => {
      const { sink } = await consume(viaProxy(), 10)
      let drops = 0
      proxy.dropReply = (piece) => {
        // A claim's reply: an array that begins with the number 1 and holds payloads.
        const lost = drops < 8 && /^\*\d+\r\n:1\r\n(:\d+\r\n){6}\$[1-9]/.test(piece.toString('latin1'))
        if (lost) drops += 1
        return lost
      }
      const items = numbers(1200)
      for (let i = 0; i < items.length; i += 100) {
        // What is pushed during a reconnection is claimed with what comes next: there would be fewer claims than pushes.
        await until(() => sink.activities[sink.activities.length - 1] === 'waiting BLMOVE queue', 'the wait')
        await server.client.lpush('queue', ...items.slice(i, i + 100))
        await until(() => drops === Math.min(8, i / 100 + 1), 'a reply to be lost')
      }
      await until(() => missing(items, sink.finished).length === 0, 'all to finish')
      expect(drops).toBe(8)
      expect(sink.taken.length).toBe(items.length)
      await until(async () => (await inTransit(server)).length === 0, 'nothing in transit')
    })

    test('a lost reply of BLMOVE: the item comes back at the reconnection, not only with the sweep', async () => {
      const { sink } = await consume(viaProxy(), 0)
      for (let i = 0; i < 5; i++) {
        await until(() => sink.activities[sink.activities.length - 1] === 'waiting BLMOVE queue', 'the wait')
        let lost = false
        proxy.dropReply = (piece) => {
          const drop = !lost && piece.toString('latin1').startsWith('$1\r\n')
          lost ||= drop
          return drop
        }
        await server.client.lpush('queue', String(i))
        await until(() => sink.taken.length === i + 1, 'the item', 1500)
        expect(lost).toBe(true)
      }
    })

    test('any reply lost, those of acks and of the registration too: nothing lost, nothing run twice', async () => {
      const { sink } = await consume(viaProxy(), 10)
      const items = numbers(900)
      for (let round = 0; round < 15; round++) {
        // Two in a row, so that the second falls into the reconnection: the registration's reply, the first claim's.
        for (let drop = 0; drop < 2; drop++) {
          let left = 1 + ((round + 2 * drop) % 5)
          proxy.dropReply = () => {
            left -= 1
            return left === 0
          }
          await server.client.lpush('queue', ...items.slice(round * 60 + drop * 30, round * 60 + drop * 30 + 30))
          await until(() => left <= 0, 'a reply to be dropped')
        }
        proxy.dropReply = null
        const before = sink.finished.length
        await until(() => sink.finished.length > before || sink.finished.length === (round + 1) * 60, 'work to go on')
      }
      await until(() => missing(items, sink.finished).length === 0, 'all to finish', 15_000)
      expect(sink.taken.length).toBe(items.length)
      await until(async () => (await inTransit(server)).length === 0, 'nothing in transit')
    }, 40_000)

    test('a lost reply of the registration: what runs stays ours', async () => {
      const { source, sink } = await consume(viaProxy(), null)
      await server.client.lpush('queue', ...numbers(20))
      await until(() => sink.taken.length === 20, 'twenty items')
      for (let round = 0; round < 3; round++) {
        let cut = false
        let lost = false
        proxy.dropReply = (piece) => {
          // The reply of renew: an array that begins with 0 or 1 and goes on with the epoch.
          const registration = /^\*\d+\r\n:[01]\r\n\$\d+\r\n[a-z0-9]+\r\n/.test(piece.toString('latin1'))
          if (cut && !(registration && !lost)) return false
          lost = cut
          cut = true
          return true
        }
        await until(() => lost, 'the reply of a registration')
        proxy.dropReply = null
        const attempts = proxy.connections
        await until(() => proxy.connections > attempts && sink.last().phase === 'consuming', 'the next registration')
      }
      for (const { id } of sink.taken) source.done(id)
      await until(async () => (await inTransit(server)).length === 0, 'the acks to reach what is in transit', 1500)
      expect(await server.client.llen('queue')).toBe(0)
      expect(sink.taken.length).toBe(20)
    })

    test('an end that comes before its booking waits for it: nothing is left to be run again', async () => {
      const { sink } = await consume(viaProxy(), 0)
      proxy.delayRequest = (piece) => (piece.includes(claim.sha) ? 20 : 0)
      for (let i = 0; i < 60; i++) {
        await server.client.lpush('queue', String(i))
        await until(() => sink.taken.length > i, 'the item')
      }
      proxy.delayRequest = null
      await sink.until(({ finished }) => finished === 60, '60 finished')
      await until(async () => (await inTransit(server)).length === 0, 'nothing in transit', 1500)
    })

    test('stop between an end and its booking: the item is not given back', async () => {
      const { source, sink } = await consume(viaProxy(), null)
      await until(() => sink.activities.includes('waiting BLMOVE queue'), 'the wait')
      proxy.delayRequest = (piece) => (piece.includes(claim.sha) ? 100 : 0)
      await server.client.lpush('queue', 'a')
      await until(() => sink.taken.length === 1, 'the item')
      source.done(sink.taken[0]!.id)
      await source.stop()
      expect(await server.client.lrange('queue', 0, -1)).toEqual([])
      expect(await inTransit(server)).toEqual([])
    })

    test('stop after the server was emptied: what it moved for us meanwhile is given back', async () => {
      const { source, sink } = await consume(viaProxy(), null)
      await until(() => sink.activities.includes('waiting BLMOVE queue'), 'the wait')
      // The reply of BLMOVE is still on its way at the stop.
      proxy.rewriteReply = (piece) => (piece.toString('latin1').startsWith('$1\r\n') ? Buffer.alloc(0) : piece)
      await server.client.multi().flushall().lpush('queue', 'a').exec()
      expect(await inTransit(server)).toHaveLength(1)
      await source.stop()
      expect(sink.taken).toEqual([])
      expect(await server.client.lrange('queue', 0, -1)).toEqual(['a'])
      expect(await inTransit(server)).toEqual([])
    })

    test('a connection that only the server believes in does not swallow what is pushed', async () => {
      const { sink } = await consume(viaProxy(), 0)
      for (let round = 0; round < 3; round++) {
        await until(() => sink.activities[sink.activities.length - 1] === 'waiting BLMOVE queue', 'the wait')
        const before = sink.taken.length
        proxy.ghost()
        await until(
          async () => (await server.client.llen('queue')) === 0 && sink.last().phase === 'consuming',
          'the new connection',
        )
        await pause(120)
        const pushed = performance.now()
        await server.client.lpush('queue', ...numbers(5, round * 5))
        await until(() => sink.taken.length === before + 5, 'all five', 8000)
        // Without CLIENT KILL the sweep would bring the first of them seconds later.
        expect(performance.now() - pushed).toBeLessThan(1000)
      }
      expect(sink.texts).toEqual(numbers(15))
    })

    test('a ghost that the client could not kill is swept', async () => {
      await server.client.call('ACL', 'SETUSER', 'limited', 'on', '>pw', '~*', '+@all', '-client|kill')
      const { sink } = await consume(`redis://limited:pw@127.0.0.1:${proxy.port}`, 0)
      await until(() => sink.activities.includes('waiting BLMOVE queue'), 'the wait')
      proxy.ghost()
      await pause(200)
      await server.client.lpush('queue', ...numbers(5))
      await until(() => missing(numbers(5), sink.finished).length === 0, 'all five', 9000)
    })

    test('a line that is silent but open is noticed, and the items run on', async () => {
      const { sink } = await consume(viaProxy(), 7000, { concurrency: 4 })
      await server.client.lpush('queue', ...numbers(4))
      await until(() => sink.taken.length === 4, 'four items')
      proxy.blackHole = true
      await until(
        () => sink.statuses.some(({ phase }) => phase === 'connecting' || phase === 'unreachable') && proxy.connections > 2,
        'the loss',
        9000,
      )
      proxy.blackHole = false
      await until(() => sink.finished.length === 4, 'the items to finish', 12_000)
      await until(async () => (await inTransit(server)).length === 0, 'nothing in transit', 15_000)
    }, 40_000)

    test('a consumer that was given up starts anew, and what was reaped is not acknowledged', async () => {
      const { source, sink } = await consume(server.url, null, { concurrency: 2 })
      await server.client.lpush('queue', '1', '2')
      await until(() => sink.taken.length === 2, 'two items')
      await until(async () => (await inTransit(server)).length === 1, 'both to be booked')
      const [old = ''] = await server.client.zrange('ls:{queue}:consumers', '0', '-1')
      // As a frozen process would find it: given up, its items taken by another, who still runs them.
      await server.client
        .multi()
        .zrem('ls:{queue}:consumers', old)
        .rename(`ls:{queue}:inflight:${old}`, 'ls:{queue}:inflight:other.1.0')
        .zadd('ls:{queue}:consumers', Date.now() + 60_000, 'other.1.0')
        .exec()
      await until(
        async () => (await server.client.zrange('ls:{queue}:consumers', '0', '-1')).some((sid) => sid !== 'other.1.0'),
        'a new name',
      )
      await sink.until(({ phase }) => phase === 'consuming', 'consuming')
      for (const { id } of sink.taken) source.done(id)
      await pause(200)
      expect(await server.client.hlen('ls:{queue}:inflight:other.1.0')).toBe(2)
      await server.client.lpush('queue', '3')
      await until(() => sink.texts.includes('3'), 'the next item')
    })
  })

  describe('the server', () => {
    afterEach(stopAll)

    test('restarted and killed with AOF under a run: nothing lost, and it reconnects by itself', async () => {
      // Written before each answer, as kill -9 leaves it; with everysec a slow disk puts the writing off, and the server comes back older than it was.
      const server = await startRedis('--appendonly', 'yes', '--appendfsync', 'no')
      try {
        const { sink } = await consume(server.url, 40, { concurrency: 50 })
        const items = numbers(1500)
        for (let crash = 0; crash < 4; crash++) {
          const before = sink.finished.length
          // For each crash its own, so that there is work left however long the server took to come back.
          await server.client.lpush('queue', ...items.slice(crash * 375, (crash + 1) * 375))
          await until(() => sink.finished.length > before + 100, 'work between the crashes')
          if (crash % 2 === 0) await server.restart()
          else {
            await server.kill9()
            await pause(400)
            await server.start()
          }
        }
        await until(() => missing(items, sink.finished).length === 0, 'all to finish')
        expect(sink.taken.length).toBe(items.length)
        await until(async () => (await inTransit(server)).length === 0, 'nothing in transit')
        expect(sink.failures.length).toBeGreaterThan(0)
        await sink.until(
          ({ phase, attempt, reason }) => phase === 'consuming' && attempt === 0 && reason === null,
          'the status to be good',
        )
      } finally {
        await server.stop()
      }
    }, 40_000)

    test('came back empty: what was running is written back, byte for byte, and outlives the consumer', async () => {
      const server = await startRedis()
      try {
        const { source, sink } = await consume(server.url, null)
        await server.client.lpush('queue', Buffer.from([0xff, 0x00, 0xfe]), 'second', 'third')
        await until(() => sink.taken.length === 3, 'three items')
        await server.kill9()
        await server.start()
        await until(async () => (await inTransit(server)).length === 1, 'the items to be written back')
        source.done(sink.taken[1]!.id)
        await pause(100)
        await source.stop()
        const envelopes = await server.client.zrangeBuffer('ls:{queue}:retry', '0', '-1')
        const payloads = envelopes.map((bytes) => bytes.subarray(bytes.lastIndexOf(0x20) + 1))
        expect(payloads).toEqual([Buffer.from([0xff, 0x00, 0xfe]), Buffer.from('third')])
      } finally {
        await server.stop()
      }
    })

    test('its scripts forgotten: it goes on', async () => {
      const server = await startRedis()
      try {
        const { sink } = await consume(server.url, 0)
        for (let i = 0; i < 20; i++) {
          await server.client.script('FLUSH')
          await server.client.lpush('queue', String(i))
          await pause(20)
        }
        await until(() => sink.finished.length === 20, 'twenty items')
        expect(sink.statuses.some(({ phase }) => phase === 'refused')).toBe(false)
      } finally {
        await server.stop()
      }
    })
  })
})
