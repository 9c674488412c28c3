/** The totals of stacked runs, and the ruler that says how much sooner the shorter ones were over. */
import { expect, test } from 'vitest'
import { column } from '../../renderer/charts/axis'
import { drawTotals } from '../../renderer/charts/drawTotals'
import { layoutOf } from '../../renderer/charts/layout'
import { en } from '../../renderer/locales/en'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { Raster } from '../support/raster'

const width = 1000
interface Made {
  readonly total: number
  readonly offset?: number | null
  /** It has a task that goes on. */
  readonly cut?: boolean
}

/** What is written, and where lines go through a run from top to bottom. */
function totals(made: readonly Made[], t0 = 0) {
  const runs = made.map(({ total, cut, ...more }, id) => {
    const history = new History().lane('main', 'main').lane('thread', 'thread').task('main', 'main').task('a', 'thread')
    history.span('main', 'running', 0, total).end('main', 'finished', total).span('a', 'running', 0, total)
    history.end('a', cut ? 'pending' : 'finished', cut ? null : total)
    const store = new RunStore(id, 1)
    store.append(history.frame({ now: total }))
    return { id, store, live: false, total, caption: 'x', ...more }
  })
  const layout = layoutOf(runs, 500)
  const axis = { t0, t1: t0 + 10, left: 108, right: width - 24 }
  const raster = new Raster(width, layout.visible)
  const scene = { layout, words: en.timeline, width, scroll: 0, now: made.map(({ total }) => total), blocked: made.map(() => []) }
  drawTotals(
    raster.pen(),
    { ...scene, placeholder: [], captionEnds: made.map(() => 200), tolerance: 0, isGrowing: false },
    axis,
    width,
  )
  const through = (run: number, time: number) => {
    const { top, bottom } = layout.runs[run]!
    return [top + 2, bottom - 2].map((y) => raster.at(column(axis, time), y))
  }
  return { texts: raster.texts.map(({ text }) => text.replaceAll('\u00a0', ' ')), through }
}

test('two runs: the longer one’s line reaches both, with the difference between the ends', () => {
  const { texts, through } = totals([{ total: 9 }, { total: 6 }])
  expect(texts).toEqual(['9.000 s', '6.000 s', '3.0 s sooner'])
  expect(through(1, 9)).toEqual(['ink', 'ink'])
})

test('the shorter one above the longer has a line to point at, too', () => {
  const { texts, through } = totals([{ total: 6 }, { total: 9 }])
  expect(texts).toEqual(['6.000 s', '9.000 s', '3.0 s sooner'])
  expect(through(0, 9)).toEqual(['ink-2', 'ink-2'])
})

test('four runs: each shorter one has its ruler to the end of the longest, but what ends with it', () => {
  const { texts, through } = totals([{ total: 4 }, { total: 2 }, { total: 9 }, { total: 8.9 }])
  expect(texts).toEqual(['4.000 s', '2.000 s', '9.000 s', '8.900 s', '5.0 s sooner', '7.0 s sooner'])
  expect([0, 1, 3].map((run) => through(run, 9)[0])).toEqual(['ink-2', 'ink-2', ''])
})

test('aligned runs: the ruler measures what it spans, from the moment that they share', () => {
  expect(
    totals(
      [
        { total: 9, offset: -4 },
        { total: 6, offset: -4 },
      ],
      -5,
    ).texts,
  ).toContain('from 0 on, 3.0 s sooner')
  expect(
    totals(
      [
        { total: 9, offset: -9 },
        { total: 6, offset: -6 },
      ],
      -9.5,
    ).texts,
  ).toEqual(['9.000 s', '6.000 s'])
})

test('a run that is not aligned is not compared, and one that left a task behind was not sooner', () => {
  expect(
    totals(
      [
        { total: 9, offset: -1 },
        { total: 4, offset: null },
      ],
      -1,
    ).texts,
  ).toEqual(['9.000 s', '4.000 s'])
  expect(totals([{ total: 9 }, { total: 3, cut: true }]).texts).toContain('6.0 s earlier, but 1 task did not end')
})

test('where the words have no room the time alone stands on the arrow', () => {
  expect(totals([{ total: 9 }, { total: 7.6 }]).texts).toEqual(['9.000 s', '7.600 s', '1.4 s'])
})
