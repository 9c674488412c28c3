import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Axis, column } from '../../renderer/charts/axis'
import { drawRows } from '../../renderer/charts/drawRow'
import { lostBetween } from '../../renderer/charts/lost'
import { measure } from '../../renderer/charts/pen'
import { en } from '../../renderer/locales/en'
import { laneRows, laneSizes } from '../../renderer/model/laneLayout'
import { loopBlocked } from '../../renderer/model/loopBlocked'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { Raster } from '../support/raster'

const width = 240

interface Drawing {
  history: History
  axis?: Partial<Axis>
  lane?: number
  ratio?: number
  now?: number
  row?: number
}

function draw({ history, axis = {}, lane = 20, ratio = 1, now = 100, row: index = 0 }: Drawing) {
  const store = new RunStore(1, 1)
  store.append(history.frame({ now }))
  const head = laneRows(store)[index]!
  const raster = new Raster(width * ratio, lane * ratio)
  const pen = raster.pen(ratio)
  const size = laneSizes.find((s) => s.lane === lane)!
  const full: Axis = { t0: 0, t1: 10, left: 20, right: width * ratio - 20, ...axis }
  const m = measure(pen, size)
  const blocked = loopBlocked(store, now).filter(({ task }) => head.row!.tasks.includes(task))
  const right = width * ratio
  drawRows(pen, m, en.timeline, [
    {
      store,
      head,
      row: head.row!,
      top: 0,
      axis: full,
      left: full.left,
      right,
      now,
      line: null,
      blocked,
      notes: [],
      tolerance: 0,
      isGrowing: false,
      lost: lostBetween(pen, store, head.lane, full, full.left, right),
    },
  ])
  return { raster, store, axis: full, m }
}

const loop = () => new History().lane('loop', 'loop').task('a', 'loop')

describe('height says who holds the thread', () => {
  test.each(['running', 'sleeping', 'waiting'] as const)('%s takes the whole slot', (state) => {
    const { raster, m } = draw({ history: loop().span('a', state, 2, 8) })
    expect(raster.at(120, m.slotTop)).not.toBe('')
    expect(raster.at(120, m.slotBottom - 1)).not.toBe('')
    expect(raster.at(120, m.slotTop - 1)).toBe('')
  })
  test.each(['created', 'ready', 'suspended'] as const)('%s takes its lower half', (state) => {
    const { raster, m } = draw({ history: loop().span('a', state, 2, 8) })
    expect(raster.at(120, m.slotTop + m.half - 1)).toBe('')
    expect(raster.at(120, m.slotTop + m.half)).not.toBe('')
  })
  test('also where a bar is one pixel', () => {
    const { raster, m } = draw({ history: loop().span('a', 'running', 2, 2.001).span('a', 'suspended', 5, 5.001) })
    expect([raster.at(60, m.slotTop), raster.at(60, m.slotBottom - 1)]).toEqual(['running', 'running'])
    expect([raster.at(120, m.slotTop), raster.at(120, m.slotBottom - 1)]).toEqual(['', 'suspended'])
  })
})

test('an open bar ends at now, without a right edge', () => {
  const { raster, m } = draw({ history: loop().span('a', 'ready', 2, null), now: 5, lane: 28 })
  const y = m.slotTop + m.half + Math.floor(m.half / 2)
  expect(raster.at(60, y)).toBe('ready')
  expect(raster.at(119, y)).toBe('surface')
  expect(raster.at(120, y)).toBe('')
})

test('a step on a long await stands on it as a tick', () => {
  const history = loop().span('a', 'ready', 2, 2.02).span('a', 'running', 2.02, 2.03).span('a', 'suspended', 2.03, 8)
  const { raster, m } = draw({ history })
  expect(raster.at(60, m.slotTop)).toBe('running')
  expect(raster.at(70, m.slotTop)).toBe('')
})

test('merged columns show the state with the most time', () => {
  const history = new History().lane('loop', 'loop')
  for (let i = 0; i < 1000; i++) {
    const at = i / 100
    history
      .task(`t${i}`, 'loop')
      .span(`t${i}`, 'running', at, at + 0.001)
      .span(`t${i}`, 'suspended', at + 0.001, at + 0.01)
    history.end(`t${i}`, 'finished', at + 0.01)
  }
  const { raster, m } = draw({ history })
  expect([raster.at(100, m.slotTop), raster.at(100, m.slotBottom - 1)]).toEqual(['', 'suspended'])
})

