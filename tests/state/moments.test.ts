import { expect, test } from 'vitest'
import { RunStore } from '../../renderer/model/runStore'
import { momentsOf } from '../../renderer/state/moments'
import { History } from '../support/frames'

const history = () =>
  new History()
    .lane('main', 'main')
    .lane('loop', 'loop')
    .task('a', 'loop')
    .span('a', 'suspended', 0, 2)
    .end('a', 'finished', 2)
    .marker('loopStart', 0.1, 'loop')
    .marker('callback', 2, 'loop', { task: 'a', text: 'print(5)' })
    .marker('join', 2.001, 'main', { task: 'a', text: 'a' })
    .marker('note', 2.2, 'loop', { text: 'done: a; pending: b' })
    .marker('message', 2.5, 'main', { task: 'a', text: 'done' })
    .marker('retry', 2.6, 'main', { text: 'ECONNREFUSED' })
    .loss(1, 1.01, 'loop', 300)
    .loss(1.02, 1.3, 'loop', 12)

const told = (of: History, { speed = 1, most = 100 } = {}) => {
  const store = new RunStore(1, speed)
  store.append(of.frame({ now: 10 }))
  const { moments, all } = momentsOf(store, most)
  return { all, lines: moments.map(({ lane, text }) => `${lane}: ${text}`.replaceAll('\u00a0', ' ')), moments }
}

test('every mark of the chart is told, by time', () => {
  const { lines, all, moments } = told(history())
  expect(all).toBe(7)
  expect(lines).toEqual([
    'loop: loop begins to run',
    'loop: 312 marks lost until 1.300 s: the recorder was full',
    'loop: callback: a, print(5)',
    'main: join: a, 1.00 ms after its end',
    'loop: note: done: a; pending: b',
    'main: message reaches main: a, done, 500 ms after its end',
    'main: failed attempt: ECONNREFUSED',
  ])
  expect(moments.filter(({ alert }) => alert).map(({ seconds }) => seconds)).toEqual([1, 2.6])
})

test('the way of a message is real time at any speed', () => {
  expect(told(history(), { speed: 10 }).lines).toContain('main: message reaches main: a, done, 500 ms after its end')
})

test('of many the newest are listed', () => {
  const { lines, all } = told(history(), { most: 2 })
  expect([all, lines.map((line) => line.slice(0, 14))]).toEqual([7, ['main: message ', 'main: failed a']])
})

test('a message may be there before the step that sent it has returned; one from an earlier step tells no time', () => {
  const twice = new History()
    .lane('main', 'main')
    .lane('loop', 'loop')
    .task('a', 'loop')
    .span('a', 'running', 0, 1)
    .span('a', 'suspended', 1, 2)
    .span('a', 'running', 2, 2.01)
    .end('a', 'finished', 2.01)
    .marker('message', 0.5, 'main', { task: 'a', text: 'half' })
    .marker('message', 2.009, 'main', { task: 'a', text: 'all' })
  expect(told(twice).lines).toEqual([
    'main: message reaches main: a, half',
    'main: message reaches main: a, all, 1.00 ms before its end',
  ])
})
