/** What the trees say of a part of time against looking at every task and every span. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdsThread, states } from '../../electron/protocol/vocabulary'
import { rangeSums } from '../../renderer/model/rangeSums'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { million, syntheticFrames } from '../support/syntheticRun'

/** Every task and every span, one by one. */
function scanned(store: RunStore, from: number, to: number, now: number) {
  const held = store.lanes.map(() => 0)
  let tasks = 0
  for (let task = 0; task < store.taskCount; task++) {
    const start = store.tasks.startOf(task)
    if (Number.isNaN(start)) continue
    const end = Math.min(store.tasks.endOf(task), Math.max(now, start))
    if (start === end ? start >= from && start <= to : start < to && end > from) tasks++
    for (const span of store.tasks.spansOf(task)) {
      if (!holdsThread(states[store.spans.state.get(span)]!)) continue
      const long = Math.min(store.spans.endAt(span, now), to) - Math.max(store.spans.start.get(span), from)
      held[store.tasks.lane.get(task)]! += Math.max(0, long)
    }
  }
  return { tasks, held: held.map((seconds) => Math.min(seconds, to - from)) }
}

const part = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))

test('tasks and time with the thread taken are those of every single one', () => {
  const store = new RunStore(1, 1)
  for (const frame of syntheticFrames({ ...million, spans: 20_000, lanes: 5, pause: 1 })) store.append(frame)
  fc.assert(
    fc.property(part, ([a, b]) => {
      const [from, to] = [Math.min(a, b) * store.now, Math.max(a, b) * store.now]
      const { tasks, held } = rangeSums(store, from, to, store.now)
      const expected = scanned(store, from, to, store.now)
      expect(tasks).toBe(expected.tasks)
      // Nodes keep their sums in 32 bits.
      held.forEach((seconds, lane) => {
        expect(Math.abs(seconds - expected.held[lane]!)).toBeLessThanOrEqual(1e-6 * store.now)
      })
    }),
    { numRuns: 60 },
  )
})

test('what touches an edge is not in it; what goes on reaches to now, and what has no length is where it is', () => {
  const history = new History().lane('main', 'main').lane('loop', 'loop').task('main', 'main').task('a', 'loop').task('b', 'loop')
  history.span('main', 'waiting', 0, null).span('a', 'running', 1, 2).end('a', 'finished', 2)
  history.span('b', 'sleeping', 2, 4).end('b', 'finished', 4).task('never', 'loop').end('never', 'cancelled', 3)
  const store = new RunStore(1, 1)
  store.append(history.frame({ now: 6 }))
  const between = (from: number, to: number) => {
    const { tasks, held } = rangeSums(store, from, to, 6)
    return [tasks, ...held]
  }
  expect(between(1, 2)).toEqual([2, 1, 1])
  expect(between(2, 4)).toEqual([3, 2, 2])
  expect(between(4, 8)).toEqual([1, 2, 0])
  expect(between(7, 8)).toEqual([0, 0, 0])
})
