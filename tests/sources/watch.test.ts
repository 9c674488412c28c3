/** A queue of others, looked at: wholly with a user that may only read, and without a trace on the server. */

import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Reader } from '../../electron/sources/watch/reader'
import { Receipt } from '../../electron/sources/watch/receipt'
import { describeRedis } from '../support/describeRedis'
import { feedWriter, keysOf } from '../support/feedWriter'
import { type RedisServer, startRedis } from '../support/redisServer'
import { until } from '../support/until'
import { watching } from '../support/watching'

describeRedis('a watcher', () => {
  let server: RedisServer
  let watches: ReturnType<typeof watching>[] = []
  const keys = keysOf('queue')
  const open = (url = server.url, queue?: string, room?: () => Promise<void>) => {
    const one = watching(url, queue, room)
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

  test('of a large fleet all are counted, a hundred at a time, which is said; and who goes is missed', async () => {
    await feedWriter(server.client, 'queue', 'box-1.1.0123abcd').register('one')
    const sids = Array.from({ length: 249 }, (_, i) => `box-${i + 2}.1.0123abcd`)
    await server.client.zadd(keys.consumers, ...sids.flatMap((sid) => [Date.now() + 60_000, sid]))
    await Promise.all(
      sids.map((sid, i) => server.client.hset(keys.inflight(sid), ...[i, '1 0 - 5', i + 1, '2 0 - 5'].map(String))),
    )
    const watcher = open()
    await watcher.untilReport(({ inFlight }) => inFlight !== null, 'all to be asked')
    expect(watcher.report()).toMatchObject({ consumers: 250, inFlight: 498, moreWorkers: 150 })
    expect(watcher.notes()).toContainEqual(expect.stringMatching(/^“queue” has 250 consumers: .* 100 of them .* 3 s old\.$/))
    await server.client.zrem(keys.consumers, ...sids.slice(100))
    await watcher.untilReport(({ inFlight, moreWorkers }) => inFlight === 200 && moreWorkers === 1, 'those that are left')
    await server.client.zrem(keys.consumers, sids[0]!)
    await watcher.untilReport(({ inFlight }) => inFlight === 198, 'one less')
    expect(watcher.notes()).toEqual([expect.stringContaining('there is no feed')])
  })

  test('follows the list, those who come to it, and those who go', async () => {
    const watcher = open()
    await watcher.untilReport(() => true, 'the first look')
    expect(watcher.last()).toMatchObject({ phase: 'watching', waiting: 0 })
    expect(watcher.notes()).toEqual([
      expect.stringContaining('Nobody takes from “queue”'),
      expect.stringContaining('There is no key “queue”'),
    ])
    expect(watcher.report()).toMatchObject({ consumers: null, inFlight: null, deadLetters: null, oldestSeconds: null, fleet: [] })
    await server.client.lpush('queue', '1', 'x'.repeat(100_000))
    const worker = feedWriter(server.client, 'queue', 'box-7.1.0123abcd')
    await worker.register('left')
    await watcher.untilReport(({ consumers }) => consumers === 1, 'the consumer')
    expect(watcher.notes()).toEqual([expect.stringContaining('there is no feed')])
    expect(watcher.last()).toMatchObject({ waiting: 2 })
    await worker.write({ kind: 'started', ord: 1 })
    await watcher.untilReport(({ fleet }) => fleet[0]?.running === 1, 'the task')
    expect(watcher.notes()).toEqual([])
    await worker.leave()
    await watcher.untilBar('#1', ({ end }) => end?.why === 'its worker is gone')
    await watcher.untilReport(({ fleet }) => fleet.length === 0, 'the fleet to be empty')
  })

  test('says since when the oldest waits, where it says it', async () => {
    const enveloped = (seconds: number) => JSON.stringify({ ls: 1, at: (Date.now() - seconds * 1000) * 1000, payload: '5' })
    await server.client.lpush('queue', enveloped(90), enveloped(10))
    const watcher = open()
    await watcher.untilReport(({ oldestSeconds }) => oldestSeconds !== null && oldestSeconds >= 90, 'the age')
    expect(watcher.report()!.oldestSeconds).toBeLessThan(120)
    await server.client.rpop('queue')
    await watcher.untilReport(({ oldestSeconds }) => oldestSeconds !== null && oldestSeconds < 60, 'the next one')
    await server.client.rpop('queue')
    await server.client.lpush('queue', '{"ls":1,"at":"yesterday"}')
    await watcher.untilReport(({ oldestSeconds }) => oldestSeconds === null, 'one that does not say it')
  })

  test('gaps in the feed, frames that are none and impossible times are counted and said', async () => {
    const worker = feedWriter(server.client, 'queue', 'box-7.1.0123abcd')
    await worker.register('left')
    await worker.write({ kind: 'started', ord: 1 })
    const watcher = open()
    await watcher.untilReport(({ fleet }) => fleet[0]?.running === 1, 'the task')
    worker.skip(3)
    await worker.write({ kind: 'started', ord: 2 }, { kind: 'started', ord: 3, ago: -60_000 })
    await server.client.xadd(keys.events, '*', 'v', '9', 's', 'somebody')
    await watcher.untilReport(
      ({ lostFrames, refusedRecords, notes }) => lostFrames === 3 && refusedRecords === 1 && notes.length === 1,
      'all of it',
    )
    expect(watcher.notes()).toEqual([expect.stringContaining('1 frames of the feed could not be read. The last: ')])
    expect(watcher.report()!.fleet).toMatchObject([{ running: 1, lostFrames: 3 }])
  })

  test('looks through what the stream holds page by page, each frame once', async () => {
    const worker = feedWriter(server.client, 'queue', 'box-7.1.0123abcd')
    await worker.register('left')
    await Promise.all(Array.from({ length: 230 }, (_, ord) => worker.write({ kind: 'started', ord })))
    await Promise.all(Array.from({ length: 30 }, (_, ord) => worker.write({ kind: 'finished', ord })))
    const watcher = open()
    await watcher.untilReport(({ fleet }) => fleet[0]?.running === 200, 'what is still open')
    expect(watcher.report()).toMatchObject({ lostFrames: 0, refusedRecords: 0 })
    expect(watcher.bars).toHaveLength(200)
  })

  test('gives no lane to a worker that had left before we came, whatever the feed still holds of it', async () => {
    const left = feedWriter(server.client, 'queue', 'box-7.1.0123abcd')
    const gone = feedWriter(server.client, 'queue', 'box-8.1.0123abcd')
    await left.register('left')
    await gone.write({ kind: 'started', ord: 1 })
    await left.write({ kind: 'started', ord: 2 })
    const watcher = open()
    await watcher.untilReport(({ fleet }) => fleet.some(({ running }) => running === 1), 'the running task')
    expect([watcher.lanes, watcher.bars.length, watcher.report()!.fleet.length]).toEqual([['left'], 1, 1])
    // What it tells from now on happens in what is shown.
    await gone.write({ kind: 'started', ord: 3 })
    await watcher.untilBar('#3', ({ lane }) => lane === 'box-8')
  })

  test('draws nothing any more once it has stopped', async () => {
    const worker = feedWriter(server.client, 'queue', 'box-7.1.0123abcd')
    await worker.register('left')
    let asked = false
    let letGo: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const watcher = open(server.url, 'queue', () => {
      asked = true
      return gate
    })
    await watcher.untilReport(({ fleet }) => fleet.length === 1, 'the worker')
    await worker.write({ kind: 'started', ord: 1 })
    await until(() => asked, 'the frame')
    watcher.watch.stop()
    letGo()
    await gate
    await new Promise((resolve) => setImmediate(resolve))
    expect(watcher.bars).toEqual([])
  })

  test('goes on where it was after its connection was cut, and begins anew with a server that came back empty', async () => {
    const worker = feedWriter(server.client, 'queue', 'box-7.1.0123abcd')
    await worker.register('left')
    await worker.write({ kind: 'started', ord: 1 })
    const watcher = open()
    await watcher.untilReport(({ fleet }) => fleet[0]?.running === 1, 'the task')
    await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await worker.write({ kind: 'finished', ord: 1 }, { kind: 'started', ord: 2 })
    await watcher.untilReport(({ fleet }) => fleet[0]?.finished === 1, 'the end')
    expect(watcher.bars).toHaveLength(2)
    expect(watcher.report()).toMatchObject({ lostFrames: 0, refusedRecords: 0 })
    await server.client.flushall()
    await watcher.untilBar('#2', ({ end }) => end?.kind === 'pending')
    const anew = feedWriter(server.client, 'queue', 'box-7.2.0123abcd')
    await anew.register('left')
    await server.client.set(keys.epoch, 'another')
    await anew.write({ kind: 'claimed', ord: 1, text: 'anew' }, { kind: 'started', ord: 1 })
    await watcher.untilBar('anew', ({ run }) => run !== null)
    expect(watcher.bars.map(({ end }) => end?.kind)).toEqual(['finished', 'pending', undefined])
  })

  test.each([
    [
      'hash',
      () => server.client.hset('queue', 'a', 1),
      'is of the type hash, and a queue is a list. Nothing was touched; watch another key.',
    ],
    ['bull:mail', () => server.client.hset('bull:mail:meta', 'a', 1), null],
  ])('a key of another type is refused, and nobody is told to delete it: %s', async (_name, make, sentence) => {
    await make()
    const watcher = open()
    await watcher.until(({ phase }) => phase !== 'connecting', 'an answer')
    if (sentence === null) expect(watcher.last()).toMatchObject({ phase: 'watching' })
    else expect(watcher.last()).toMatchObject({ phase: 'refused', reason: { en: expect.stringContaining(sentence) } })
    // Also where it becomes one while we look.
    await server.client.del('queue')
    watcher.watch.retry()
    await watcher.until(({ phase }) => phase === 'watching', 'the empty list')
    await server.client.set('queue', 'x')
    await watcher.until(({ phase, reason }) => phase === 'refused' && /type string/.test(reason?.en ?? ''), 'the refusal')
  })

  test.each([
    ['a list of BullMQ', 'bull:mail:wait', 'is a list of BullMQ'],
    ['the name of one', 'bull:mail', 'Watch that one.'],
  ])('%s is told by its neighbour', async (_name, queue, sentence) => {
    await server.client.hset('bull:mail:meta', 'opts.maxLenEvents', 10_000)
    await server.client.lpush('bull:mail:wait', '1', '2')
    const watcher = open(server.url, queue)
    await watcher.untilReport(() => true, 'the first look')
    expect(watcher.notes()[0]).toContain(sentence)
  })

  test('keys of a version that is not known here are left alone', async () => {
    await server.client.set(keys.version, '77')
    await server.client.lpush(keys.dead, 'x')
    const watcher = open()
    await watcher.untilReport(() => true, 'the first look')
    expect(watcher.notes()[0]).toContain('another version of Loopscope (layout 77)')
    expect(watcher.report()).toMatchObject({ deadLetters: null })
  })

  test('a user that may read the list alone sees its length, and is told what for the rest is wanting', async () => {
    await fill()
    await server.client.acl('SETUSER', 'narrow', 'on', '>secret', '~queue', `~${keys.version}`, '-@all', '+llen', '+get')
    const watcher = open(server.url.replace('redis://', 'redis://narrow:secret@'))
    await watcher.untilReport(({ notes }) => notes.some(({ en }) => /may not send/.test(en)), 'the sentence')
    expect(watcher.last()).toMatchObject({
      phase: 'watching',
      waiting: 3,
      watch: { inFlight: null, consumers: null, retry: null },
    })
    const receipt = watcher.watch.receipt.lines
    expect(receipt.filter(({ refused }) => refused > 0).length).toBeGreaterThan(3)
    await server.client.acl('DELUSER', 'narrow')
  })

  test('no command that writes can leave, whoever asks for it', async () => {
    const receipt = new Receipt()
    const reader = new Reader({ port: server.port }, receipt, { address: '', queue: '', redact: (text) => text }, () => undefined)
    await reader.connect()
    await expect(reader.client.set('a', 1)).rejects.toThrow('set is no command of a watcher')
    await expect(reader.client.client('SETNAME', 'me')).rejects.toThrow('client is no command of a watcher')
    await expect(reader.client.eval('return redis.call("SET", "a", 1)', 0)).rejects.toThrow('eval is no command of a watcher')
    expect(receipt.lines).toEqual([])
    expect(await server.client.exists('a')).toBe(0)
    reader.end(null)
  })
})
