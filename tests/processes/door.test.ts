import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { ProcessDoor } from '../../electron/engine/processDoor'

const lane = 4
const mark = { time: 5, kind: 'state', code: 2, lane, task: 7, text: '', target: '', value: Number.NaN }
const chunk = { task: 7, target: 'square', items: [1, 2] }
const now = 10

describe('the door for what a process of a pool says', () => {
  let door: ProcessDoor
  beforeEach(() => {
    door = new ProcessDoor(lane)
  })

  it('lets in what it has been asked for, once', () => {
    expect(door.hear({ type: 'loaded' }, now)?.message.type).toBe('loaded')
    expect(door.hear({ type: 'loaded' }, now)).toBeNull()
    door.pinged()
    expect(door.hear({ type: 'pong', reading: 3 }, now)?.message).toEqual({ type: 'pong', reading: 3 })
    expect(door.hear({ type: 'pong', reading: 3 }, now)).toBeNull()
    const ran = { type: 'ran', marks: [], result: { values: [1, 4], error: null } }
    expect(door.hear(ran, now)).toBeNull()
    door.handed(chunk)
    expect(door.hear({ ...ran, result: { values: [1], error: null } }, now)).toBeNull()
    expect(door.hear(ran, now)?.message).toEqual(ran)
    expect(door.hear(ran, now)).toBeNull()
  })

  it.each([
    ['no object', 7],
    ['a time that is no number', { ...mark, time: Number.NaN }],
    ['a time before all time', { ...mark, time: -1 }],
    ['a time far ahead', { ...mark, time: 1e18 }],
    ['another lane', { ...mark, lane: 5 }],
    ['a task of others', { ...mark, task: 8 }],
    ['an unknown kind', { ...mark, kind: 'stat' }],
    ['a claim of so many tasks as the lane has for a number', { ...mark, kind: 'claim', code: 0 }],
    ['a text without end', { ...mark, text: 'x'.repeat(5000) }],
  ])('leaves a mark out with %s, and lets the others in', (_, wrong) => {
    door.handed(chunk)
    expect(door.hear({ type: 'marks', marks: [mark, wrong, mark] }, now)).toEqual({
      message: { type: 'marks', marks: [mark, mark] },
      refused: 1,
    })
  })

  it('throws at nothing', () => {
    const messages = fc.oneof(
      fc.anything(),
      fc.record({
        type: fc.constantFrom('loaded', 'pong', 'marks', 'ran'),
        marks: fc.anything(),
        reading: fc.anything(),
        result: fc.anything(),
      }),
      fc.record({ type: fc.constantFrom('marks', 'ran'), marks: fc.array(fc.anything()) }),
    )
    fc.assert(
      fc.property(messages, (message) => {
        const heard = new ProcessDoor(lane).hear(message, now)
        if (heard?.message.type === 'marks') expect(heard.message.marks).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
