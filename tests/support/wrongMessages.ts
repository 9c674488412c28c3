/** Messages that every line must refuse, each of them JSON: garbage, almost commands, acknowledgements out of order, what no engine can do. */
import fc from 'fast-check'
import { parseCommand } from '../../electron/channels/commandSchema'

const isRefused = (message: unknown) => !parseCommand(message).ok
const asJson = (message: unknown): unknown => JSON.parse(JSON.stringify(message) ?? 'null')

const types = [
  'attach',
  'start',
  'stop',
  'forget',
  'ack',
  'visible',
  'push',
  'answer',
  'source',
  'limit',
  'dead',
  'settings',
  '__proto__',
  '',
]
const anything = fc.jsonValue({ maxDepth: 3 })
const almost = fc
  .record(
    {
      type: fc.constantFrom(...types),
      runs: anything,
      run: anything,
      scenarios: anything,
      speed: anything,
      sequence: anything,
      payloads: anything,
      choice: anything,
      action: anything,
      visible: anything,
      change: anything,
      concurrency: anything,
      paused: anything,
      id: anything,
      request: anything,
      constructor: anything,
    },
    { requiredKeys: ['type'] },
  )
  .map(asJson)
const late = fc.integer({ min: 1_000_000, max: Number.MAX_SAFE_INTEGER }).map((sequence) => ({ type: 'ack', sequence }))
const early = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: -1 }).map((sequence) => ({ type: 'ack', sequence }))
const notWhole = fc
  .double({ noInteger: true, noNaN: true, noDefaultInfinity: true })
  .map((sequence) => ({ type: 'ack', sequence }))
const start = (scenario: string, parameters: unknown, speed: unknown) => ({
  type: 'start',
  scenarios: [{ scenario, parameters }],
  speed,
})
const impossible = fc.constantFrom(
  start('nothing', {}, 1),
  start('join', {}, 0),
  start('join', {}, null),
  start('join', {}, 101),
  start('join', { threads: 65 }, 1),
  start('join', { thread: 5 }, 1),
  start('join', { sleeps: [-1] }, 1),
  start('redis-queue', { url: 'http://127.0.0.1' }, 1),
  { type: 'push', run: 1_000_000, payloads: ['1'] },
)
const large = fc.constantFrom(
  { type: 'push', run: 1, payloads: Array(1001).fill('1') },
  { type: 'push', run: 1, payloads: ['x'.repeat(100_000)] },
  { type: 'stop', runs: Array(5000).fill(1) },
  start('x'.repeat(10_000), {}, 1),
)
const wrong = fc.oneof(
  { weight: 30, arbitrary: anything.filter(isRefused) },
  { weight: 30, arbitrary: almost.filter(isRefused) },
  { weight: 10, arbitrary: late },
  { weight: 10, arbitrary: early },
  { weight: 10, arbitrary: notWhole },
  { weight: 10, arbitrary: impossible },
  { weight: 1, arbitrary: large },
)

/** As many as asked for; the same for the same seed. */
export const wrongMessages = (count: number, seed: number): unknown[] => fc.sample(wrong, { numRuns: count, seed })
