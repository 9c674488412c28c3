/**
 * A page that sends rubbish, on a line in memory (what a MessagePort delivers) and on a WebSocket: each message is refused, answered and counted,
 * lines are closed where they must be, and the programme that runs meanwhile is charted whole. `npm run test:long` sends 100,000 on each.
 */
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { decodeFrame } from '#protocol/frame'
import type { EngineEvent, RunId } from '#protocol/messages'
import { memoryPair } from '../../electron/channels/memory'
import { RunStore } from '../../renderer/model/runStore'
import { type EnginePage, engineWithPage } from '../support/enginePage'
import { closed, type ServedPage, servePage } from '../support/servedPage'
import { until } from '../support/until'
import { wrongMessages } from '../support/wrongMessages'

const total = process.env['LOOPSCOPE_LONG'] ? 100_000 : 5000
/** Of one line; a thousand refusals would close it. */
const perLine = 900
const timeLimit = total * 5

let page: EnginePage
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  page = engineWithPage({ dataDir: 'node_modules/.cache/tests/data' })
})
afterEach(async () => {
  await page.engine.close()
  vi.restoreAllMocks()
})

/** Runs programmes one after another until `work` is done; each must be whole. */
async function beside(work: Promise<unknown>): Promise<void> {
  let over = false
  const settled = work.finally(() => {
    over = true
  })
  const ids: RunId[] = []
  while (!over || ids.length === 0) {
    const before = page.events.length
    page.send({ type: 'start', scenarios: [{ scenario: 'join', parameters: { threads: 12, sleeps: [0.05, 0.05] } }], speed: 1 })
    const ended = () =>
      page.events.slice(before).flatMap((event) => (event.type === 'run' && event.run.phase === 'finished' ? [event.run.id] : []))
    await until(() => ended().length > 0, 'the end of the run', 20_000)
    ids.push(ended()[0]!)
  }
  await settled
  for (const id of ids) expectWhole(id)
}

function expectWhole(id: RunId): void {
  const store = new RunStore(id, 1)
  for (const bytes of page.frames) {
    const frame = decodeFrame(bytes)
    if (frame.ok && frame.value.run === id) store.append(frame.value)
  }
  const tasks = Array.from({ length: store.taskCount }, (_, i) => store.task(i))
  const names = Array.from({ length: 12 }, (_, n) => `thread-${n + 1}`)
  expect(tasks.map(({ name, end }) => `${name} ${end}`)).toEqual(['main', ...names].map((name) => `${name} finished`))
  expect(store.dropped).toBe(0)
  expect(store.outputs.map(({ text }) => text)).toEqual(names)
  for (const task of tasks.slice(1)) expect(task.ran).toBeGreaterThanOrEqual(0.1)
  expect(tasks[0]!.finished).toBeGreaterThanOrEqual(1.2)
}

const parts = (messages: readonly unknown[]) =>
  Array.from({ length: Math.ceil(messages.length / perLine) }, (_, n) => messages.slice(n * perLine, (n + 1) * perLine))

describe('a line that clones what is sent, as the desktop app’s does', () => {
  /** What JSON cannot say and a clone can. */
  const clones = fc
    .anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true })
    .filter((message) => (message as { type?: unknown } | null)?.type === undefined)

  test(
    `${total} wrong messages`,
    async () => {
      const messages = [...wrongMessages(total / 2, 1), ...fc.sample(clones, { numRuns: total / 2, seed: 2 })]
      const send = async () => {
        let answers = 0
        for (const part of parts(messages)) {
          const [own, host] = memoryPair<EngineEvent | Uint8Array, unknown>()
          const leave = page.engine.attach(host)
          own.onMessage((event) => {
            if (!(event instanceof Uint8Array) && event.type === 'refused') answers++
          })
          const before = answers
          for (const message of part) own.send(structuredClone(message))
          await until(() => answers === before + part.length, 'an answer to each')
          leave()
        }
        expect(answers).toBe(messages.length)
      }
      await beside(send())
      expect(page.engine.refused).toBe(messages.length)
    },
    timeLimit,
  )

  test('too many of them, or too many right ones, close the line', async () => {
    for (const message of [{ type: 'nothing' }, { type: 'visible', visible: true }]) {
      const [own, host] = memoryPair<EngineEvent | Uint8Array, unknown>()
      page.engine.attach(host)
      let last: EngineEvent | Uint8Array | undefined
      let ended = false
      own.onMessage((event) => {
        last = event
      })
      own.onClose(() => {
        ended = true
      })
      const refused = page.engine.refused
      for (let n = 0; n < 10_000; n++) own.send(message)
      await until(() => ended, 'the end of the line')
      expect(page.engine.refused - refused).toBeLessThanOrEqual(2000)
      expect(last).toMatchObject({
        type: 'refused',
        problem: { en: expect.stringContaining('This page’s line was closed: too many') },
      })
    }
    await beside(Promise.resolve())
  })
})

