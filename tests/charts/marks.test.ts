/** Losses, the life of a loop, what a task encloses, and what of them lies under the pointer. */
import { describe, expect, test } from 'vitest'
import { drawLaneMarks } from '../../renderer/charts/drawLaneMarks'
import { drawEnclosures } from '../../renderer/charts/enclosure'
import { layoutOf } from '../../renderer/charts/layout'
import { lostBetween, widestFree } from '../../renderer/charts/lost'
import { measure } from '../../renderer/charts/pen'
import { tipOf } from '../../renderer/charts/tipText'
import { runOf, taskUnder, under } from '../../renderer/charts/under'
import { en } from '../../renderer/locales/en'
import { toldLosses } from '../../renderer/model/losses'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { Raster } from '../support/raster'

const axis = { t0: 0, t1: 10, left: 0, right: 1000 }
const storeOf = (history: History, speed = 1) => {
  const store = new RunStore(1, speed)
  store.append(history.frame({ now: 10 }))
  return store
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

/** The picture of one run, 28 px lanes from y = 34 on. */
function pictureOf(history: History, { stacked = false } = {}) {
  const store = storeOf(history)
  const run = { id: 7, store, live: false, total: 10, ...(stacked ? { caption: 'x' } : {}) }
  const rows = layoutOf([run], 1000).runs[0]!.rows.length
  const layout = layoutOf([run], 28 * rows + 70)
  expect(layout.size.lane).toBe(28)
  return { store, layout, width: 1000, scroll: 0, captionEnds: [200], now: [10], axis, ratio: 1 }
}
const tipAt = (picture: ReturnType<typeof pictureOf>, x: number, y: number) => {
  const what = under(picture, x, y)
  const tip = what && tipOf(picture.store, what, en.timeline)
  return tip && [tip.title, ...tip.lines.map(([name, value]) => plain(`${name} ${value}`)), ...tip.below]
}

describe('losses', () => {
  const history = () => new History().lane('main', 'main').lane('loop', 'loop').task('a', 'loop').span('a', 'suspended', 0, 9)
  const found = (of: History, t1 = 10) =>
    lostBetween({ ratio: 1 }, storeOf(of), 1, { ...axis, t1 }, 0, 1000).map(({ x0, x1, count }) => [x0, x1, count])

  test('are three pixels wide at least, and exact when one comes closer', () => {
    const one = history().loss(2, 2.01, 'loop', 5)
    expect(found(one)).toEqual([[200, 203, 5]])
    expect(found(one, 2.5)).toEqual([[800, 804, 5]])
  })
  test('are one where they touch', () => {
    const flood = history().loss(2, 2.013, 'loop', 5).loss(2.03, 2.04, 'loop', 6).loss(2.05, 2.06, 'loop', 7)
    expect(found(flood)).toEqual([[200, 208, 18]])
    expect(found(flood, 2.5)).toHaveLength(3)
  })
  test('of another lane are not on this one', () => {
    expect(found(history().loss(2, 3, 'main', 5))).toEqual([])
  })
  test('leave words the widest part that is known', () => {
    const lost = [
      { x0: 20, x1: 50 },
      { x0: 90, x1: 95 },
    ]
    expect(widestFree(0, 100, lost)).toEqual([50, 90])
    expect(widestFree(60, 100, lost)).toEqual([60, 90])
    expect(widestFree(20, 50, lost)).toEqual([20, 20])
  })
  test('are told as one where they follow one another within a tenth of a second', () => {
    const flood = history().loss(2, 2.013, 'loop', 5).loss(2.1, 2.11, 'loop', 6).loss(5, 5.1, 'loop', 1).loss(1, 1.1, 'main', 2)
    expect(toldLosses(storeOf(flood)).map(({ from, until, count, lane }) => [lane, from, until, count])).toEqual([
      [0, 1, 1.1, 2],
      [1, 2, 2.11, 11],
      [1, 5, 5.1, 1],
    ])
  })
  test('say under the pointer how many there were, and that nobody knows', () => {
    const picture = pictureOf(history().loss(2, 3, 'loop', 312))
    expect(tipAt(picture, 250, 34 + 28 + 14)).toEqual([
      'marks lost',
      'lost 312 marks',
      'from 2.000 s',
      'to 3.000 s',
      en.timeline.tooltip.lostWhy,
    ])
    expect(tipAt(picture, 350, 34 + 28 + 20)?.[0]).toBe('a')
    expect(taskUnder(under(picture, 250, 34 + 28 + 14))).toBeNull()
  })
})

describe('the life of a loop', () => {
  const history = () =>
    new History()
      .lane('main', 'main')
      .lane('loop', 'loop')
      .task('a', 'loop')
      .task('b', 'loop')
      .span('a', 'suspended', 2, 4)
      .span('b', 'suspended', 2, 4)
      .marker('loopStart', 1, 'loop')
  const drawn = (of: History, row: number) => {
    const { store, layout } = pictureOf(of)
    const raster = new Raster(1000, 28)
    const pen = raster.pen()
    const { head } = layout.runs[0]!.rows[row]!
    drawLaneMarks(pen, measure(pen, layout.size), { store, head, axis, left: 0, right: 1000, top: 0, now: 9, labels: [] })
    return raster
  }
  test('is a band above the first row of its lane, with a line through all at its end', () => {
    const stopped = history().marker('loopStop', 5, 'loop')
    const [first, second] = [drawn(stopped, 1), drawn(stopped, 2)]
    expect([99, 100, 300, 499, 500].map((x) => first.at(x, 0))).toEqual(['', 'ink-3', 'ink-3', 'ink-3', ''])
    expect([first.at(499, 20), second.at(499, 20)]).toEqual(['ink-3', 'ink-3'])
    expect(second.at(300, 0)).toBe('')
    expect(drawn(stopped, 0).column(300).size).toBe(0)
  })
  test('goes on while nothing has stopped it', () => {
    const open = drawn(history(), 1)
    expect([open.at(899, 0), open.at(900, 0), open.at(899, 20)]).toEqual(['ink-3', '', ''])
  })
  test('may come twice', () => {
    const twice = drawn(history().marker('loopStop', 5, 'loop').marker('loopStart', 6, 'loop').marker('loopStop', 7, 'loop'), 1)
    expect([450, 550, 650, 750].map((x) => twice.at(x, 0))).toEqual(['ink-3', '', 'ink-3', ''])
  })
  test('says from when to when', () => {
    const picture = pictureOf(history().marker('loopStop', 5, 'loop'))
    expect(tipAt(picture, 300, 34 + 28 + 1)).toEqual(['loop runs', 'from 1.000 s', 'to 5.000 s', 'lasted 4.000 s'])
  })
})

describe('marks under the pointer', () => {
  const history = () =>
    new History()
      .lane('main', 'main')
      .lane('loop', 'loop')
      .task('main', 'main')
      .task('a', 'loop')
      .task('b', 'loop')
      .span('main', 'waiting', 0, 9)
      .span('a', 'suspended', 0, 4)
      .end('a', 'finished', 4)
      .span('b', 'suspended', 0, 6)
      .end('b', 'finished', 6)
  const [main, a, b] = [34 + 14, 34 + 28 + 14, 34 + 56 + 14]
  test('a message tells what it brought and how long it was on its way', () => {
    const picture = pictureOf(history().marker('message', 4.5, 'main', { task: 'a', text: 'done' }))
    expect(tipAt(picture, 452, main - 8)).toEqual([
      'message reaches main',
      'at 4.500 s',
      'task a',
      'says done',
      'after its end 500 ms',
    ])
    expect(taskUnder(under(picture, 452, main - 8))).toEqual({ run: 7, task: 1 })
    expect(tipAt(picture, 452, main + 8)?.[0]).toBe('main')
  })
  test('a callback stands on the row of its task, wherever it ran', () => {
    const picture = pictureOf(history().marker('callback', 6, 'loop', { task: 'b', text: 'result 3' }))
    expect(tipAt(picture, 602, b)).toEqual(['callback', 'at 6.000 s', 'task b', 'says result 3'])
    expect(tipAt(picture, 602, a)).toBeNull()
  })
  test('a callback of no task, as of a gathering, stands on the band of the loop that called it', () => {
    const picture = pictureOf(history().marker('callback', 6, 'loop', { text: 'stop([None])' }))
    expect(tipAt(picture, 602, 34 + 28 + 1)).toEqual(['callback', 'at 6.000 s', 'says stop([None])'])
    expect(tipAt(picture, 602, a)).toBeNull()
    expect(tipAt(picture, 602, b)?.[0]).toBe('b')
  })
  test('a note stands on its lane', () => {
    const picture = pictureOf(history().marker('note', 2, 'main', { text: 'done: a' }))
    expect(tipAt(picture, 200, main - 8)).toEqual(['note', 'at 2.000 s', 'says done: a'])
    expect(runOf(under(picture, 200, main - 8)!)).toBe(7)
  })
  test('a join is at the bracket that it closed, below anything that is drawn there', () => {
    const joined = history().marker('join', 4.001, 'main', { task: 'a', text: 'a' })
    expect(tipAt(pictureOf(joined), 401, main)).toEqual(['join', 'at 4.001 s', 'task a', 'after its end 1.00 ms'])
    const both = pictureOf(joined.marker('message', 4, 'main', { task: 'b' }))
    expect(tipAt(both, 401, main - 8)).toEqual(['2 marks in one place', '4.000 s message reaches main: b', '4.001 s join: a'])
  })
  test('a sign is above the lanes; beside a caption lower, and on one on the first bar', () => {
    const signed = history().marker('stop', 5, 'main').marker('push', 1, 'main', { text: '5 3' })
    const alone = pictureOf(signed)
    expect(tipAt(alone, 500, 34 - 27)).toEqual(['stopped by you', 'at 5.000 s'])
    expect(tipAt(alone, 100, 34 - 27)).toEqual(['pushed from here', 'at 1.000 s', 'says 5 3'])
    const stacked = pictureOf(signed, { stacked: true })
    const { top } = stacked.layout.runs[0]!
    expect(tipAt(stacked, 500, top - 24)?.[0]).toBe('stopped by you')
    expect(tipAt(stacked, 100, top + 6)?.[0]).toBe('pushed from here')
  })
})

test('a task frames the rows of what it made, for as long as it lives', () => {
  const history = new History().lane('loop', 'loop').task('outer', 'loop').span('outer', 'suspended', 1, 5)
  for (const name of ['a', 'b'])
    history.task(name, 'loop', { parent: 'outer' }).span(name, 'suspended', 2, 3).end(name, 'finished', 3)
  history.task('other', 'loop').span('other', 'suspended', 1, 5).end('outer', 'finished', 5).end('other', 'finished', 5)
  const { layout } = pictureOf(history)
  const raster = new Raster(1000, 200)
  const pen = raster.pen()
  const scene = {
    layout,
    words: en.timeline,
    width: 1000,
    scroll: 0,
    now: [10],
    blocked: [[]],
    placeholder: [],
    captionEnds: [],
    tolerance: 0,
    isGrowing: false,
  }
  drawEnclosures(pen, measure(pen, layout.size), scene, axis, false)
  const { top } = layout.runs[0]!
  const row = (index: number) => top + index * 28 + 14
  expect([99, 100, 300, 499, 500].map((x) => raster.at(x, row(1)))).toEqual(['', 'suspended', 'raised', 'suspended', ''])
  expect([0, 1, 2, 3].map((index) => raster.at(300, row(index)))).toEqual(['', 'raised', 'raised', ''])
  expect(raster.at(300, top + 3 * 28 - 2)).toBe('suspended')
})
