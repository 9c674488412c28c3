import fc from 'fast-check'
import { expect, test } from 'vitest'
import { none } from '#protocol/frame'
import { ends } from '#protocol/vocabulary'
import { nextFailure } from '../../renderer/charts/failures'
import type { Spot } from '../../renderer/charts/hit'
import { layoutOf } from '../../renderer/charts/layout'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { million, type Synthetic, syntheticFrames } from '../support/syntheticRun'

function layoutWith(...made: (Partial<Synthetic> & { offset?: number })[]) {
  const runs = made.map(({ offset = 0, ...parts }, index) => {
    const store = new RunStore(index + 7, 1)
    for (const frame of syntheticFrames({ ...million, spans: 400, lanes: 3, names: 5, failing: 0.1, ...parts }))
      store.append(frame)
    return { id: index + 7, store, live: false, total: null, offset }
  })
  return layoutOf(runs, 400)
}
type Layout = ReturnType<typeof layoutWith>

/** All of them by looking at every task. */
function everyFailure({ runs }: Layout) {
  const found = runs.flatMap(({ run, rows }) =>
    rows.flatMap(({ head }, row) =>
      (head.row?.tasks ?? [])
        .filter((task) => ['failed', 'killed'].includes(ends[run.store.tasks.end.get(task)] ?? ''))
        .map((task) => ({
          run: run.id,
          task,
          seconds: run.store.tasks.endTime.get(task) + run.offset!,
          row: 1000 * run.id + row,
        })),
    ),
  )
  return found.sort((a, b) => a.seconds - b.seconds || a.row - b.row).map(({ run, task }) => ({ run, task }))
}

test('steps through every task that failed or was killed, of all runs, by time, and begins again', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.nat(1000),
      fc.constantFrom<1 | -1>(1, -1),
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      (seed, other, direction, offset) => {
        const layout = layoutWith({ seed }, { seed: other, lanes: 2, offset })
        const expected = everyFailure(layout)
        if (direction < 0) expected.reverse()
        fc.pre(expected.length > 0)
        let from: { run: number; task: number } | null = null
        const seen: { run: number; task: number }[] = []
        for (let i = 0; i <= expected.length; i++) {
          const next: Spot = nextFailure(layout, { task: from, seconds: -direction * Infinity }, direction)!
          from = { run: next.run, task: next.task }
          seen.push(from)
        }
        expect(seen).toEqual([...expected, expected[0]])
      },
    ),
    { numRuns: 30 },
  )
})

test('from a task that ended well, the next that did not, and its last bar', () => {
  const layout = layoutWith({ seed: 3 })
  const { store } = layout.runs[0]!.run
  const well = store.tasks.end.get(0) === ends.indexOf('finished') ? 0 : 1
  const next = nextFailure(layout, { task: { run: 7, task: well }, seconds: 0 }, 1)!
  const after = everyFailure(layout).find(({ task }) => store.tasks.endTime.get(task) > store.tasks.endTime.get(well))!
  expect(next.task).toBe(after.task)
  expect(next.span).toBe(store.tasks.lastSpan.get(after.task) === none ? null : store.tasks.lastSpan.get(after.task))
})

test('where all went well there is none', () => {
  expect(nextFailure(layoutWith({ failing: 1e-12 }), { task: null, seconds: 0 }, 1)).toBeNull()
  expect(nextFailure(layoutOf([], 300), { task: null, seconds: 0 }, -1)).toBeNull()
})

test('what ends at the same moment of the axis is not passed over by what rounding leaves', () => {
  const failed = (id: number, at: number, offset: number) => {
    const store = new RunStore(id, 1)
    const history = new History()
      .lane('main', 'main')
      .task('main', 'main')
      .span('main', 'running', 0, at)
      .end('main', 'failed', at)
    store.append(history.frame({ now: at }))
    return { id, store, live: false, total: at, offset }
  }
  // 1.7 - 0.6 is 1.1, and 1.1 + 0.6 more than 1.7.
  const layout = layoutOf([failed(1, 1.1, 0), failed(2, 1.7, -0.6)], 400)
  expect(nextFailure(layout, { task: { run: 1, task: 0 }, seconds: 0 }, 1)?.run).toBe(2)
})
