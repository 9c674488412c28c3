/** Edges that a measured range takes: the nearest of all that are in sight, against looking at every bar. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisOf, position } from '../../renderer/charts/axis'
import { layoutOf } from '../../renderer/charts/layout'
import { nearestEdge } from '../../renderer/charts/snap'
import { RunStore } from '../../renderer/model/runStore'
import { million, syntheticFrames } from '../support/syntheticRun'

const stores = [7, 8].map((seed) => {
  const store = new RunStore(seed, 1)
  for (const frame of syntheticFrames({ ...million, spans: 400, lanes: 3, names: 5, pause: 2, seed })) store.append(frame)
  return store
})

test('is the nearest within reach, on whatever run and wherever that stands', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -30, max: 30, noNaN: true }),
      fc.integer({ min: 0, max: 1000 }),
      fc.constantFrom(0, 4, 40),
      (offset, x, reach) => {
        const runs = stores.map((store, id) => ({ id, store, live: false, total: store.now, offset: id * offset }))
        const layout = layoutOf(runs, 1000)
        const axis = { t0: 10, t1: 20, left: 0, right: 1000 }
        const found = nearestEdge(layout, 0, axis, x, reach, () => 100)
        let best = Infinity
        for (const run of runs)
          for (let span = 0; span < run.store.spans.length; span++)
            for (const time of [run.store.spans.start.get(span), run.store.spans.endAt(span, 100)])
              best = Math.min(best, Math.abs(position(axisOf(axis, run), time) - x))
        if (best > reach) expect(found).toBeNull()
        else expect(Math.abs(position(axis, found!.seconds) - x)).toBeCloseTo(best, 6)
      },
    ),
    { numRuns: 60 },
  )
})
