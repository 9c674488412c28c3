/** Against a real server: the acknowledgements count, the feed is worth less than they. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type FeedFrame, readFrame } from '#protocol/feedRecords'
import { acknowledge, Feed } from '../../electron/sources/feed'
import { workerMicros } from '../../electron/sources/serverClock'
import { describeRedis } from '../support/describeRedis'
import { consume, stopAll } from '../support/redisRun'
import { type RedisServer, startRedis } from '../support/redisServer'
import { until } from '../support/until'

const sid = 'host-1.1.0123abcd'
const [inflight, events] = ['inflight', 'events']

describeRedis('the feed', () => {
  let server: RedisServer
  let feed: Feed
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(async () => {
    await server.client.flushall()
    await server.client.hset(inflight, ...['1', '2', '3', '4'].flatMap((id) => [id, `${id} 0 - x`]))
    feed = new Feed()
    feed.begin(sid)
  })
  afterEach(stopAll)
  afterAll(() => server.stop())

  const send = (ids: number[] = []) => acknowledge(server.client, { inflight, events, susp: null }, ids, feed)
  const held = () => server.client.hkeys(inflight)
  async function frames(): Promise<FeedFrame[]> {
    const entries = await server.client.xrangeBuffer(events, '-', '+')
    return entries.map(([, fields]) => {
      const frame = readFrame(fields)
      if (!frame.ok) throw new Error(frame.problem.en)
      return frame.value
    })
  }

  test('goes with the acknowledgements, numbered, and without any, too', async () => {
    const before = workerMicros()
    feed.mark('claimed', 7, 'five')
    feed.mark('started', 7)
    await send()
    feed.mark('finished', 7)
    await feed.measure(server.client)
    await send([1, 2])
    await send([3])
    expect(await held()).toEqual(['4'])
    const [first, second, ...more] = await frames()
    expect([first!.number, first!.offset, second!.number, more.length]).toEqual([1, null, 2, 0])
    expect(first!.records).toMatchObject([
      { kind: 'claimed', ord: 7, text: 'five' },
      { kind: 'started', ord: 7, text: '' },
    ])
    const times = [before, ...[...first!.records, ...second!.records].map(({ time }) => time), workerMicros()]
    expect(times).toEqual([...times].sort((a, b) => a - b))
    // One machine, one clock, read in two ways.
    expect(Math.abs(second!.offset!)).toBeLessThan(second!.error! + 50_000)
    feed.begin('host-1.2.0123abcd')
    feed.mark('lost', 9)
    await send()
    expect((await frames())[2]).toMatchObject({ number: 1, sid: 'host-1.2.0123abcd' })
    expect(feed.lost).toBe(0)
  })

  test('that is refused is counted, holds up no acknowledgement, and is left alone for a while', async () => {
    await server.client.set(events, 'no stream')
    feed.mark('started', 1)
    await send([1])
    expect([await held(), feed.lost]).toEqual([['2', '3', '4'], 1])
    feed.mark('started', 2)
    await send([2])
    expect([await held(), feed.lost]).toEqual([['3', '4'], 1])
    await server.client.del(events)
    feed.begin(sid)
    await send([3])
    expect((await frames()).flatMap(({ records }) => records)).toMatchObject([{ kind: 'started', ord: 2 }])
  })

  test('leaves a gap in the numbers where a frame was lost', async () => {
    feed.mark('started', 1)
    expect(feed.frame()).not.toBeNull()
    feed.lose(false)
    feed.mark('started', 2)
    await send()
    expect([(await frames()).map(({ number }) => number), feed.lost]).toEqual([[2], 1])
  })

  test('where the memory is full, the items are acknowledged without it', async () => {
    await server.client.config('SET', 'maxmemory', '1')
    try {
      feed.mark('finished', 1)
      await send([1])
      expect([await held(), feed.lost]).toEqual([['2', '3', '4'], 1])
    } finally {
      await server.client.config('SET', 'maxmemory', '0')
    }
  })

  test('an acknowledgement that failed inside the transaction is not taken for one', async () => {
    await server.client.set(inflight, 'no hash')
    feed.mark('finished', 1)
    await expect(send([1])).rejects.toThrow('WRONGTYPE')
    expect((await frames()).length).toBe(1)
  })

  test('tells of a start while the item still runs, and with whose end', async () => {
    const { source, sink } = await consume(server.url, null, { feed: new Feed() })
    await server.client.lpush('queue', 'slow')
    await sink.until(({ inFlight }) => inFlight === 1, 'the item to run')
    const stream = 'ls:{queue}:events'
    const told = async () => {
      const entries = await server.client.xrangeBuffer(stream, '-', '+')
      const read = entries.map(([, fields]) => readFrame(fields))
      return read.flatMap((frame) => (frame.ok ? frame.value.records : [])).map(({ kind, ord, text }) => [kind, ord, text])
    }
    await until(async () => (await told()).length === 2, 'the start to be told')
    expect(await told()).toEqual([
      ['claimed', 1, 'slow'],
      ['started', 1, ''],
    ])
    source.bury(sink.taken[0]!.id, 'no good')
    await until(async () => (await told()).length === 4, 'the end to be told')
    await server.client.lpush('queue', '{"ls":1,"at":1,"payload":"held"}')
    await until(() => sink.taken.length === 2, 'the next to run')
    await until(async () => (await told()).length === 6, 'the next start to be told')
    await source.stop()
    expect((await told()).slice(2)).toEqual([
      ['failed', 1, 'no good'],
      ['buried', 1, 'no good'],
      ['claimed', 2, 'held'],
      ['started', 2, ''],
      ['givenBack', 2, ''],
    ])
  })

  test('that is refused is said, while the items go on', async () => {
    await server.client.set('ls:{queue}:events', 'no stream')
    const { source, sink } = await consume(server.url, 0, { feed: new Feed() })
    await server.client.lpush('queue', '1')
    await sink.until(({ finished }) => finished === 1, 'the item to finish')
    await sink.until(({ warning }) => warning !== null, 'the warning')
    expect([sink.last().warning?.en, sink.last().phase]).toEqual([
      expect.stringMatching(/^Others do not see all .* did not take 1 frame of the event feed\./),
      'consuming',
    ])
    await source.stop()
  })

  test('one large frame, as after an outage, does not cost the others theirs', () => {
    for (let i = 0; i < 100; i++) {
      feed.mark('finished', i)
      feed.frame()
    }
    feed.begin('host-1.2.0123abcd')
    for (let i = 0; i < 18_000; i++) feed.mark('claimed', i, 'a name of an item that is long enough')
    const frame = feed.frame()!
    expect((frame.at(-1) as Buffer).length).toBeGreaterThan(900_000)
    expect(frame[2]).toBe(5000)
  })

  test('keeps as many frames as fit into its memory on the server, and as many marks as fit into ours', async () => {
    feed.mark('claimed', 1, 'x')
    expect(feed.frame()!.slice(0, 4)).toEqual(['MAXLEN', '~', 5000, '*'])
    for (let i = 0; i < 10_000; i++) feed.mark('claimed', i, 'a name of an item that is long enough')
    expect(feed.frame()![2]).toBeLessThan(300)
    for (let i = 0; i < 40_000; i++) feed.mark('claimed', i, 'a name of an item that is long enough')
    expect(feed.lost).toBe(2)
  })
})