test('the strip under a blocked loop is as long as others were ready', () => {
  const history = loop().task('b', 'loop').span('a', 'sleeping', 0, 8).span('b', 'ready', 2, 8)
  const { raster, m } = draw({ history, lane: 28 })
  expect([59, 60, 179, 180].map((x) => raster.at(x, m.stripTop))).toEqual(['', 'sleeping', 'sleeping', ''])
})

test('no bar goes through a stretch of which nothing is known', () => {
  const { raster, m } = draw({ history: loop().span('a', 'running', 0, 10).loss(4, 6, 'loop', 312), lane: 28 })
  const y = m.slotTop + m.half
  expect([99, 100, 139, 140].map((x) => raster.at(x, y))).toEqual(['running', 'surface', 'surface', 'running'])
})

describe('labels', () => {
  const texts = (history: History, lane = 44) =>
    draw({ history, lane, axis: { right: 220 } }).raster.texts.map(({ text }) => text)
  test('name the task and give way to shorter ones', () => {
    const history = () => loop().task('b', 'loop')
    expect(texts(history().span('a', 'suspended', 0, 9.9))).toEqual([
      'a: suspended\u00a09.9\u00a0s'.replace('suspended\u00a0', 'suspended '),
    ])
    expect(texts(history().span('a', 'suspended', 0, 1))).toEqual(['a'])
    expect(texts(history().span('a', 'suspended', 0, 0.1))).toEqual([])
  })
  test('do not stand on the shape of the task before', () => {
    const history = loop().task('b', 'loop').span('a', 'running', 2, 2).end('a', 'failed', 2).span('b', 'suspended', 2.001, 9.5)
    const { raster } = draw({ history, lane: 44, axis: { right: 220 } })
    const cap = [...Array(width).keys()].filter((x) => raster.column(x).has('failed'))
    expect(cap.length).toBeGreaterThan(10)
    const [word] = raster.texts.filter(({ text }) => text.startsWith('b'))
    expect(word?.x).toBeGreaterThan(cap.at(-1)!)
  })
  test('are left out of small lanes', () => {
    expect(texts(loop().span('a', 'suspended', 0, 9), 20)).toEqual([])
  })
})

/** Tasks that end as they like, some of them in no time. */
const busy = fc
  .array(
    fc.record({
      gap: fc.double({ min: 0, max: 0.4, noNaN: true }),
      long: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.02, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true })),
      end: fc.constantFrom('finished' as const, 'failed' as const, 'cancelled' as const, 'killed' as const),
      state: fc.constantFrom('running' as const, 'sleeping' as const, 'waiting' as const, 'suspended' as const, 'ready' as const),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((tasks) => {
    const history = new History().lane('loop', 'loop')
    let at = 0
    const placed = tasks.map(({ gap, long, end, state }, i) => {
      const start = at + gap
      at = start + long
      history.task(`t${i}`, 'loop').span(`t${i}`, state, start, at).end(`t${i}`, end, at)
      return { start, end: at, how: end }
    })
    for (const { end } of placed.filter((_, i) => i % 3 === 0)) history.loss(end - 0.05, end + 0.05, 'loop', 1)
    return { history, placed }
  })

describe('whatever happens, at any zoom', () => {
  const view = fc.record({
    t0: fc.double({ min: 0, max: 10, noNaN: true }),
    span: fc.double({ min: 0.01, max: 20, noNaN: true }),
    lane: fc.constantFrom(14, 20, 28, 44, 64),
    ratio: fc.constantFrom(1, 2),
  })
  const inside = (axis: Axis, x: number, ratio: number) => x >= axis.left && x < width * ratio

  test('every visible span leaves a mark in its columns', () => {
    fc.assert(
      fc.property(busy, view, ({ history, placed }, { t0, span, lane, ratio }) => {
        const { raster, axis } = draw({ history, lane, ratio, axis: { t0, t1: t0 + span } })
        for (const { start } of placed) {
          const x = column(axis, start)
          if (inside(axis, x, ratio)) expect(raster.column(x).size).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('no failure is ever covered', () => {
    fc.assert(
      fc.property(busy, view, ({ history, placed }, { t0, span, lane, ratio }) => {
        const { raster, axis, m } = draw({ history, lane, ratio, axis: { t0, t1: t0 + span } })
        for (const { end, how } of placed) {
          const x = column(axis, end)
          if (how !== 'failed' || !inside(axis, x, ratio) || !inside(axis, x + 4, ratio)) continue
          const strip = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((away) => raster.at(x + away, m.stripTop))
          expect(strip).toContain('failed')
        }
      }),
    )
  })
})
