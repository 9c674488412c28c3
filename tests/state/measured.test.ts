import { describe, expect, test } from 'vitest'
import type { RunInfo } from '../../electron/protocol/messages'
import { RunStore } from '../../renderer/model/runStore'
import type { RunView } from '../../renderer/state'
import { killedEnds, measuredFacts } from '../../renderer/state/measured'
import { History } from '../support/frames'
import { runInfo } from '../support/page'

const measured = {
  clockErrorSeconds: 0.4e-6,
  markCostSeconds: 0.21e-6,
  lateness: { count: 12, medianSeconds: 0.12e-6, largestSeconds: 1.3e-3 },
  droppedMarks: 0,
  marks: 1000,
  rows: 0,
  startedApartSeconds: null,
}

function view(history: History, info: Partial<RunInfo>, { dropped = 0 } = {}): RunView {
  const store = new RunStore(1, info.speed ?? 1)
  store.append(history.frame({ now: 0.9, dropped }))
  return {
    info: runInfo(1, 'any', { measured, phase: 'finished', totalSeconds: 9.004, idealSeconds: 9, ...info }),
    store,
    source: null,
  }
}
const facts = (run: RunView) =>
  Object.fromEntries(measuredFacts(run).map(({ id, text }) => [id, text.replaceAll('**', '').replaceAll('\u00a0', ' ')]))

const killed = () =>
  new History()
    .lane('main', 'main')
    .lane('thread-1', 'daemon')
    .task('main', 'main')
    .task('thread-1', 'thread-1')
    .span('thread-1', 'sleeping', 0, 0.5)
    .end('thread-1', 'killed', 0.5, { earliest: 0.47 })

describe('how this was measured', () => {
  test('says each error with its value', () => {
    const said = facts(view(killed(), {}))
    expect(said['clock']).toContain('± 0.40 µs')
    expect(said['marks']).toMatch(/^1,000 marks\. One costs 0\.21 µs.* together 210 µs/)
    expect(said['lost']).toBe('No mark was dropped.')
    expect(said['killed']).toContain('1 end is known to lie between')
    expect(said['killed']).toContain('at most 30.0 ms apart')
    expect(said['late']).toContain('4.00 ms of real time more than the ideal')
    expect(said['speed']).toContain('1×')
    expect(said['timers']).toBe(
      '12 sleeps, timers and timeouts ended by their due time: half of them at most 0.12 µs late, none more than 1.30 ms. ' +
        'A timer that came due while its loop was busy is not counted: what held the loop is on the chart.',
    )
    expect(said['apart']).toBeUndefined()
  })
  test('errors stay real time at a speed factor, and what they are on the axis is said', () => {
    const said = facts(view(killed(), { speed: 20 }))
    expect(said['killed']).toContain('at most 30.0 ms apart')
    expect(said['speed']).toContain('1 ms in reality is 20 ms on the axis')
    expect(said['time']).toBe('9.004 s of the programme, 450 ms in reality.')
    expect(said['late']).toContain('0.20 ms'.replace('0.20 ms', '200 µs'))
  })
  test('what is not known yet is not made up', () => {
    const unknown = { ...measured, clockErrorSeconds: null, markCostSeconds: null, lateness: null }
    const said = facts(view(new History(), { measured: unknown, phase: 'running', totalSeconds: null }))
    expect(said['clock']).toContain('was not measured')
    expect(said['marks']).toBe('1,000 marks so far.')
    expect(said['timers']).toBe('No sleep, timer or timeout has ended by its due time yet.')
    expect(Object.keys(said)).not.toContain('late')
    expect(Object.keys(said)).not.toContain('killed')
  })
  test('a loss is an alert', () => {
    const run = view(killed(), {}, { dropped: 312 })
    expect(measuredFacts(run).find(({ id }) => id === 'lost')).toMatchObject({ alert: true })
    expect(facts(run)['lost']).toContain('312 marks were dropped')
  })
})

test('an end that is known exactly has no spread', () => {
  const history = new History().lane('t', 'daemon').task('a', 't').span('a', 'sleeping', 0, 1).end('a', 'killed', 1)
  expect(killedEnds(view(history, {}).store)).toEqual({ count: 0, widest: 0 })
})
