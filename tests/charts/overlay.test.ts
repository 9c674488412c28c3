/** What lies over the bars: the time on the axis covers the ticks it touches as a whole, and a frame strikes through no words. */
import { expect, test } from 'vitest'
import { column } from '../../renderer/charts/axis'
import { axisHeight, layoutOf } from '../../renderer/charts/layout'
import { drawOverlay } from '../../renderer/charts/overlay'
import { measure, type Pen } from '../../renderer/charts/pen'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { Raster } from '../support/raster'

const width = 800
const axis = { t0: 0, t1: 20, left: 108, right: 784 }

function overlay({ now = 10, height = 400, live = true, selected = false }) {
  const store = new RunStore(1, 1)
  const history = new History().lane('main', 'main').lane('loop', 'loop').task('main', 'main').task('a', 'loop')
  store.append(history.span('main', 'waiting', 0, null).span('a', 'suspended', 1, 9).end('a', 'finished', 9).frame({ now }))
  const layout = layoutOf([{ id: 1, store, live, total: null }], height)
  const raster = new Raster(width, layout.visible)
  const points: { x: number; y: number }[] = []
  const recorded = { canvas: { width, height: layout.visible }, lineTo: (x: number, y: number) => points.push({ x, y }) }
  const { g, ...pen } = raster.pen()
  const context = new Proxy(g, {
    get: (target, key) => Reflect.get(key in recorded ? recorded : target, key),
  })
  const selection = selected ? { run: 1, task: 1 } : null
  drawOverlay(
    { ...pen, g: context } as Pen,
    {
      layout,
      width,
      scroll: 0,
      now: [now],
      captionEnds: [0],
      selection,
      hover: null,
      cursor: null,
      crosshair: null,
      box: null,
      range: null,
      hits: null,
    },
    axis,
  )
  return { raster, layout, points, bottom: layout.visible - axisHeight }
}

const covered = ({ raster, bottom }: ReturnType<typeof overlay>, x: number) => raster.at(x, bottom + 12) === 'surface'

test('a tick that the time touches is covered from its first pixel to its last, any other stays', () => {
  const drawn = overlay({ now: 10.9 })
  const tick = column(axis, 10)
  expect([tick - 7, tick, tick + 7].map((x) => covered(drawn, x))).toEqual([true, true, true])
  for (const other of [8, 14]) expect(covered(drawn, column(axis, other))).toBe(false)
})

test('a tick that is far from the time stays', () => {
  expect(covered(overlay({ now: 12.9 }), column(axis, 10))).toBe(false)
})

test('the frame of a half bar takes in the words above it where lanes are low, and follows the bar where they are high', () => {
  const topOf = (height: number) => {
    const { layout, points } = overlay({ height, live: false, selected: true })
    const { top } = layout.runs[0]!.rows[1]!
    const m = measure(new Raster(1, 1).pen(), layout.size)
    return { lane: layout.size.lane, over: Math.min(...points.map(({ y }) => y)) - top - m.slotTop, half: m.half }
  }
  const low = topOf(125)
  expect(low.lane).toBe(28)
  expect(low.over).toBeLessThan(0)
  const high = topOf(400)
  expect(high.lane).toBe(64)
  expect(high.over).toBeGreaterThan(high.half / 2)
})
