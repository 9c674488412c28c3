import { expect, test } from 'vitest'
import { loopBlocked } from '../../renderer/model/loopBlocked'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'

const blocked = (history: History, { now = 100, speed = 1 } = {}) => {
  const store = new RunStore(1, speed)
  store.append(history.frame({ now }))
  return loopBlocked(store)
}
const loop = () => new History().lane('loop', 'loop').task('a', 'loop').task('b', 'loop').task('c', 'loop')

test('a task that sleeps on the loop while another is ready blocks it, from when the other is ready', () => {
  const history = loop()
    .span('a', 'running', 0, 1)
    .span('a', 'sleeping', 1, 6)
    .span('b', 'ready', 0.5, 6)
    .span('c', 'ready', 2, 6.5)
  expect(blocked(history)).toEqual([{ lane: 0, task: 0, start: 0.5, end: 6, waiting: 2 }])
})

test('merges what follows without a gap and parts what does not', () => {
  const history = loop()
    .span('a', 'running', 0, 1)
    .span('a', 'waiting', 1, 2)
    .span('a', 'suspended', 2, 3)
    .span('a', 'running', 3, 4)
    .span('b', 'ready', 0, 5)
  expect(blocked(history).map(({ start, end }) => [start, end])).toEqual([
    [0, 2],
    [3, 4],
  ])
})

test('50 real milliseconds are the limit, at any speed', () => {
  const history = (seconds: number) => loop().span('a', 'running', 0, seconds).span('b', 'ready', 0, 1)
  expect(blocked(history(0.05))).toEqual([])
  expect(blocked(history(0.051))).toHaveLength(1)
  expect(blocked(history(0.051), { speed: 100 })).toHaveLength(1)
  expect(blocked(history(0.049), { speed: 100 })).toEqual([])
})

test('a short overlap at the end is not blocking', () => {
  expect(blocked(loop().span('a', 'sleeping', 0, 6).span('b', 'ready', 5.99, 6))).toEqual([])
})

test('nobody ready, or ready on another lane: not blocked', () => {
  expect(blocked(loop().span('a', 'sleeping', 0, 6).span('b', 'suspended', 0, 6))).toEqual([])
  const apart = new History().lane('x', 'loop').lane('y', 'loop').lane('t', 'thread').task('a', 'x').task('b', 'y').task('c', 't')
  expect(blocked(apart.span('a', 'sleeping', 0, 6).span('b', 'ready', 0, 6).span('c', 'ready', 0, 6))).toEqual([])
})

test('what goes on reaches to now', () => {
  expect(blocked(loop().span('a', 'sleeping', 1, null).span('b', 'ready', 2, null), { now: 4 })).toEqual([
    { lane: 0, task: 0, start: 2, end: 4, waiting: 1 },
  ])
})
