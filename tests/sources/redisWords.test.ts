/** What the source says and does when it is not let in: one sentence, no storm, nothing touched, no password anywhere. */
import { afterEach, expect, test } from 'vitest'
import { describeRedis } from '../support/describeRedis'
import { consume, type Run, run, stopAll } from '../support/redisRun'
import { freePort, type RedisServer, startRedis } from '../support/redisServer'
import { startProxy } from '../support/tcpProxy'
import { pause, until } from '../support/until'

const refused = async ({ sink }: Run, words: RegExp) => {
  await sink.until(({ phase }) => phase === 'refused', 'the refusal')
  expect(sink.last().reason?.en).toMatch(words)
  expect(sink.last().nextAttemptInSeconds).toBeGreaterThan(0)
}
const connectionsMade = async (server: RedisServer) =>
  Number(/total_connections_received:(\d+)/.exec(await server.client.info('stats'))?.[1])
const commandsSeen = async (server: RedisServer) =>
  Number(/total_commands_processed:(\d+)/.exec(await server.client.info('stats'))?.[1])
const withServer = async (args: string[], test: (server: RedisServer) => Promise<void>) => {
  const server = await startRedis(...args)
  try {
    await test(server)
  } finally {
    await stopAll()
    await server.stop()
  }
}

test('no server: the reason, the attempts and the next one; retry tries at once; stop is quick', async () => {
  const port = await freePort()
  const { source, sink } = run(`redis://user:s3cret@127.0.0.1:${port}`, 0)
  await sink.until(({ attempt }) => attempt === 4, 'the fourth attempt')
  expect(sink.last()).toMatchObject({
    phase: 'unreachable',
    address: `127.0.0.1:${port}`,
    reason: { en: expect.stringContaining('Nothing listens at'), zh: expect.stringContaining('没有程序在监听') },
  })
  expect(sink.last().nextAttemptInSeconds).toBeGreaterThan(1)
  expect(sink.failures.length).toBe(4)
  expect(sink.activities).toContain('sleeping retry in 2 s')
  const tried = performance.now()
  source.retry()
  await sink.until(({ attempt }) => attempt === 5, 'the attempt asked for')
  expect(performance.now() - tried).toBeLessThan(500)
  await expect(source.push(['1'])).rejects.toThrow('Nothing was pushed')
  const stopped = performance.now()
  await source.stop()
  expect(performance.now() - stopped).toBeLessThan(500)
  expect(JSON.stringify([sink.statuses, sink.failures, sink.activities])).not.toContain('s3cret')
})

test('an address that cannot be read is refused without a word of it', async () => {
  const { source, sink } = run('redis://:s3#cret@127.0.0.1', 0)
  expect(sink.last()).toMatchObject({ phase: 'refused', address: '', nextAttemptInSeconds: null })
  await source.stop()
  expect(JSON.stringify([sink.statuses, sink.failures])).not.toMatch(/s3|cret/)
})

