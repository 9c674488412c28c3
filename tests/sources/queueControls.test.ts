/** What a page asks of a running queue, through the engine: how much is taken, and its dead letters. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeadLetterAnswer, DeadLetterRequest } from '#protocol/deadLetters'
import type { RunId } from '#protocol/messages'
import { describeRedis } from '../support/describeRedis'
import { type EnginePage, engineWithPage } from '../support/enginePage'
import { type RedisServer, startRedis } from '../support/redisServer'
import { until } from '../support/until'

const all = { names: null, find: '', before: null }

describeRedis('through the engine', () => {
  let server: RedisServer
  let page: EnginePage
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(async () => {
    await server.client.flushall()
    page = engineWithPage({ dataDir: 'node_modules/.cache/tests/data' })
  })
  afterEach(() => page.engine.close())
  afterAll(() => server.stop())

  const consuming = async () => {
    const run = await page.startQueue({ url: server.url, concurrency: 2 })
    await page.untilStatus(run, ({ phase }) => phase === 'consuming', 'the consumer')
    return run
  }
  let nextId = 1
  const ask = async (run: RunId, request: DeadLetterRequest): Promise<DeadLetterAnswer> => {
    const id = nextId++
    page.send({ type: 'dead', run, id, request })
    const answered = () => page.events.find((event) => event.type === 'dead' && event.id === id)
    await until(() => answered() !== undefined, 'the answer')
    const event = answered()!
    if (event.type !== 'dead') throw new Error(event.type)
    return event.answer
  }
  const refusals = () => page.events.flatMap((event) => (event.type === 'refused' ? [event.problem.en] : []))

  test('pause, resume and another concurrency hold from then on, and are told to every page', async () => {
    const run = await consuming()
    page.send({ type: 'limit', run, concurrency: 5, paused: true })
    await page.untilStatus(run, ({ paused, concurrency }) => paused && concurrency === 5, 'the pause')
    await server.client.lpush('queue', ...Array(20).fill('6000'))
    // One may have been on its way.
    await page.untilStatus(run, ({ waiting }) => waiting !== null && waiting >= 19, 'the items to wait')
    expect(page.status(run)!.inFlight).toBeLessThanOrEqual(1)
    page.send({ type: 'limit', run, concurrency: 5, paused: false })
    await page.untilStatus(run, ({ inFlight, paused }) => inFlight === 5 && !paused, 'five to run')
    for (const concurrency of [0, 10_001]) page.send({ type: 'limit', run, concurrency, paused: false })
    page.send({ type: 'limit', run: 999 as RunId, concurrency: 5, paused: false })
    await until(() => refusals().length === 3, 'three refusals')
    expect(refusals()).toEqual([
      'redis-queue, concurrency: “0” is not a whole number from 1 to 10,000.',
      'redis-queue, concurrency: “10001” is not a whole number from 1 to 10,000.',
      'The programme with this queue is not running: run it first.',
    ])
    expect(page.status(run)).toMatchObject({ concurrency: 5, paused: false })
  })

  test('dead letters are counted, listed and put back; where there are none to ask it is said why', async () => {
    const run = await consuming()
    await server.client.lpush('queue', 'abc', 'def')
    await page.untilStatus(run, ({ deadLetters }) => deadLetters === 2, 'two dead letters')
    const list = await ask(run, { kind: 'list', choice: { ...all, find: 'abc' }, want: 10 })
    expect(list).toMatchObject({
      kind: 'list',
      total: 2,
      letters: [{ payload: 'abc', reason: expect.stringContaining('“abc”') }],
    })
    expect(await ask(run, { kind: 'clear', choice: { ...all, find: 'abc' } })).toMatchObject({ done: 1, total: 1 })
    await page.untilStatus(run, ({ deadLetters }) => deadLetters === 1, 'one dead letter')
    // It fails and is buried anew.
    expect(await ask(run, { kind: 'retry', choice: all })).toMatchObject({ done: 1, total: 0 })
    await page.untilStatus(run, ({ deadLetters, failed }) => deadLetters === 1 && failed === 3, 'it to fail again')
    await server.kill9()
    await page.untilStatus(run, ({ phase }) => phase === 'unreachable', 'the loss')
    expect(await ask(run, { kind: 'retry', choice: all })).toMatchObject({
      problem: { en: 'Redis is not connected. The dead letters stay where they are; try again when it is back.' },
    })
    page.send({ type: 'source', run, action: 'memory' })
    await page.untilStatus(run, ({ phase, deadLetters }) => phase === 'memory' && deadLetters === null, 'the queue in memory')
    expect(await ask(run, { kind: 'list', choice: all, want: 1 })).toMatchObject({
      problem: { en: 'A queue in memory keeps no dead letters.' },
    })
    await server.start()
    expect(await ask(999 as RunId, { kind: 'list', choice: all, want: 1 })).toMatchObject({
      problem: { en: 'The programme with this queue is not running: run it first.' },
    })
  })

  test('a page that asks for more and more at once is told so, and the rest is answered', async () => {
    const run = await consuming()
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(run, { kind: 'list', choice: all, want: 1 })))
    expect(answers.filter(({ kind }) => kind === 'list').length).toBe(8)
    expect(answers.filter(({ kind }) => kind === 'problem').length).toBe(4)
  })
})
