/** Folded and pinned lanes: drawn, hit and gone through as what they are made of. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stateCode } from '../../electron/protocol/vocabulary'
import { spotAt } from '../../renderer/charts/hit'
import {
  type Layout,
  layoutOf,
  pinnedBottom,
  plainArrangement,
  rowAt,
  rowsInSight,
  scrollToShow,
  shownTop,
} from '../../renderer/charts/layout'
import { edgeOfRow, neighbour } from '../../renderer/charts/places'
import { RowRaster } from '../../renderer/charts/rowRaster'
import { foldedRow } from '../../renderer/model/laneLayout'
import { asTheyCome, type RunLanes, toggleFolded, togglePinned, withLanes } from '../../renderer/model/laneView'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'

const axis = { t0: 0, t1: 20, left: 0, right: 200 }

/** Tasks of one loop from a list of starts and lengths; many of them overlap. */
function overlapping(tasks: readonly (readonly [number, number])[]): RunStore {
  const history = new History().lane('loop', 'loop').lane('other', 'thread')
  tasks.forEach(([start, length], i) => {
    history.task(`t${i}`, 'loop').span(`t${i}`, 'running', start, start + length)
    history.end(`t${i}`, i % 3 === 0 ? 'failed' : 'finished', start + length)
  })
  const store = new RunStore(1, 1)
  store.append(history.frame({ now: 20 }))
  return store
}

const layoutWith = (store: RunStore, lanes: RunLanes, height = 400): Layout =>
  layoutOf([{ id: 1, store, live: false, total: 20 }], height, [], {
    ...plainArrangement,
    view: withLanes(plainArrangement.view, 1, lanes),
  })

const someTasks = fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 5 })), {
  minLength: 2,
  maxLength: 12,
})

describe('a folded lane', () => {
  test('has in each column the words and the time of all its rows', () => {
    fc.assert(
      fc.property(someTasks, (tasks) => {
        const store = overlapping(tasks)
        const raster = new RowRaster()
        raster.begin({ axis, left: 0, right: 200, now: 20, narrow: Infinity, tolerance: 0 })
        for (const { tree } of foldedRow(store, 0).folded!) raster.add(store, tree)
        const { time, bits } = raster.cells
        for (let column = 0; column < 200; column++) {
          const at = column / 10
          // Columns are centred on whole pixels: half a pixel before and after a start or an end belongs to both.
          const share = tasks.reduce((sum, [start, length]) => {
            const [from, to] = [Math.max(start * 10, column - 0.5), Math.min((start + length) * 10, column + 0.5)]
            return sum + (column >= start * 10 && column < (start + length) * 10 ? Math.max(0, to - from) : 0)
          }, 0)
          expect(time[column * 6 + stateCode.running]).toBeCloseTo(share, 6)
          expect(bits[column]! !== 0).toBe(tasks.some(([start, length]) => at >= start && at < start + length))
        }
      }),
      { numRuns: 40 },
    )
  })
  test('is gone through by time, over all its rows, and back the same way', () => {
    fc.assert(
      fc.property(someTasks, (tasks) => {
        const store = overlapping(tasks)
        const layout = layoutWith(store, toggleFolded(asTheyCome, 0))
        const row = layout.runs[0]!.rows[0]!
        const go = (direction: 'left' | 'right') => {
          const seen: number[] = []
          for (let spot = edgeOfRow(layout, row, direction === 'right' ? 'first' : 'last'); spot; ) {
            seen.push(spot.task)
            spot = neighbour(layout, spot, direction, () => 20)
          }
          return seen
        }
        const there = go('right')
        expect([...there].sort((a, b) => a - b)).toEqual(tasks.map((_, i) => i))
        expect(there.map((task) => tasks[task]![0])).toEqual(tasks.map(([start]) => start).sort((a, b) => a - b))
        expect(go('left')).toEqual(there.reverse())
      }),
      { numRuns: 60 },
    )
  })
  test('says of a pixel its most urgent end, and how many more there are', () => {
    const store = overlapping([
      [1, 4],
      [2, 3],
      [0, 5],
    ])
    const layout = layoutWith(store, toggleFolded(asTheyCome, 0))
    expect(layout.runs[0]!.rows.map(({ head }) => head.name)).toEqual(['loop', 'other'])
    expect(spotAt(layout, layout.runs[0]!.rows[0]!, axis, 49, 20, 1)).toMatchObject({ task: 0, more: 2 })
  })
})

describe('pinned lanes', () => {
  const many = (() => {
    const history = new History()
    for (let i = 0; i < 60; i++) history.lane(`l${i}`, 'thread').task(`t${i}`, `l${i}`).span(`t${i}`, 'running', 0, 1)
    const store = new RunStore(1, 1)
    store.append(history.frame({ now: 1 }))
    return store
  })()
  const layout = layoutWith(many, togglePinned(togglePinned(asTheyCome, 40), 7), 300)
  const rows = layout.runs[0]!.rows

  test('stand on top, in sight however far the others are scrolled, and are hit where they are seen', () => {
    expect(rows.slice(0, 3).map(({ head, pin }) => [head.name, pin])).toEqual([
      ['l7', 0],
      ['l40', 1],
      ['l0', null],
    ])
    fc.assert(
      fc.property(fc.nat(layout.total - layout.visible), (scroll) => {
        const seen = [...rowsInSight(layout, scroll)]
        expect(seen.slice(-2).map(({ head }) => head.name)).toEqual(['l7', 'l40'])
        const covered = pinnedBottom(layout, scroll)
        for (const row of seen) {
          const top = shownTop(layout, row, scroll)
          const y = row.pin === null ? Math.max(top, covered) : top
          expect(rowAt(layout, y, scroll)).toBe(row)
        }
      }),
    )
  })
  test('do not cover what is scrolled to', () => {
    fc.assert(
      fc.property(fc.nat(layout.total), fc.nat(rows.length - 1), (from, at) => {
        const row = rows[at]!
        const scroll = scrollToShow(layout, row, from)
        const top = shownTop(layout, row, scroll)
        if (row.pin === null) expect(top).toBeGreaterThanOrEqual(pinnedBottom(layout, scroll))
        expect(top + 14).toBeLessThanOrEqual(layout.visible - 30)
      }),
    )
  })
  test('that would take more than half of the room scroll with the others', () => {
    const all = Array.from({ length: 30 }, (_, i) => i).reduce(togglePinned, asTheyCome)
    expect(layoutWith(many, all, 300).pins).toBe(0)
  })
})
