import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type End,
  endCode,
  ends,
  envelopeCode,
  laneCode,
  type State,
  settlementCode,
  stateCode,
  states,
} from '#protocol/vocabulary'
import { Assembler } from '../../electron/engine/assemble'
import { History } from '../../electron/engine/history'
import type { Mark } from '../../electron/threads/markRing'

const zero = 1000
const mark = (kind: Mark['kind'], time: number, task: number, code = 0, text = ''): Mark => ({
  kind,
  time: time + zero,
  task,
  code,
  text,
  lane: 0,
  target: '',
  value: -1,
})
const state = (time: number, task: number, word: State, label = '') => mark('state', time, task, stateCode[word], label)
const end = (time: number, task: number, word: End, error = '') => mark('end', time, task, endCode[word], error)

/** `task state start–end` of every span and `task end time` of every end. */
function assemble(marks: readonly Mark[], exit = 100, stopped: number | null = 90) {
  const history = new History()
  const assembler = new Assembler(history)
  for (const kind of ['lane', 'task'] as const) assembler.feed({ ...mark(kind, 0, 0, 0, 'main'), time: 0 })
  for (const one of marks) assembler.feed(one)
  assembler.close(exit, stopped)
  const name = (task: number) => history.strings[history.tasks.get('name', task)]
  return {
    history,
    mainEnd: assembler.mainEnd,
    spans: Array.from({ length: history.spans.length }, (_, i) => {
      const at = (column: 'start' | 'end') => history.spans.get(column, i)
      return `${name(history.spans.get('task', i))} ${states[history.spans.get('state', i)]} ${at('start')}–${at('end')}`
    }),
    ends: Array.from({ length: history.ends.length }, (_, i) => {
      const time = history.ends.get('time', i)
      return `${name(history.ends.get('task', i))} ${ends[history.ends.get('end', i)]} ${time}`
    }),
  }
}
const main = [state(0, 0, 'running'), end(50, 0, 'finished')]
const loopLane: Mark = { ...mark('lane', 0, 0, laneCode.loop, 'loop'), time: 0, lane: 1 }
const onLoop = (one: Mark): Mark => ({ ...one, lane: 1 })
const declare = (task: number) => mark('task', 1, task, 0, `t${task}`)

it('gives a lane and a task a number whose names were lost', () => {
  const lane = { ...mark('lane', 0, 0, laneCode.loop, ''), lane: 7 }
  const { history } = assemble([...main, lane, { ...declare(3), lane: 9, text: '' }])
  expect(history.strings[history.tasks.get('name', 1)]).toBe('task 3')
  expect([1, 2].map((i) => history.strings[history.lanes.get('name', i)])).toEqual(['loop 7', 'thread 9'])
})

it('finds the tasks of a claim where they are listed, leaving out what was lost', () => {
  const [first, other] = [declare(3), declare(6)]
  const claim = { ...mark('claim', 2, 3, envelopeCode.none), lane: 5, value: Number.NaN }
  const settle = { ...mark('settle', 9, 4, settlementCode.buried), lane: 1, value: zero + 8 }
  // Task 5 was never declared, and task 6 is another thread's, listed before the last one.
  const { history } = assemble([...main, first, declare(4), other, declare(7), claim, settle])
  const rows = (list: History['claims' | 'settlements']) =>
    Array.from({ length: list.length }, (_, i) => `${list.get('task', i)}+${list.get('count', i)} ${list.get('time', i)}`)
  expect(rows(history.claims)).toEqual(['1+4 2'])
  expect(rows(history.settlements)).toEqual(['2+1 9'])
  expect(history.settlements.get('sent', 0)).toBe(8)
})

