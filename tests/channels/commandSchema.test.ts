import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCommand } from '../../electron/channels/commandSchema'

const start = (parameters: unknown, speed: unknown = 1) => ({
  type: 'start',
  scenarios: [{ scenario: 'join', parameters }],
  speed,
})

const dead = (request: unknown) => ({ type: 'dead', run: 1, id: 1, request })

describe('commands that a page sends', () => {
  test.each([
    { type: 'attach' },
    start({ threads: 5, sleeps: [2, 2], queue: 'queue' }, 12.5),
    { type: 'stop', runs: [1, 2] },
    { type: 'forget', runs: [] },
    { type: 'ack', sequence: 0 },
    { type: 'visible', visible: false },
    { type: 'push', run: 1, payloads: ['5', '3', '1'] },
    { type: 'answer', run: 1, choice: 'watch' },
    { type: 'source', run: 1, action: 'memory' },
    { type: 'limit', run: 1, concurrency: 5, paused: true },
    { type: 'dead', run: 1, id: 0, request: { kind: 'list', choice: { names: null, find: '', before: null }, want: 100 } },
    { type: 'dead', run: 1, id: 1, request: { kind: 'clear', choice: { names: ['0f'.repeat(20)], find: 'x', before: 7 } } },
  ])('%j is let through unchanged', (command) => {
    expect(parseCommand(command)).toEqual({ ok: true, value: command })
  })
})

describe('what is no command', () => {
  test.each([
    ['nothing', undefined],
    ['a list', []],
    ['a type that is none', { type: 'quit' }],
    ['a field too many', { type: 'attach', extra: 1 }],
    ['a field too few', { type: 'ack' }],
    ['no scenario', { type: 'start', scenarios: [], speed: 1 }],
    ['nine scenarios', { type: 'start', scenarios: Array(9).fill({ scenario: 'join', parameters: {} }), speed: 1 }],
    ['a speed that is no number', start({}, '1')],
    ['a speed that is infinite', start({}, Number.POSITIVE_INFINITY)],
    ['65 parameters', start(Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`p${n}`, 1])))],
    ['a list of 1001 numbers', start({ durations: Array(1001).fill(1) })],
    ['a list with a text', start({ durations: [1, 'x'] })],
    ['a text of 501 characters', start({ queue: 'x'.repeat(501) })],
    ['a parameter that is an object', start({ queue: {} })],
    ['a parameter name that is none', start({ 'a.b': 1 })],
    ['a run that is no whole number', { type: 'stop', runs: [1.5] }],
    ['a negative run', { type: 'stop', runs: [-1] }],
    ['1001 payloads', { type: 'push', run: 1, payloads: Array(1001).fill('1') }],
    ['a payload of 1001 characters', { type: 'push', run: 1, payloads: ['x'.repeat(1001)] }],
    ['half a limit', { type: 'limit', run: 1, concurrency: 5 }],
    ['a limit that is negative', { type: 'limit', run: 1, concurrency: -1, paused: false }],
    ['a request without a kind', dead({ choice: { names: null, find: '', before: null } })],
    ['an unknown kind of request', dead({ kind: 'read', choice: { names: null, find: '', before: null } })],
    ['dead letters without a choice', dead({ kind: 'retry' })],
    ['no dead letter at all', dead({ kind: 'retry', choice: { names: [], find: '', before: null } })],
    ['501 dead letters', dead({ kind: 'retry', choice: { names: Array(501).fill('0f'.repeat(20)), find: '', before: null } })],
    ['a name that is none', dead({ kind: 'clear', choice: { names: ['*'], find: '', before: null } })],
    ['a list that is too long', dead({ kind: 'list', choice: { names: null, find: '', before: null }, want: 201 })],
    ['a place that is negative', dead({ kind: 'export', choice: { names: null, find: '', before: -1 } })],
    ['a text to find of 201 characters', dead({ kind: 'clear', choice: { names: null, find: 'x'.repeat(201), before: null } })],
    ['a choice that is none', { type: 'answer', run: 1, choice: 'both' }],
  ])('%s is refused with one sentence', (_what, message) => {
    const parsed = parseCommand(message)
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(parsed.problem).toMatch(/^[^\n]{5,300}\.$/)
  })
})

test('a name that would reach a prototype is left out', () => {
  const parsed = parseCommand(start(JSON.parse('{"__proto__": 1, "constructor": 2, "threads": 3}')))
  expect(parsed).toEqual({ ok: true, value: start({ threads: 3 }) })
})

test('any message gets an answer and never an error', () => {
  const types = ['attach', 'start', 'stop', 'ack', 'push', 'answer', 'source', 'visible', 'forget', 'limit', 'dead']
  const type = fc.constantFrom(...types)
  const nearly = fc.record(
    { type, runs: fc.anything(), run: fc.anything(), scenarios: fc.anything(), speed: fc.anything(), payloads: fc.anything() },
    { requiredKeys: ['type'] },
  )
  const garbage = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withTypedArray: true }),
    nearly,
    fc.jsonValue(),
  )
  fc.assert(
    fc.property(garbage, (message) => {
      const parsed = parseCommand(message)
      expect(parsed.ok || parsed.problem.length > 0).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
