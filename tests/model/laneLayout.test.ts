import { describe, expect, test } from 'vitest'
import { laneRows, laneSizes, pickLaneSize } from '../../renderer/model/laneLayout'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'

const heads = (history: History) => {
  const store = new RunStore(1, 1)
  store.append(history.frame())
  return laneRows(store).map(({ name, kind, idle }) => `${name}/${kind}${idle ? '/idle' : ''}`)
}
const base = () => new History().lane('main', 'main').lane('loop', 'loop').task('main', 'main').span('main', 'running', 0, 1)

test('a loop without tasks has one idle row', () => {
  expect(heads(base())).toEqual(['main/main', 'loop/loop/idle'])
})

test('while each row of a loop has one task, the task stands at its head', () => {
  const history = base().task('a', 'loop').task('b', 'loop').span('a', 'ready', 0, null).span('b', 'ready', 0, null)
  expect(heads(history)).toEqual(['main/main', 'a/onLoop', 'b/onLoop'])
})

test('rows that are used again are numbered', () => {
  const history = base().task('a', 'loop').task('b', 'loop').task('c', 'loop')
  history.span('a', 'running', 0, 1).end('a', 'finished', 1).span('b', 'running', 0, null).span('c', 'running', 2, null)
  expect(heads(history)).toEqual(['main/main', 'loop · 1/null', 'loop · 2/null'])
})

test('sizes: half is half a slot, and everything of a lane fits into it', () => {
  for (const size of laneSizes) {
    expect(size.half * 2).toBe(size.slot)
    expect(size.above + size.slot + size.gap + size.strip).toBeLessThanOrEqual(size.lane)
  }
})

test('the largest size that fits is taken, the smallest if none does', () => {
  expect([1, 3, 5, 12, 20, 1000].map((rows) => pickLaneSize(({ lane }) => lane * rows, 250).lane)).toEqual([
    64, 64, 44, 20, 14, 14,
  ])
})

describe('what a task made stands inside it', () => {
  const nested = () => {
    const history = base().task('outer', 'loop').span('outer', 'suspended', 0, null)
    for (const name of ['a', 'b']) history.task(name, 'loop', { parent: 'outer' })
    return history.task('other', 'loop')
  }
  const rowsOf = (history: History) => {
    const store = new RunStore(1, 1)
    store.append(history.frame())
    return laneRows(store).map(({ name, kind, depth }) => `${'>'.repeat(depth)}${name}/${kind}`)
  }
  test('each in a row of its own, before what came earlier but from elsewhere', () => {
    const history = nested().span('other', 'suspended', 0.1, null).span('a', 'ready', 0.2, null).span('b', 'ready', 0.2, null)
    expect(rowsOf(history)).toEqual(['main/main', 'outer/onLoop', '>a/onLoop', '>b/onLoop', 'other/onLoop'])
  })
  test('one after another, in one row', () => {
    const history = nested().span('a', 'running', 0, 1).end('a', 'finished', 1).span('b', 'running', 1, 2)
    expect(rowsOf(history)).toEqual(['main/main', 'outer/onLoop', '>outer · 1/null'])
  })
})
