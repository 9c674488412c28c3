/** Payloads that are no tasks, pushed by a real client into a running programme: each fails with its reason and is kept byte for byte. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { toDocument } from '../../electron/engine/document'
import type { Run } from '../../electron/engine/run'
import { describeRedis } from '../support/describeRedis'
import { type RedisServer, startRedis } from '../support/redisServer'
import { type Bench, bench } from '../support/runs'
import { pause, until } from '../support/until'

const megabytes = 1 << 20

describeRedis('redis', () => {
  let server: RedisServer
  let programmes: Bench
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(async () => {
    await server.client.flushall()
    programmes = bench()
  })
  afterEach(() => programmes.close())
  afterAll(() => server.stop())

  const consuming = async (parameters = {}) => {
    const run = programmes.start('redis-queue', { url: server.url, ...parameters }, 10)
    await until(() => run.source?.latest?.phase === 'consuming', 'the consumer')
    return run
  }
  const status = (run: Run) => run.source!.latest!
  const stopped = async (run: Run) => {
    await run.stop()
    return toDocument(run)
  }
  const letters = async () =>
    (await server.client.lrangeBuffer('ls:{queue}:dead', 0, -1)).map((letter) => {
      const end = letter.indexOf(0x0a)
      return { head: JSON.parse(letter.subarray(0, end).toString()), payload: letter.subarray(end + 1) }
    })
  const failures = ({ history }: Run) =>
    Array.from({ length: history.ends.length }, (_, i) => history.strings[history.ends.get('text', i)] ?? '').filter(Boolean)

  test.each([
    ['words', 'abc', 'abc', '“abc” is not a number of seconds from 0 to 86,400.'],
    ['a negative number', '-1', '-1', '“-1” is not a number of seconds from 0 to 86,400.'],
    ['an exponent', '1e9', '1e9', '“1e9” is not a number of seconds from 0 to 86,400.'],
    ['too many seconds', '86401', '86401', '“86401” is not a number of seconds from 0 to 86,400.'],
    ['nothing', '', '(empty)', '“” is not a number of seconds from 0 to 86,400.'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0x35, 0xc3]), '�5�', '“�5�” is not'],
    ['what would repaint a terminal', '\x1b[2J\r\n\u202e5', '�[2J���5', '“�[2J���5” is not'],
    ['10 MB', Buffer.alloc(10 * megabytes, 'x'), `${'x'.repeat(39)}…`, `“${'x'.repeat(39)}…” is not`],
    ['10 MB of bytes', Buffer.alloc(10 * megabytes, 0xfe), `${'�'.repeat(39)}…`, `“${'�'.repeat(39)}…” is not`],
    ['a number among 10 MB of blanks', Buffer.concat([Buffer.from('5'), Buffer.alloc(10 * megabytes, ' ')]), /^5 {38}…$/, '“5  '],
  ])('%s: failed with a reason that is cut, kept whole, and the next one runs', async (_what, payload, name, reason) => {
    const run = await consuming()
    await server.client.lpush('queue', payload, '1')
    await until(() => status(run).failed === 1 && status(run).finished === 1, 'one failure, one success')
    const document = await stopped(run)
    const failed = document.tasks.filter((task) => task.end === 'failed')
    expect(failed).toHaveLength(1)
    if (typeof name === 'string') expect(failed[0]!.name).toBe(name)
    else expect(failed[0]!.name).toMatch(name)
    expect(document.tasks.find((task) => task.name === '1')).toMatchObject({ end: 'finished' })
    expect(document.output.map((line) => line.text)).toEqual([expect.stringContaining(reason), '1 is done'])
    expect(failures(run)).toEqual([expect.stringContaining(reason)])
    for (const text of run.history.strings) expect(text.length).toBeLessThan(120)
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    expect(letter!.head.reason).toContain(reason)
    expect(letter!.head.reason.length).toBeLessThan(120)
    expect(letter!.payload.equals(Buffer.from(payload))).toBe(true)
    expect((await server.client.keys('*')).filter((key) => /inflight|stage|^queue$/.test(key))).toEqual([])
  })

  test('a number that is hundreds of digits long runs under a short name', async () => {
    const run = await consuming()
    await server.client.lpush('queue', `1.${'0'.repeat(800)}`)
    await until(() => status(run).finished === 1, 'the task')
    const document = await stopped(run)
    expect(document.output.map((line) => line.text)).toEqual([`1.${'0'.repeat(37)}… is done`])
  })

  test('many payloads of 10 MB: one claim holds no more than it must, in the server and here', async () => {
    const payload = Buffer.alloc(10 * megabytes, 'x')
    // A small one first: what follows must not be judged by it.
    await server.client.lpush('queue', '0')
    for (let i = 0; i < 16; i++) await server.client.lpush('queue', payload)
    const bytesOf = async (name: string) =>
      Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await server.client.info('memory'))?.[1])
    const held = await bytesOf('used_memory')
    const here = process.memoryUsage().rss
    let [mostOfScripts, mostHere] = [0, 0]
    const watch = setInterval(async () => {
      mostHere = Math.max(mostHere, process.memoryUsage().rss - here)
      mostOfScripts = Math.max(mostOfScripts, await bytesOf('used_memory_lua'))
    }, 5)
    const run = await consuming()
    await until(() => status(run).failed === 16, 'all to fail', 15_000)
    clearInterval(watch)
    await until(async () => (await server.client.llen('ls:{queue}:dead')) === 16, 'the dead letters')
    // 16 × 10 MB at once would be 160 MB, several times over.
    expect((await bytesOf('used_memory_peak')) - held).toBeLessThan(100 * megabytes)
    expect(mostOfScripts).toBeLessThan(100 * megabytes)
    expect(mostHere).toBeLessThan(200 * megabytes)
  })

  test('where nothing can be buried nothing more is taken, the key at fault is named, and it goes on when that is put right', async () => {
    await server.client.set('ls:{queue}:dead', 'mine')
    const run = await consuming({ concurrency: 2 })
    await server.client.lpush('queue', ...Array.from({ length: 1000 }, (_, i) => `bad ${i}`))
    await until(() => status(run).phase === 'refused', 'the refusal')
    expect(status(run).reason?.en).toMatch(
      /The key “ls:\{queue\}:dead” at 127\.0\.0\.1:\d+.* is of another type\. Choose another name for the queue;/,
    )
    await pause(500)
    expect(await server.client.llen('queue')).toBeGreaterThan(900)
    expect(await server.client.get('ls:{queue}:dead')).toBe('mine')
    await server.client.del('ls:{queue}:dead')
    run.source!.send({ type: 'source', action: 'retry' })
    await until(() => status(run).failed === 1000 && status(run).phase === 'consuming', 'all to fail')
    await until(async () => (await server.client.llen('ls:{queue}:dead')) === 1000, 'the dead letters')
  })
})
