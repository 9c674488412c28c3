import { describe, expect, test } from 'vitest'
import { commonMoments, type Moment, timeOf } from '../../renderer/model/alignment'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'

const storeOf = (history: History, speed = 1) => {
  const store = new RunStore(1, speed)
  store.append(history.frame({ now: 10 }))
  return store
}
const history = () =>
  new History()
    .lane('main', 'main')
    .lane('loop', 'loop')
    .task('main', 'main')
    .task('a', 'loop')
    .task('b', 'loop')
    .span('main', 'running', 0, 4)
    .span('a', 'ready', 1, 2)
    .span('a', 'running', 2, 3)
    .end('a', 'finished', 3)
    .span('b', 'ready', 1, 5)
    .span('b', 'running', 5, 6)
const full = () =>
  storeOf(
    history()
      .end('b', 'failed', 6)
      .marker('mainEnd', 4, 'main')
      .marker('message', 3.5, 'main', { task: 'a' })
      .marker('message', 3.2, 'main', { text: 'b' }),
    2,
  )
const said = (moment: Moment) => ('name' in moment ? `${moment.kind} ${moment.name}` : moment.kind)

describe('a moment of a run', () => {
  test('is a time of the programme, of what came first', () => {
    const at = (moment: Moment) => timeOf(full(), moment)
    expect(at({ kind: 'start' })).toBe(0)
    expect(at({ kind: 'mainEnd' })).toBe(8)
    expect(at({ kind: 'failure' })).toBe(12)
    expect(at({ kind: 'ready', name: 'a' })).toBe(2)
    expect(at({ kind: 'started', name: 'b' })).toBe(10)
    expect(at({ kind: 'finished', name: 'a' })).toBe(6)
    expect(at({ kind: 'message', name: 'a' })).toBe(7)
    expect(at({ kind: 'message', name: 'b' })).toBe(6.4)
  })
  test('is none where the run has it not', () => {
    const store = storeOf(history())
    const none: Moment[] = [
      { kind: 'mainEnd' },
      { kind: 'failure' },
      { kind: 'finished', name: 'b' },
      { kind: 'ready', name: 'nobody' },
      { kind: 'message', name: 'a' },
    ]
    expect(none.map((moment) => timeOf(store, moment))).toEqual([null, null, null, null, null])
  })
})

describe('what runs can be aligned at', () => {
  test('is what all of them have, their start first', () => {
    const common = (...stores: RunStore[]) => commonMoments(stores).map(said)
    const tasks = ['ready a', 'ready b', 'started main', 'started a', 'started b', 'finished a']
    expect(common(full(), storeOf(history()))).toEqual(['start', ...tasks])
    expect(common(full(), full())).toEqual(['start', 'mainEnd', 'failure', ...tasks, 'finished b', 'message a', 'message b'])
    expect(common()).toEqual(['start'])
  })
  test('of many tasks those that were made first', () => {
    const many = history()
    for (let i = 0; i < 20; i++) many.task(`t${i}`, 'loop').span(`t${i}`, 'ready', i, 9)
    const store = storeOf(many)
    expect(
      commonMoments([store, store])
        .filter(({ kind }) => kind === 'ready')
        .map(said),
    ).toEqual(['a', 'b', 't0', 't1', 't2'].map((name) => `ready ${name}`))
  })
})