describe('marks become spans', () => {
  it('from one state to the next, closed by the end', () => {
    const { spans, ends: over } = assemble([
      ...main,
      declare(1),
      state(1, 1, 'ready'),
      state(2, 1, 'running'),
      state(3, 1, 'sleeping'),
      end(9, 1, 'finished'),
    ])
    expect(spans).toEqual(['main running 0–50', 't1 ready 1–2', 't1 running 2–3', 't1 sleeping 3–9'])
    expect(over).toEqual(['main finished 50', 't1 finished 9'])
  })

  it('from the declaration on, where that tells a state', () => {
    const ready = { ...declare(1), code: 1 + stateCode.ready }
    const { spans } = assemble([...main, ready, state(4, 1, 'running'), end(9, 1, 'finished')])
    expect(spans).toEqual(['main running 0–50', 't1 ready 1–4', 't1 running 4–9'])
  })

  it('kill at the exit what had started and did not end, between the last sign of life and the exit', () => {
    const { spans, ends: over, history } = assemble([...main, declare(1), state(1, 1, 'running')])
    expect(spans[1]).toBe('t1 running 1–100')
    expect(over[1]).toBe('t1 killed 100')
    expect(history.ends.get('earliest', 1)).toBe(90)
  })

  it.each([
    ['the end of main', [], 50],
    ['the last end of a thread', [declare(2), state(1, 2, 'running'), end(70, 2, 'finished')], 70],
    ['the last end of a thread, not of a loop’s task', [loopLane, onLoop(end(80, 2, 'finished'))], 50],
    ['its own last mark', [state(60, 1, 'sleeping')], 60],
  ])('know of what was killed that it lived until %s', (_what, marks, earliest) => {
    const { history } = assemble([...main, declare(1), state(1, 1, 'running'), ...marks], 100, null)
    const last = history.ends.length - 1
    expect(ends[history.ends.get('end', last)]).toBe('killed')
    expect([history.ends.get('earliest', last), history.ends.get('time', last)]).toEqual([earliest, 100])
  })

  it.each([
    ['finished', 50],
    ['failed', 50],
    ['killed', null],
  ] as const)('flag main’s end when main %s', (word, time) => {
    const { history, mainEnd } = assemble([main[0]!, end(50, 0, word)])
    expect(mainEnd).toBe(time)
    expect(history.markers.length).toBe(time === null ? 0 : 1)
  })

  it('kill a thread that was started and did not get to its first line', () => {
    const { ends: over } = assemble([...main, declare(1), state(1, 1, 'created'), state(2, 1, 'ready')])
    expect(over[1]).toBe('t1 killed 100')
  })

  it('leave pending what never started', () => {
    const { spans, ends: over } = assemble([
      ...main,
      declare(1),
      state(1, 1, 'created'),
      loopLane,
      onLoop(mark('task', 1, 2, 0, 't2')),
      onLoop(state(2, 2, 'created')),
      onLoop(state(3, 2, 'ready')),
    ])
    expect(spans.slice(1)).toEqual(['t1 created 1–100', 't2 created 2–3', 't2 ready 3–100'])
    expect(over.slice(1)).toEqual(['t1 pending NaN', 't2 pending NaN'])
  })

  it('put a ready mark that comes late before the task’s first segment', () => {
    const { spans } = assemble([...main, declare(1), state(5, 1, 'running'), state(2, 1, 'ready'), end(7, 1, 'finished')])
    expect(spans.slice(1)).toEqual(['t1 running 5–7', 't1 ready 2–5'])
  })

  it('declare a task whose declaration was lost', () => {
    expect(assemble([...main, state(1, 7, 'running')]).spans[1]).toBe('task 7 running 1–100')
  })

  it('stop at the cap, count what comes after, and still tell of every end', () => {
    const history = new History()
    const assembler = new Assembler(history, 2)
    const marks = [
      main[0]!,
      declare(1),
      state(1, 1, 'ready'),
      state(2, 1, 'running'),
      state(3, 1, 'sleeping'),
      end(4, 1, 'failed', 'x'),
    ]
    for (const one of marks) assembler.feed(one)
    expect([history.spans.length, history.dropped, history.marks]).toEqual([2, 2, 6])
    expect([history.ends.get('task', 0), history.ends.get('time', 0)]).toEqual([1, 4])
  })

  it('say where states beyond the cap are missing: one loss a lane for a quarter of a second, the rest at the end', () => {
    const history = new History()
    const assembler = new Assembler(history, 1)
    for (const one of [main[0]!, declare(1)]) assembler.feed(one)
    for (const time of [1e6, 100e6, 251e6, 260e6, 270e6]) assembler.feed(state(time, 1, 'running'))
    const losses = () =>
      Array.from({ length: history.losses.length }, (_, i) =>
        (['from', 'until', 'count', 'lane'] as const).map((column) => history.losses.get(column, i)),
      )
    expect(losses()).toEqual([[1e6, 251e6, 3, 0]])
    assembler.close(300e6, null)
    expect(losses()).toEqual([
      [1e6, 251e6, 3, 0],
      [260e6, 270e6, 2, 0],
    ])
  })

  it('count marks after the end and keep the end', () => {
    const { ends: over, history } = assemble([
      ...main,
      declare(1),
      state(1, 1, 'running'),
      end(2, 1, 'failed', 'x'),
      state(3, 1, 'running'),
      end(4, 1, 'finished'),
    ])
    expect(over[1]).toBe('t1 failed 2')
    expect(history.dropped).toBe(2)
  })

  it('give every started task one end, segments without gap or overlap, and nothing before zero or after the exit', () => {
    const entry = fc.record({
      task: fc.integer({ min: 1, max: 5 }),
      step: fc.nat(5),
      what: fc.nat(states.length + ends.length - 1),
    })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 80 }), (entries) => {
        let time = 0
        const marks = entries.map(({ task, step, what }) => {
          time += step
          return what < states.length ? state(time, task, states[what]!) : end(time, task, ends[what - states.length]!)
        })
        const exit = time + 1
        const { history } = assemble([state(0, 0, 'running'), ...marks], exit, exit)
        const seen = new Map<number, number>()
        for (let i = 0; i < history.spans.length; i++) {
          const task = history.spans.get('task', i)
          const start = history.spans.get('start', i)
          const stop = history.spans.get('end', i)
          expect(start).toBeGreaterThanOrEqual(0)
          expect(stop).toBeGreaterThanOrEqual(start)
          expect(stop).toBeLessThanOrEqual(exit)
          if (seen.has(task)) expect(start).toBe(seen.get(task))
          seen.set(task, stop)
        }
        const ended = Array.from({ length: history.ends.length }, (_, i) => history.ends.get('task', i))
        expect(new Set(ended).size).toBe(ended.length)
        expect([...seen.keys()].every((task) => ended.includes(task))).toBe(true)
      }),
    )
  })

  it('do not depend on how the marks of two rings were merged within a task', () => {
    const first = [declare(1), state(1, 1, 'ready')]
    const second = [state(2, 1, 'running'), end(9, 1, 'finished')]
    const sorted = (marks: Mark[]) => assemble([...main, ...marks]).spans.sort()
    expect(sorted([...first, ...second])).toEqual(sorted([first[0]!, ...second.slice(0, 1), first[1]!, second[1]!]))
  })
})
