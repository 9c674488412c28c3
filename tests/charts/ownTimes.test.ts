import { expect, test } from 'vitest'
import { column } from '../../renderer/charts/axis'
import { layoutOf } from '../../renderer/charts/layout'
import { drawOwnTimes } from '../../renderer/charts/ownTimes'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { Raster } from '../support/raster'

const width = 800

/** What stands over the runs while the crosshair is at a moment of the axis, which reaches from -5 to 5. */
function timesAt(moment: number, offsets: readonly number[], captionEnds = [200, 200]) {
  const runs = offsets.map((offset, id) => {
    const store = new RunStore(id, 1)
    store.append(new History().lane('main', 'main').task('main', 'main').span('main', 'running', 0, 6).frame({ now: 6 }))
    return { id, store, live: false, total: 6, caption: 'x', offset }
  })
  const layout = layoutOf(runs, 400)
  const raster = new Raster(width, layout.visible)
  const scene = { layout, width, scroll: 0, now: [6, 6], captionEnds }
  const axis = { t0: -5, t1: 5, left: 108, right: 708 }
  drawOwnTimes(raster.pen(), scene, axis, column(axis, moment))
  return raster.texts.map(({ text, x }) => ({ text: text.replaceAll('\u00a0', ' '), x }))
}

test('each run has its own time at the crosshair, and none before it began or after it was over', () => {
  const said = (moment: number) => timesAt(moment, [-4, -2]).map(({ text }) => text)
  expect(said(0)).toEqual(['4.00 s', '2.00 s'])
  expect(said(-3)).toEqual(['1.00 s'])
  expect(said(3)).toEqual(['5.00 s'])
})

test('it stands beside the line, but on no caption and not outside of the picture', () => {
  const [besideLine, behindCaption] = timesAt(0, [-4, -2], [200, 500])
  expect(besideLine!.x).toBeLessThan(430)
  expect(behindCaption!.x).toBeGreaterThan(500)
  const [last] = timesAt(5.9, [0, 0])
  expect(last!.x + last!.text.length * 7).toBeLessThan(width)
})
