/** What may be done with dead letters, by any number of windows at once, against a real server. */
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeadLetterAnswer, DeadLetterChoice, DeadLetterRequest } from '#protocol/deadLetters'
import { answerDeadLetters } from '../../electron/sources/deadLetters'
import { type QueueKeys, queueKeys } from '../../electron/sources/hashTag'
import { describeRedis } from '../support/describeRedis'
import { type RedisServer, startRedis } from '../support/redisServer'

type Answer<Kind extends DeadLetterAnswer['kind']> = Extract<DeadLetterAnswer, { kind: Kind }>

const keysOf = (queue: string): QueueKeys => {
  const keys = queueKeys(queue)
  if (!keys.ok) throw new Error(keys.problem.en)
  return keys.value
}
const keys = keysOf('queue')
const all: DeadLetterChoice = { names: null, find: '', before: null }

/** As `bury` writes it. */
const entry = (ord: number, payload: string | Buffer, more: Record<string, unknown> = {}) =>
  Buffer.concat([
    Buffer.from(
      `${JSON.stringify({ reason: 'boom', id: ord, consumer: 'host-1.1.ab', ord, at: 1_700_000_000_000 + ord, deaths: 0, ...more })}\n`,
    ),
    Buffer.from(payload),
  ])

describeRedis('dead letters', () => {
  let server: RedisServer
  const windows: Redis[] = []
  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(() => server.client.flushall())
  afterEach(() => {
    for (const window of windows.splice(0)) window.disconnect()
  })
  afterAll(() => server.stop())

  const open = () => {
    const client = new Redis({ port: server.port })
    windows.push(client)
    return <Kind extends DeadLetterAnswer['kind']>(request: DeadLetterRequest) =>
      answerDeadLetters(client, keys, { address: 'here', queue: 'queue', redact: (text) => text }, request) as Promise<
        Answer<Kind>
      >
  }
  const bury = async (...entries: readonly Buffer[]) => {
    for (let i = 0; i < entries.length; i += 1000) await server.client.rpush(keys.dead, ...entries.slice(i, i + 1000))
  }
  /** Those that have run so far. */
  const scripts = async () => Number(/cmdstat_evalsha:calls=(\d+)/.exec(await server.client.info('commandstats'))?.[1] ?? 0)
  const queued = () => server.client.lrangeBuffer('queue', 0, -1)
  /** To the end, as a page does it. */
  const through = async <Kind extends 'list' | 'export' | 'settled'>(
    ask: ReturnType<typeof open>,
    request: DeadLetterRequest,
  ): Promise<Answer<Kind>[]> => {
    const answers: Answer<Kind>[] = []
    let { choice } = request
    do {
      const answer = await ask<Kind>({ ...request, choice })
      answers.push(answer)
      choice = { ...choice, before: (answer as Answer<'list' | 'export' | 'settled'>).next }
    } while (choice.before !== 0)
    return answers
  }
  const sum = (answers: readonly Answer<'settled'>[]) => answers.reduce((done, answer) => done + answer.done, 0)

  test('are listed in pages, the newest first, with size and a payload that is cut', async () => {
    const ask = open()
    expect(await ask({ kind: 'list', choice: all, want: 10 })).toEqual({ kind: 'list', letters: [], next: 0, total: 0 })
    await bury(entry(1, 'abc'), entry(2, 'x'.repeat(5000), { deaths: 6 }), entry(3, '\x1b[2J\u202e'))
    const first = await ask<'list'>({ kind: 'list', choice: all, want: 2 })
    expect(first).toMatchObject({ next: 1, total: 3 })
    expect(first.letters.map(({ ord, place, payload, bytes, deaths }) => [ord, place, payload, bytes, deaths])).toEqual([
      [3, 2, '�[2J�', 7, 0],
      [2, 1, `${'x'.repeat(999)}…`, 5000, 6],
    ])
    await bury(entry(4, 'newer'))
    const second = await ask<'list'>({ kind: 'list', choice: { ...all, before: first.next }, want: 2 })
    expect(second).toMatchObject({ next: 0, total: 4 })
    expect(second.letters).toEqual([
      {
        digest: expect.stringMatching(/^[0-9a-f]{40}$/),
        place: 0,
        ord: 1,
        at: 1_700_000_000_001,
        reason: 'boom',
        consumer: 'host-1.1.ab',
        deaths: 0,
        payload: 'abc',
        bytes: 3,
      },
    ])
  })

  test('what others wrote into the list is shown, cannot be retried, and can be cleared', async () => {
    const ask = open()
    const [noLine, noJson, otherTypes, old] = [
      'just words',
      'no JSON\npayload',
      '{"reason":1,"consumer":null,"ord":"x"}\npayload',
      '{"reason":"r","id":7,"consumer":"c","at":5,"deaths":0}\n1',
    ].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer]
    await bury(noLine, noJson, otherTypes, Buffer.from(''), old)
    const { letters } = await ask<'list'>({ kind: 'list', choice: all, want: 10 })
    expect(letters.map(({ reason, ord, at, payload }) => [reason, ord, at, payload])).toEqual([
      ['r', null, 5, '1'],
      [null, null, null, ''],
      [null, null, null, '{"reason":1,"consumer":null,"ord":"x"}�payload'],
      [null, null, null, 'no JSON�payload'],
      [null, null, null, 'just words'],
    ])
    expect(await ask({ kind: 'retry', choice: all })).toEqual({ kind: 'settled', done: 1, kept: 4, next: 0, total: 4 })
    expect((await queued()).map(String)).toEqual(['1'])
    expect(await ask({ kind: 'clear', choice: all })).toEqual({ kind: 'settled', done: 4, kept: 0, next: 0, total: 0 })
    expect(await server.client.exists(keys.dead)).toBe(0)
  })

  test('are found by reason, payload, consumer and number, in whatever case', async () => {
    const ask = open()
    await bury(
      entry(1, 'apple'),
      entry(2, 'x', { reason: 'It said “No” \\ "twice"' }),
      entry(3, 'x', { consumer: 'Kitchen-7.1.cd' }),
      entry(4, Buffer.concat([Buffer.alloc(3000, 0xff), Buffer.from('deep inside')])),
    )
    const found = async (find: string) => {
      const answers = await through<'list'>(ask, { kind: 'list', choice: { ...all, find }, want: 10 })
      return answers.flatMap(({ letters }) => letters.map(({ ord }) => ord))
    }
    expect(await found('APPLE')).toEqual([1])
    expect(await found('“No” \\ "TWICE"')).toEqual([2])
    expect(await found('kitchen')).toEqual([3])
    expect(await found('deep INSIDE')).toEqual([4])
    expect(await found('#3')).toEqual([3])
    expect(await found('boom')).toEqual([4, 3, 1])
    // Names of fields are nobody's words, and nothing is a pattern.
    expect(await found('deaths')).toEqual([])
    expect(await found('.*')).toEqual([])
  })

  test('go back byte for byte, whatever they hold, to the end where producers push', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 40 }), async (payloads) => {
        await server.client.flushall()
        await server.client.lpush('queue', 'waiting')
        const bytes = payloads.map((payload) => Buffer.from(payload))
        await bury(...bytes.map((payload, ord) => entry(ord, payload)))
        expect(await open()<'settled'>({ kind: 'retry', choice: all })).toMatchObject({ done: bytes.length, total: 0 })
        // The right end is taken first: the oldest letter comes before the newer ones.
        expect((await queued()).map((payload) => payload.toString('hex'))).toEqual(
          [Buffer.from('waiting'), ...bytes].reverse().map((payload) => payload.toString('hex')),
        )
        expect(await server.client.exists(keys.dead)).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  test('only those that are named are retried or cleared, also when others have moved or equal ones stand beside them', async () => {
    const [mine, theirs] = [open(), open()]
    const same = Array.from({ length: 9 }, (_, ord) => entry(ord, 'same payload'))
    await bury(...same)
    const { letters } = await mine<'list'>({ kind: 'list', choice: all, want: 10 })
    const named = (...ords: number[]): DeadLetterChoice => ({
      ...all,
      names: letters.filter(({ ord }) => ords.includes(ord!)).map(({ digest }) => digest),
    })
    // Places of all the later ones become fewer.
    expect(await theirs({ kind: 'clear', choice: named(0, 2) })).toMatchObject({ done: 2, next: 0 })
    const choice = { ...named(1, 5, 8), before: 9 }
    expect(await mine({ kind: 'retry', choice })).toMatchObject({ done: 3, kept: 0, next: 0, total: 4 })
    expect((await mine<'list'>({ kind: 'list', choice: all, want: 10 })).letters.map(({ ord }) => ord)).toEqual([7, 6, 4, 3])
    expect((await queued()).length).toBe(3)
    // The second window is told that there was nothing left to do.
    expect(await theirs({ kind: 'retry', choice })).toMatchObject({ done: 0, kept: 0, next: 0, total: 4 })
    expect((await queued()).length).toBe(3)
  })

  test('two windows that retry and clear the same ones: each goes exactly one way', async () => {
    for (let round = 0; round < 20; round++) {
      await server.client.flushall()
      await bury(...Array.from({ length: 60 }, (_, ord) => entry(ord, `p${ord}`)))
      const [one, two, three] = [open(), open(), open()]
      const { letters } = await one<'list'>({ kind: 'list', choice: all, want: 60 })
      const part = (from: number, to: number): DeadLetterChoice => ({
        names: letters.slice(from, to).map(({ digest }) => digest),
        find: '',
        before: 60,
      })
      const answers = await Promise.all([
        one<'settled'>({ kind: 'retry', choice: part(0, 40) }),
        two<'settled'>({ kind: 'clear', choice: part(20, 60) }),
        three<'settled'>({ kind: 'retry', choice: all }),
        server.client.rpush(keys.dead, entry(100, 'new')),
      ])
      const back = (await queued()).map(String)
      const left = (await server.client.lrangeBuffer(keys.dead, 0, -1)).map((letter) => letter.toString().split('\n')[1])
      expect(new Set([...back, ...left]).size).toBe(back.length + left.length)
      expect(answers[0].done + answers[1].done + answers[2].done).toBe(60 + (left.includes('new') ? 0 : 1))
      expect(back.length + answers[1].done + left.length).toBe(61)
    }
  })

  test('where the queue cannot be written nothing is removed, and the sentence says why', async () => {
    await bury(entry(1, 'a'), entry(2, 'b'))
    await server.client.set('queue', 'no list')
    const answer = await open()<'problem'>({ kind: 'retry', choice: all })
    expect(answer.problem.en).toContain('is of another type')
    expect(await server.client.llen(keys.dead)).toBe(2)
  })

  test('10,000: no script holds the server up, a search stops to be continued, and all found go back once', async () => {
    const ask = open()
    const many = Array.from({ length: 10_000 }, (_, ord) =>
      entry(ord, String(ord), { reason: ord % 10 === 0 ? 'tenth' : 'other' }),
    )
    await bury(...many)
    const before = await scripts()
    const [first] = await through<'list'>(ask, { kind: 'list', choice: { ...all, find: 'nowhere' }, want: 50 })
    expect(first).toMatchObject({ letters: [], next: 0, total: 10_000 })
    // A time would be the machine's; that it is many short ones is ours.
    expect((await scripts()) - before).toBeGreaterThanOrEqual(20)
    // One newer than what was asked about is not meant.
    const choice = { ...all, find: 'tenth', before: 10_000 }
    await bury(entry(10_000, 'newer', { reason: 'tenth' }))
    expect(sum(await through<'settled'>(ask, { kind: 'retry', choice }))).toBe(1000)
    expect(new Set((await queued()).map(String)).size).toBe(1000)
    expect(await server.client.llen(keys.dead)).toBe(9001)
    const files = await through<'export'>(ask, { kind: 'export', choice: all })
    expect(files.flatMap(({ letters }) => letters.map(({ ord }) => ord))).toEqual([
      10_000,
      ...Array.from({ length: 10_000 }, (_, i) => 9999 - i).filter((ord) => ord % 10 !== 0),
    ])
    expect(sum(await through<'settled'>(ask, { kind: 'clear', choice: all }))).toBe(9001)
  })

  test('an export holds every byte: text as it is, else base64, large ones a few at a time', async () => {
    const ask = open()
    const binary = Buffer.from([0xff, 0, 0x0a, 0xc3])
    const large = Buffer.alloc(10 << 20, 'ä')
    await bury(entry(1, 'plain\n"text" 文字'), entry(2, binary), entry(3, large), entry(4, large))
    const answers = await through<'export'>(ask, { kind: 'export', choice: all })
    expect(answers.map(({ letters }) => letters.length)).toEqual([1, 1, 2])
    const [, , b, a] = answers.flatMap(({ letters }) => letters)
    expect(a).toMatchObject({ payload: 'plain\n"text" 文字', encoding: 'utf-8', ord: 1 })
    expect(b).toMatchObject({ payload: binary.toString('base64'), encoding: 'base64', bytes: 4 })
    expect(answers[0]!.letters[0]!.payload === large.toString()).toBe(true)
  })
})