describe('a WebSocket', () => {
  let served: ServedPage
  let cookie: string
  beforeEach(async () => {
    served = await servePage(page.engine)
    cookie = await served.cookie()
  })
  afterEach(() => served.close())

  const line = async () => {
    const socket = served.dial({ cookie, origin: served.origin })
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return socket
  }
  const left = (socket: WebSocket) => {
    const end = closed(socket)
    socket.close()
    return end
  }

  test(
    `${total} wrong messages`,
    async () => {
      const messages = wrongMessages(total, 3)
      let answers = 0
      const send = async () => {
        for (const part of parts(messages)) {
          const socket = await line()
          const before = answers
          socket.on('message', (data, isBinary) => {
            if (!isBinary && JSON.parse(String(data)).type === 'refused') answers++
          })
          for (const message of part) socket.send(JSON.stringify(message))
          await until(() => answers === before + part.length, 'an answer to each')
          expect(socket.readyState).toBe(socket.OPEN)
          await left(socket)
        }
      }
      await beside(send())
      expect(answers).toBe(messages.length)
      expect(page.engine.refused).toBe(messages.length)
    },
    timeLimit,
  )

  const text = fc.string({ unit: 'binary', maxLength: 200 }).filter((words) => {
    try {
      JSON.parse(words)
      return false
    } catch {
      return true
    }
  })

  test(
    'what is no message of ours at all closes its line, and only that one, and is counted',
    async () => {
      const count = total / 50
      const garbage: (string | Uint8Array)[] = [
        ...fc.sample(text, { numRuns: count, seed: 4 }),
        ...fc.sample(fc.uint8Array({ maxLength: 500 }), { numRuns: count, seed: 5 }),
        ...Array.from({ length: 20 }, () => `"${'x'.repeat(256 * 1024)}"`),
      ]
      const send = async () => {
        for (const [n, message] of garbage.entries()) {
          const socket = await line()
          const end = closed(socket)
          socket.send(message)
          expect(await end).toBe(n < 2 * count ? 1007 : 1009)
        }
      }
      await beside(send())
      expect(page.engine.refused).toBe(garbage.length)
    },
    timeLimit,
  )

  test(
    'bytes that are no WebSocket at all',
    async () => {
      const noise = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 300 }), { numRuns: total / 50, seed: 6 })
      const upgrade = [
        'GET /socket HTTP/1.1',
        `Host: 127.0.0.1:${served.server.port}`,
        `Origin: ${served.origin}`,
        `Cookie: ${cookie}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      ]
      const send = async () => {
        for (const bytes of noise) {
          const socket = connect(served.server.port, '127.0.0.1')
          const end = new Promise((resolve) => socket.once('close', resolve))
          socket.on('error', () => socket.destroy())
          socket.write(`${upgrade.join('\r\n')}\r\n\r\n`)
          await new Promise((resolve) => socket.once('data', resolve))
          socket.write(bytes)
          socket.end()
          socket.resume()
          await end
        }
      }
      await beside(send())
    },
    timeLimit,
  )

  test('too many messages close the line, whether they are wrong or right', async () => {
    const flood = async () => {
      for (const message of ['{"type":"nothing"}', '{"type":"visible","visible":true}', '{"type":"attach"}']) {
        const socket = await line()
        const end = closed(socket)
        for (let n = 0; n < 20_000; n++) socket.send(message)
        expect(await end).toBe(1008)
      }
    }
    await beside(flood())
    expect(page.engine.refused).toBeLessThan(6000)
  })
})