describeRedis('redis', () => {
  afterEach(stopAll)

  test('a silent server: stop is quick all the same', async () => {
    await withServer([], async (server) => {
      const proxy = await startProxy(server.port)
      const { source, sink } = await consume(`redis://127.0.0.1:${proxy.port}`, null)
      await server.client.lpush('queue', '1')
      await until(() => sink.taken.length === 1, 'the item')
      proxy.blackHole = true
      const stopped = performance.now()
      await source.stop()
      expect(performance.now() - stopped).toBeLessThan(500)
      await proxy.stop()
    })
  })

  test('a key of the wrong type: no storm, nothing touched, and it goes on when the key is put right', () =>
    withServer([], async (server) => {
      await server.client.set('queue', 'mine')
      const started = run(server.url, 0)
      await refused(started, /“queue” at 127\.0\.0\.1:\d+ is not a list/)
      const before = await connectionsMade(server)
      await pause(1500)
      expect(await connectionsMade(server)).toBe(before)
      expect(await server.client.keys('*')).toEqual(['queue'])
      await server.client.del('queue')
      await server.client.lpush('queue', '5')
      started.source.retry()
      await started.sink.until(({ finished, phase }) => finished === 1 && phase === 'consuming', 'the item', 2000)
    }))

  test('the key becomes the wrong type under a run: the connection and the lease are kept', () =>
    withServer([], async (server) => {
      const started = await consume(server.url, null)
      await server.client.lpush('queue', '5')
      await until(() => started.sink.taken.length === 1, 'the item')
      await server.client.set('queue', 'mine')
      await started.sink.until(({ phase }) => phase === 'refused', 'the refusal', 4000)
      const before = await connectionsMade(server)
      const commands = await commandsSeen(server)
      await pause(1200)
      expect((await commandsSeen(server)) - commands).toBeLessThan(40)
      started.source.done(started.sink.taken[0]!.id)
      await until(async () => (await server.client.keys('ls:*inflight*')).length === 0, 'the ack')
      expect(await connectionsMade(server)).toBe(before)
      expect(await server.client.get('queue')).toBe('mine')
      await server.client.del('queue')
      started.source.retry()
      await started.sink.until(({ phase, reason }) => phase === 'consuming' && reason === null, 'consuming', 2000)
    }))

  test('a password is wanted; a wrong one is not accepted and not shown; the right one is', () =>
    withServer(['--requirepass', 'righ:t@'], async (server) => {
      await refused(run(server.url, 0), /wants a password/)
      const wrong = run(`redis://:wr0ng@127.0.0.1:${server.port}`, 0)
      await refused(wrong, /does not accept/)
      const right = await consume(`redis://:righ%3At%40@127.0.0.1:${server.port}`, 0)
      await server.client.lpush('queue', '5')
      await right.sink.until(({ finished }) => finished === 1, 'the item')
      expect(JSON.stringify([wrong.sink, right.sink])).not.toMatch(/wr0ng|righ/)
    }))

  test('keys of another layout are left alone', () =>
    withServer([], async (server) => {
      await server.client.set('ls:{queue}:version', '3')
      await server.client.lpush('queue', '5')
      await refused(run(server.url, 0), /another version of Loopscope \(layout 3\)/)
      await pause(200)
      expect((await server.client.keys('*')).sort()).toEqual(['ls:{queue}:version', 'queue'])
      expect(await server.client.llen('queue')).toBe(1)
    }))

  test('keys of the layout before are raised in place, and what they hold is taken', () =>
    withServer([], async (server) => {
      await server.client.set('ls:{queue}:version', '1')
      await server.client.set('ls:{queue}:seq', '7')
      await server.client.zadd('ls:{queue}:consumers', 1, 'old.1.0')
      await server.client.hset('ls:{queue}:inflight:old.1.0', '4', '7 0 - 5')
      const { sink } = run(server.url, 0)
      await sink.until(({ finished }) => finished === 1, 'the item')
      expect(sink.texts).toEqual(['5'])
      expect(await server.client.get('ls:{queue}:version')).toBe('2')
    }))

  test('a server without BLMOVE', () =>
    withServer(['--rename-command', 'BLMOVE', ''], async (server) => {
      await refused(run(server.url, 0), /too old or forbids BLMOVE.*6\.2/)
      await server.client.lpush('queue', '5')
      await pause(200)
    }))

  test('a database that does not exist is refused, and database 0 is not touched', () =>
    withServer([], async (server) => {
      await server.client.lpush('queue', '5')
      await refused(run(`${server.url}/99`, 0), /DB index/)
      expect(await server.client.keys('*')).toEqual(['queue'])
    }))

  test('a read-only replica', () =>
    withServer([], async (server) => {
      await server.client.replicaof('127.0.0.1', 1)
      await refused(run(server.url, 0), /read-only replica/)
    }))

  test('an ACL that forbids the keys', () =>
    withServer([], async (server) => {
      await server.client.call('ACL', 'SETUSER', 'limited', 'on', '>pw', '~queue', '+@all')
      await refused(run(`redis://limited:pw@127.0.0.1:${server.port}`, 0), /may not do what is needed/)
    }))

  test('full memory is told, and it goes on when there is room again', () =>
    withServer(['--maxmemory-policy', 'noeviction'], async (server) => {
      const started = await consume(server.url, 0)
      await server.client.config('SET', 'maxmemory', '1')
      await started.sink.until(({ phase }) => phase === 'refused', 'the refusal', 4000)
      expect(started.sink.last().reason?.en).toMatch(/memory of Redis/)
      await server.client.config('SET', 'maxmemory', '0')
      await server.client.lpush('queue', '5')
      started.source.retry()
      await started.sink.until(({ phase, finished }) => phase === 'consuming' && finished === 1, 'the item', 2000)
    }))
})
