import { describe, expect, test } from 'vitest'
import { column, ticksOf, timeAt } from '../../renderer/charts/axis'
import { spotAt } from '../../renderer/charts/hit'
import { chartKey } from '../../renderer/charts/keys'
import { axisHeight, layoutOf, rowAt, sameWords } from '../../renderer/charts/layout'
import { neighbour, spotOfTask } from '../../renderer/charts/places'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('the axis', () => {
  test('has ticks at least 80 px apart, with the unit at the last', () => {
    expect(ticksOf(0, 10, 1036).map(({ label }) => plain(label))).toEqual('0 1 2 3 4 5 6 7 8 9|10 s'.split(/ (?!s)|\|/))
    expect(ticksOf(0, 10, 300).map(({ label }) => plain(label))).toEqual(['0', '5', '10 s'])
    expect(ticksOf(14.2, 76.6, 1036).map(({ value }) => value)).toEqual([20, 30, 40, 50, 60, 70])
  })
  test('maps columns back to times', () => {
    const axis = { t0: 2, t1: 4, left: 100, right: 300 }
    expect(column(axis, 3)).toBe(200)
    expect(timeAt(axis, 200)).toBe(3)
  })
})

const run = (history: History, more = {}) => {
  const store = new RunStore(1, 1)
  store.append(history.frame({ now: 10 }))
  return { id: 1, store, live: false, total: 9, ...more }
}
const two = () =>
  new History()
    .lane('main', 'main')
    .lane('loop', 'loop')
    .task('main', 'main')
    .task('a', 'loop')
    .task('b', 'loop')
    .span('main', 'waiting', 0, 9)
    .span('a', 'ready', 0, 1)
    .span('a', 'running', 1, 1.001)
    .span('a', 'suspended', 1.001, 6)
    .span('b', 'suspended', 2, 3)
    .end('b', 'failed', 3)

describe('the layout', () => {
  test('takes the largest lanes that fit, and scrolls the smallest', () => {
    expect(layoutOf([run(two())], 400).size.lane).toBe(64)
    expect(layoutOf([run(two())], 200).size.lane).toBe(44)
    const crowded = layoutOf([run(two())], 80)
    expect(crowded.size.lane).toBe(14)
    expect(crowded.visible).toBeLessThan(crowded.total)
  })
  test('stacks runs with room for their captions', () => {
    const layout = layoutOf([run(two(), { caption: 'x' }), run(two(), { id: 2, caption: 'y' })], 500)
    expect(layout.stacked).toBe(true)
    expect(layout.runs[1]!.caption).toBeGreaterThan(layout.runs[0]!.bottom)
    expect(layout.total).toBe(layout.runs[1]!.bottom + axisHeight)
  })
  test('is another one where captions are of another language', () => {
    const history = two()
    const inWords = (caption: string) => layoutOf([run(history, { caption }), run(history, { id: 2, caption: 'y' })], 500)
    expect(sameWords(inWords('Join'), inWords('逐个 join'))).toBe(false)
    expect(sameWords(inWords('Join'), inWords('Join'))).toBe(true)
  })
  test('keeps room under a run that is over at once', () => {
    const gap = (total: number) => {
      const layout = layoutOf([run(two(), { caption: 'x', total }), run(two(), { id: 2, caption: 'y' })], 500)
      return layout.runs[1]!.top - layout.runs[0]!.bottom
    }
    expect(gap(0.01)).toBeGreaterThan(gap(9))
  })
})

describe('what is hit', () => {
  const layout = layoutOf([run(two())], 400)
  const axis = { t0: 0, t1: 10, left: 0, right: 1000 }
  const at = (row: number, x: number) => spotAt(layout, layout.runs[0]!.rows[row]!, axis, x, 10, 1)
  const { store } = layout.runs[0]!.run

  test('is the bar under the pointer, or a tick close to it', () => {
    expect(at(0, 500)).toMatchObject({ task: 0, more: 0 })
    expect(store.spans.state.get(at(1, 300)!.span!)).toBe(5)
    expect(store.spans.state.get(at(1, 100)!.span!)).toBe(2)
    expect(at(2, 600)).toBeNull()
  })
  test('is also a cap that stands beside its bar', () => {
    expect(at(2, 310)).toMatchObject({ task: 2 })
  })
  test('rows have no gaps', () => {
    const { top } = layout.runs[0]!
    expect(rowAt(layout, top + 63, 0)?.head.name).toBe('main')
    expect(rowAt(layout, top + 64, 0)?.head.name).toBe('a')
    expect(rowAt(layout, top - 1, 0)).toBeNull()
  })
  test('arrows go along the row and to the next one at the same time', () => {
    const now = () => 10
    const start = spotOfTask(layout, 1, 1)!
    const states = (spot: typeof start | null) => spot && store.spans.state.get(spot.span!)
    const next = neighbour(layout, start, 'right', now)!
    expect([states(start), states(next)]).toEqual([1, 2])
    expect(neighbour(layout, start, 'left', now)).toBeNull()
    expect(neighbour(layout, next, 'up', now)).toMatchObject({ task: 0 })
    expect(neighbour(layout, next, 'down', now)).toMatchObject({ task: 2 })
  })
})

describe('keys', () => {
  const press = (key: string, more = {}, focus = false) =>
    chartKey({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more }, focus)
  test('W A S D, f and 0 work everywhere, with Ctrl nowhere', () => {
    expect(['w', 'a', 's', 'd', 'f', '0', 'W'].map((key) => press(key)?.type)).toEqual([
      'zoom',
      'pan',
      'zoom',
      'pan',
      'fit',
      'reset',
      'zoom',
    ])
    expect(press('w', { ctrlKey: true })).toBeNull()
  })
  test('arrows move the selection while the chart has the focus, with Shift the view', () => {
    expect(press('ArrowLeft')).toBeNull()
    expect(press('ArrowLeft', {}, true)).toEqual({ type: 'move', direction: 'left' })
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ type: 'pan', direction: -1 })
  })
})
