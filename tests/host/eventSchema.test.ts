import { expect, test } from 'vitest'
import { parseEvent } from '../../renderer/host/eventSchema'
import { runInfo, welcome } from '../support/page'

test('events pass as they are', () => {
  for (const event of [welcome(), { type: 'run', run: runInfo(1, 'join') }, { type: 'forgotten', runs: [1, 2] }]) {
    expect(parseEvent(JSON.parse(JSON.stringify(event)))).toEqual({ ok: true, value: event })
  }
})

test.each([
  ['no object', 'hello', 'message: '],
  ['no event of ours', { type: 'surprise' }, 'type: '],
  ['a speed that no run has', { type: 'run', run: { ...runInfo(1, 'join'), speed: 1000 } }, 'run.speed: '],
  ['a phase that is none', { type: 'run', run: { ...runInfo(1, 'join'), phase: 'odd' } }, 'run.phase: '],
  ['a negative count', { type: 'warm', threads: -1 }, 'threads: '],
])('%s is refused, with the place', (_name, message, place) => {
  const parsed = parseEvent(message)
  expect(parsed.ok ? '' : parsed.problem).toContain(place)
})
