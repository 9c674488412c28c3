/** A queue of others, looked at: wholly with a user that may only read, and without a trace on the server. */

import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeRedis } from '../support/describeRedis'
import { feedWriter, keysOf } from '../support/feedWriter'
import { type RedisServer, startRedis } from '../support/redisServer'
import { until } from '../support/until'
import { watching } from '../support/watching'

describeRedis('a watcher', () => {
  let server: RedisServer
  let watches: ReturnType<typeof watching>[] = []
  const keys = keysOf('queue')
  const open = (url = server.url, queue?: string) => {
    const one = watching(url, queue)
    watches.push(one)
    return one
  }
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(() => server.client.flushall())
  afterEach(() => {
    for (const one of watches) one.watch.stop()
    watches = []
  })
  afterAll(() => server.stop())

  /** Every key with its content, byte for byte. */
  async function contents(): Promise<Record<string, string>> {
    const names = (await server.client.keys('*')).sort()
    const dumps = await Promise.all(names.map((name) => server.client.dumpBuffer(name)))
    return Object.fromEntries(names.map((name, i) => [name, dumps[i]?.toString('hex') ?? '']))
  }

  /** A queue in the middle of its work. */
  async function fill() {
    const worker = feedWriter(server.client, 'queue', 'box-7.1.0123abcd', 5_000_000)
    await worker.register('left')
    await server.client.lpush('queue', '1', '2', JSON.stringify({ ls: 1, at: (Date.now() - 90_000) * 1000, payload: '5' }), '3')
    await server.client.rpop('queue')
    await server.client.hset(keys.inflight('box-7.1.0123abcd'), '1', '4 0 - 5', '2', '5 0 - 1')
    await server.client.zadd(keys.retry, 2, '2 1 - 7')
    await server.client.zadd(keys.suspects, 1, '1 3 - 9')
    await server.client.lpush(keys.dead, '{"reason":"no"}\nfive')
    await worker.write({ kind: 'claimed', ord: 3, ago: 50, text: '3' }, { kind: 'started', ord: 3, ago: 40 })
    await worker.write({ kind: 'finished', ord: 3, ago: 30 }, { kind: 'claimed', ord: 4, ago: 20, text: '5' })
    await worker.write({ kind: 'started', ord: 4, ago: 10 })
    return worker
  }

  test('with a user that may only read it sees everything, and the server is as it was', async () => {
    const worker = await fill()
    await server.client.acl('SETUSER', 'looker', 'on', '>secret', '~*', '-@all', '+@read', '+ping')
    const before = await contents()
    await server.client.config('RESETSTAT')
    const seen: string[][] = []
    const monitor = await new Redis(server.port).monitor()
    monitor.on('monitor', (_time: string, args: string[]) => seen.push(args))
    const watcher = open(server.url.replace('redis://', 'redis://looker:secret@'))
    await watcher.untilReport((report) => report.fleet[0]?.running === 1, 'the running task')
    await worker.write({ kind: 'claimed', ord: 5, text: 'late' }, { kind: 'finished', ord: 4 })
    await watcher.untilBar('5', ({ end }) => end?.kind === 'finished')
    await watcher.untilReport((report) => report.fleet[0]?.finished === 1, 'the task that finished')
    const { watch: report, ...status } = watcher.last()!
    expect(status).toMatchObject({ phase: 'watching', waiting: 3, inFlight: 2, finished: 1, failed: 0 })
    expect(report).toMatchObject({
      consumers: 1,
      inFlight: 2,
      retry: 1,
      suspects: 1,
      deadLetters: 1,
      lostFrames: 0,
      refusedRecords: 0,
    })
    expect(report!.fleet).toMatchObject([{ name: 'left', host: 'box', pid: 7, concurrency: 4, aheadSeconds: 5 }])
    expect(watcher.lanes).toEqual(['left'])
    // Only what had not ended when we came; the clock that is five seconds ahead is put right.
    expect(watcher.bars.map(({ name }) => name)).toEqual(['5', 'late'])
    expect(watcher.bars[1]!.ready).toBeGreaterThan(0)
    expect(watcher.bars[1]!.ready).toBeLessThan(watcher.now())

    watcher.watch.stop()
    const stats = await server.client.info('commandstats')
    const named = (name: string) => Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0)
    expect(Object.keys(before).map((name) => name === keys.events || before[name])).toEqual(
      Object.entries(await contents()).map(([name, dump]) => name === keys.events || dump),
    )
    const receipt = watcher.watch.receipt.lines
    const sent = (name: string) =>
      receipt.reduce((sum, { command, count }) => (command.split(' ')[0] === name ? sum + count : sum), 0)
    // The test's own frame is the one command that wrote.
    for (const name of ['xadd']) expect(named(name)).toBe(1)
    const own = new Set(receipt.map(({ command }) => command.split(' ')[0]!.toLowerCase()))
    own.delete('auth')
    own.delete('time')
    for (const name of own) expect([name, sent(name.toUpperCase())]).toEqual([name, named(name)])
    await until(() => seen.filter(([name]) => name === 'xread').length === sent('XREAD'), 'MONITOR to tell all')
    const categories = await Promise.all([...own].map((name) => server.client.command('INFO', name)))
    expect(categories.map((info) => String((info as unknown[][])[0]![2]).includes('readonly'))).toEqual([...own].map(() => true))
    expect(watcher.notes()).toEqual([])
    monitor.disconnect()
    await server.client.acl('DELUSER', 'looker')
  })
})
