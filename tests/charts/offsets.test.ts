/** Runs that stand elsewhere on the axis are drawn, hit and gone through as if their own axis were shifted: their times never are. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisOf, column } from '../../renderer/charts/axis'
import { axisHeight, layoutOf } from '../../renderer/charts/layout'
import { measure } from '../../renderer/charts/pen'
import { neighbour, spotOfTask } from '../../renderer/charts/places'
import { drawScene } from '../../renderer/charts/scene'
import { areMoved, extentOf } from '../../renderer/charts/timelineRun'
import { under } from '../../renderer/charts/under'
import { en } from '../../renderer/locales/en'
import { finderOf } from '../../renderer/model/loopBlocked'
import { RunStore } from '../../renderer/model/runStore'
import { TimeView } from '../../renderer/model/timeView'
import { History } from '../support/frames'
import { Raster } from '../support/raster'
import { million, syntheticFrames } from '../support/syntheticRun'

const width = 600

const stores = [3, 4].map((seed) => {
  const store = new RunStore(seed, 1)
  const parts = { spans: 300, lanes: 2, names: 5, failing: 0.2, seconds: 16, seed }
  for (const frame of syntheticFrames({ ...million, ...parts })) store.append(frame)
  return store
})

/** Both runs, each with its offset, between two moments of the axis. */
function picture(offsets: readonly number[], t0: number, t1: number) {
  const runs = stores.map((store, id) => ({ id, store, live: false, total: null, caption: 'x', offset: offsets[id]! }))
  const layout = layoutOf(runs, 400)
  const axis = { t0, t1, left: 108, right: width - 24 }
  const now = stores.map((store) => store.now)
  const blocked = stores.map((store) => finderOf(store).find(store.now, false))
  const scene = {
    layout,
    words: en.timeline,
    width,
    scroll: 0,
    now,
    blocked,
    placeholder: [],
    captionEnds: [0, 0],
    tolerance: 0,
    isGrowing: false,
  }
  const raster = new Raster(width, layout.visible - axisHeight)
  return { raster, scene, layout, axis, at: { ...scene, axis, ratio: 1 } }
}

/** Quarters of a second, so that nothing is rounded away. */
const quarters = fc.integer({ min: -60, max: 60 }).map((n) => n / 4)

test('each run looks and is hit as on an axis of its own, whatever the other one does', () => {
  fc.assert(
    fc.property(quarters, quarters, fc.integer({ min: -8, max: 8 }), fc.integer({ min: 1, max: 24 }), (a, b, t0, length) => {
      const both = picture([a, b], t0, t0 + length)
      drawScene(both.raster.pen(), both.scene, both.axis)
      for (const [index, offset] of [a, b].entries()) {
        const alone = picture([0, 0], t0 - offset, t0 + length - offset)
        drawScene(alone.raster.pen(), alone.scene, alone.axis)
        const { top, bottom } = both.layout.runs[index]!
        const rows = ({ raster }: typeof both) => raster.pixels.slice(top * width, bottom * width)
        expect(rows(both)).toEqual(rows(alone))
        for (let x = 108; x < width; x += 7) {
          for (let y = top + 10; y < bottom; y += 16) expect(under(both.at, x, y)).toEqual(under(alone.at, x, y))
        }
      }
    }),
    { numRuns: 12 },
  )
})

test('in every column of a bar that is drawn by itself, the pointer finds that bar', () => {
  fc.assert(
    fc.property(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }), (a, b) => {
      const { at, layout, axis } = picture([a, b], 4, 5)
      let found = 0
      const m = measure({ ratio: 1 }, layout.size)
      for (const { run, rows } of layout.runs) {
        const own = axisOf(axis, run)
        for (const { head, top } of rows) {
          for (const task of head.row?.tasks ?? []) {
            for (const span of run.store.tasks.spansOf(task)) {
              const x0 = Math.max(column(own, run.store.spans.start.get(span)), axis.left)
              const x1 = Math.min(column(own, run.store.spans.endAt(span, 0)), axis.right)
              if (x1 - x0 < 12) continue
              found++
              const x = Math.floor((x0 + x1) / 2)
              expect(under(at, x, top + m.slotBottom - 1)).toMatchObject({ spot: { run: run.id, span } })
            }
          }
        }
      }
      expect(found).toBeGreaterThan(20)
    }),
    { numRuns: 20 },
  )
})

test('the arrows go up and down to what stands there, not to what was at the same time', () => {
  const one = new History().lane('main', 'main').task('main', 'main').span('main', 'running', 0, 2).span('main', 'waiting', 2, 9)
  const other = new History()
    .lane('main', 'main')
    .task('main', 'main')
    .span('main', 'running', 0, 5)
    .span('main', 'waiting', 5, 9)
  const runs = [one, other].map((history, id) => {
    const store = new RunStore(id, 1)
    store.append(history.frame({ now: 9 }))
    return { id, store, live: false, total: 9, caption: 'x', offset: id === 0 ? 0 : -4 }
  })
  const layout = layoutOf(runs, 400)
  const waits = { ...spotOfTask(layout, 0, 0)!, span: 1 }
  const below = neighbour(layout, waits, 'down', () => 9)!
  expect([below.run, below.span]).toEqual([1, 1])
  expect(neighbour(layout, { ...below, span: 0 }, 'up', () => 9)).toMatchObject({ run: 0, span: 0 })
})

test('the view has room for what stands left of 0, and moves no further', () => {
  const runs = [-5, 0].map((offset, id) => ({ id, store: stores[0]!, live: false, total: 6, offset }))
  expect(extentOf(runs, [6, 6], false)).toEqual({ start: -5, end: 6, now: 6, live: false })
  const view = new TimeView()
  view.update(extentOf(runs, [6, 6], false))
  expect([view.t0, view.t1]).toEqual([-5.5, 6.5])
  view.zoom(0, 2)
  view.pan(-100)
  expect(view.t0).toBe(-5.5)
  view.pan(100)
  expect(view.t1).toBe(6.5)
  expect(areMoved(runs, runs)).toBe(false)
  expect(areMoved(runs, [runs[0]!, { ...runs[1]!, offset: -1 }])).toBe(true)
})
