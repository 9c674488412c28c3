/** Marks that would stand on one another: none is lost, each is counted once, and the work is bounded by the width. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cluster, clusterAt, clustersOf } from '../../renderer/charts/clusters'
import { drawLaneMarks } from '../../renderer/charts/drawLaneMarks'
import { drawSigns, signsUnder } from '../../renderer/charts/drawSigns'
import { layoutOf } from '../../renderer/charts/layout'
import { measure, type Pen } from '../../renderer/charts/pen'
import { tipOf } from '../../renderer/charts/tipText'
import { en } from '../../renderer/locales/en'
import { type Marker, RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { Raster } from '../support/raster'

const pen = { ratio: 1 }
const size = { reach: 6, apart: 9 }
const marker = (seconds: number, kind: Marker['kind'] = 'push'): Marker => ({ kind, seconds, lane: 0, task: null, text: '' })
const at = (x: number) => ({ marker: marker(x), x })
const counts = (clusters: readonly Cluster[]) => clusters.map(({ x, markers }) => [x, markers.length])

test('what is apart stays alone, what would touch is counted, also what would stand on the number', () => {
  expect(counts(clustersOf(pen, [0, 9, 18].map(at), size))).toEqual([
    [0, 1],
    [9, 1],
    [18, 1],
  ])
  expect(counts(clustersOf(pen, [0, 8, 20, 60].map(at), size))).toEqual([
    [0, 3],
    [60, 1],
  ])
})

test('every mark is in one sign, and no sign with its number stands on the next', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1400 }), { maxLength: 400 }), fc.constantFrom(1, 2), (xs, ratio) => {
      const marks = xs.sort((a, b) => a - b).map(at)
      const clusters = clustersOf({ ratio }, marks, size)
      expect(clusters.flatMap(({ markers }) => markers)).toEqual(marks.map(({ marker }) => marker))
      clusters.forEach((cluster, i) => {
        const next = clusters[i + 1]
        if (!next) return
        const reach = cluster.markers.length > 1 ? cluster.right : cluster.x
        expect(next.x).toBeGreaterThan(reach)
        expect(clusterAt({ ratio }, clusters, cluster.x, size)).toBe(cluster)
      })
    }),
  )
})

/** Counts what a canvas is asked for. */
function counting(width: number, height: number): { pen: Pen; calls: () => number; texts: string[] } {
  const raster = new Raster(width, height)
  const own = raster.pen()
  let calls = 0
  const g = new Proxy(own.g, {
    get: (target, key) => {
      const value = Reflect.get(target, key)
      if (typeof value === 'function') calls++
      return value
    },
  })
  return { pen: { ...own, g }, calls: () => calls, texts: raster.texts.map(({ text }) => text) }
}

describe('5,000 marks', () => {
  const axis = { t0: 0, t1: 10, left: 0, right: 1000 }
  const many = Array.from({ length: 5000 }, (_, i) => i / 500)
  test('above the lanes are drawn with work for the width, and told with their number', () => {
    const markers = [...many.map((seconds) => marker(seconds)), marker(5.001, 'retry')]
    const signs = { markers, axis, right: 1000, top: 34, captionEnd: null }
    const { pen, calls } = counting(1000, 100)
    drawSigns(pen, signs)
    expect(calls()).toBeLessThan(1000)
    const clusters = signsUnder(pen, signs, 501, 7)
    expect(clusters.length).toBeGreaterThan(50)
    expect(clusters.some(({ kind }) => kind === 'retry')).toBe(true)
    expect(signsUnder(pen, signs, 501, 60)).toEqual([])
  })
  test('on a lane, too', () => {
    const history = new History().lane('main', 'main').task('main', 'main').span('main', 'waiting', 0, 10)
    for (const seconds of many) history.marker('message', seconds, 'main', { text: 'x' })
    const store = new RunStore(1, 1)
    store.append(history.frame({ now: 10 }))
    const layout = layoutOf([{ id: 1, store, live: false, total: 10 }], 1000)
    const { pen, calls } = counting(1000, 64)
    const { head } = layout.runs[0]!.rows[0]!
    drawLaneMarks(pen, measure(pen, layout.size), { store, head, axis, left: 0, right: 1000, top: 0, now: 10, labels: [] })
    expect(calls()).toBeLessThan(1500)
  })
})

test('the tooltip of many lists eight and counts the rest', () => {
  const store = new RunStore(1, 1)
  store.append(new History().lane('main', 'main').frame({ now: 10 }))
  const tip = (markers: Marker[]) =>
    tipOf(store, { kind: 'marks', run: 1, markers: markers as [Marker, ...Marker[]] }, en.timeline)!
  const pushes = tip(Array.from({ length: 50 }, (_, i) => ({ ...marker(i), text: String(i) })))
  expect(pushes.title).toBe('pushed from here ×50')
  expect(pushes.lines).toHaveLength(8)
  expect(pushes.below).toEqual(['and 42 more in the same place'])
  expect(tip([marker(1), marker(2, 'retry')]).title).toBe('2 marks in one place')
})
