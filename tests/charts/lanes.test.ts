/** Folded and pinned lanes: drawn, hit and gone through as what they are made of. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endCode, stateCode } from '../../electron/protocol/vocabulary'
import { drawFolded } from '../../renderer/charts/drawFolded'
import { drawMinimap, minimapHeight } from '../../renderer/charts/drawMinimap'
import { headAt, headCount, headIndex, headPlace, laneBeside, laneEnds } from '../../renderer/charts/headItems'
import { spotAt } from '../../renderer/charts/hit'
import { headKey } from '../../renderer/charts/keys'
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
import { measure } from '../../renderer/charts/pen'
import { edgeOfRow, neighbour } from '../../renderer/charts/places'
import { RowRaster } from '../../renderer/charts/rowRaster'
import { endsBetween } from '../../renderer/model/endsBetween'
import { foldedRow, sizeOf } from '../../renderer/model/laneLayout'
import { asTheyCome, type RunLanes, toggleFolded, togglePinned, withLanes } from '../../renderer/model/laneView'
import { RunStore } from '../../renderer/model/runStore'
import { unwanted } from '../../renderer/model/spanTree'
import { History } from '../support/frames'
import { Raster } from '../support/raster'
import { million, syntheticFrames } from '../support/syntheticRun'

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
  test('shows what took the thread, however many waited for it meanwhile, and the most urgent end below', () => {
    const history = new History().lane('loop', 'loop')
    for (const i of [0, 1, 2, 3]) {
      history
        .task(`t${i}`, 'loop')
        .span(`t${i}`, 'ready', 0, 2 + i)
        .span(`t${i}`, 'running', 2 + i, 3 + i)
      history.end(`t${i}`, i === 1 ? 'failed' : 'finished', 3 + i)
    }
    const store = new RunStore(1, 1)
    store.append(history.frame({ now: 20 }))
    const raster = new Raster(200, 28)
    const pen = raster.pen()
    const head = foldedRow(store, 0)
    const m = measure(pen, sizeOf(28))
    const at = { store, head, row: head.row!, top: 0, axis, left: 0, right: 200, now: 20, line: null }
    drawFolded(pen, m, { ...at, blocked: [], lost: [], notes: [], tolerance: 0, isGrowing: false })
    const top = m.slotTop + 1
    expect([10, 25, 35, 55, 70].map((x) => raster.at(x, top))).toEqual(['', 'running', 'running', 'running', ''])
    expect(raster.at(10, m.slotBottom - 1)).toBe('ready')
    expect([20, 39, 50].map((x) => raster.at(x, m.stripTop))).toEqual(['', 'failed', ''])
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

describe('the minimap', () => {
  const frames = [...syntheticFrames({ ...million, spans: 4000, lanes: 7, failing: 0.02, pause: 30 })]
  const store = new RunStore(1, 1)
  for (const frame of frames) store.append(frame)
  const whole = { t0: 0, t1: store.now }
  const raster = new Raster(300, minimapHeight)
  drawMinimap(raster.pen(), [{ id: 1, store, live: false, total: store.now }], [store.now], whole, 300)
  const columnOf = (seconds: number) => Math.round((seconds / store.now) * 300)

  test('comes where lanes scroll, and leaves them the room where that is scarce', () => {
    const runs = [{ id: 1, store, live: false, total: store.now }]
    const mapped = (height: number, minimap: boolean | null = null) =>
      layoutOf(runs, height, [], { ...plainArrangement, minimap }).minimap
    expect([400, 240, 160].map((height) => mapped(height))).toEqual([true, true, false])
    expect([mapped(160, true), mapped(400, false)]).toEqual([true, false])
  })
  test('shows every span of every lane, and every end that nobody wanted, near its column', () => {
    const columns = Array.from({ length: 300 }, (_, x) => raster.at(x, 29) !== '')
    for (let span = 0; span < store.spans.length; span++) {
      const x = Math.min(299, columnOf(store.spans.start.get(span)))
      expect(columns[x] || columns[x - 1]).toBe(true)
    }
    for (let task = 0; task < store.taskCount; task++) {
      if (store.tasks.end.get(task) !== endCode.failed) continue
      const x = columnOf(store.tasks.endTime.get(task))
      expect([x - 2, x - 1, x, x + 1].map((at) => raster.at(at, 33))).toContain('failed')
    }
  })
  test('counts ends between two times as looking at every task does', () => {
    const time = fc.double({ min: 0, max: store.now, noNaN: true })
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const counts = unwanted.map((end) => {
          let count = 0
          for (let task = 0; task < store.taskCount; task++) {
            const at = store.tasks.endTime.get(task)
            if (store.tasks.end.get(task) === endCode[end] && at >= from && at <= to) count++
          }
          return count
        })
        expect(endsBetween(store, from, to)).toEqual(counts)
      }),
    )
  })
})

describe('heads', () => {
  const store = overlapping([
    [0, 5],
    [1, 5],
    [7, 1],
  ])
  const run = (id: number) => ({ id, store, live: false, total: 20, caption: `run ${id}` })
  const layout = layoutOf([run(1), run(2)], 400)

  test('are one list of captions and rows, in which each is found again', () => {
    const all = Array.from({ length: headCount(layout) }, (_, i) => headAt(layout, i)!)
    expect(all.map(({ placed, row }) => row?.head.name ?? placed.run.caption)).toEqual([
      ...['run 1', 'loop · 1', 'loop · 2', 'other'],
      ...['run 2', 'loop · 1', 'loop · 2', 'other'],
    ])
    all.forEach((item, i) => {
      expect(headIndex(layout, headPlace(item))).toBe(i)
    })
    expect(headAt(layout, all.length)).toBeNull()
    expect(headIndex(layout, { run: 1, lane: 0, sub: 9 })).toBe(1)
    expect(headIndex(layout, { run: 3, lane: 0, sub: 0 })).toBe(-1)
  })
  test('know the ends of their lane and the lanes beside it', () => {
    const placed = layout.runs[1]!
    const [first, second, other] = placed.rows
    expect(laneEnds(placed, second!)).toEqual([first, second])
    expect([laneBeside(placed, first!, 1), laneBeside(placed, other!, -1), laneBeside(placed, other!, 1)]).toEqual([1, 0, null])
  })
  test('have keys of their own; with Shift arrows are the chart’s', () => {
    const press = (key: string, more = {}) =>
      headKey({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more })
    expect(press('ArrowDown')).toEqual({ type: 'go', to: 'next' })
    expect(press('ArrowDown', { altKey: true })).toEqual({ type: 'move', direction: 1 })
    expect(press('C', { shiftKey: true })).toEqual({ type: 'fold' })
    expect([press('ArrowUp', { shiftKey: true }), press('c', { ctrlKey: true }), press('x')]).toEqual([null, null, null])
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
          if (row.pin !== null) expect(top).toBeGreaterThanOrEqual(4)
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
