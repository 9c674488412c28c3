import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Blocked, BlockedFinder, loopBlocked } from '../../renderer/model/loopBlocked'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'

const blocked = (history: History, { now = 100, speed = 1 } = {}) => {
  const store = new RunStore(1, speed)
  store.append(history.frame({ now }))
  return loopBlocked(store)
}
const loop = () => new History().lane('loop', 'loop').task('a', 'loop').task('b', 'loop').task('c', 'loop')

test('a task that sleeps on the loop while another is ready blocks it, from when the other is ready', () => {
  const history = loop()
    .span('a', 'running', 0, 1)
    .span('a', 'sleeping', 1, 6)
    .span('b', 'ready', 0.5, 6)
    .span('c', 'ready', 2, 6.5)
  expect(blocked(history)).toEqual([{ lane: 0, task: 0, start: 0.5, end: 6, waiting: 2 }])
})

test('merges what follows without a gap and parts what does not', () => {
  const history = loop()
    .span('a', 'running', 0, 1)
    .span('a', 'waiting', 1, 2)
    .span('a', 'suspended', 2, 3)
    .span('a', 'running', 3, 4)
    .span('b', 'ready', 0, 5)
  expect(blocked(history).map(({ start, end }) => [start, end])).toEqual([
    [0, 2],
    [3, 4],
  ])
})

test('50 real milliseconds are the limit, at any speed', () => {
  const history = (seconds: number) => loop().span('a', 'running', 0, seconds).span('b', 'ready', 0, 1)
  expect(blocked(history(0.05))).toEqual([])
  expect(blocked(history(0.051))).toHaveLength(1)
  expect(blocked(history(0.051), { speed: 100 })).toHaveLength(1)
  expect(blocked(history(0.049), { speed: 100 })).toEqual([])
})

test('a short overlap at the end is not blocking', () => {
  expect(blocked(loop().span('a', 'sleeping', 0, 6).span('b', 'ready', 5.99, 6))).toEqual([])
})

test('nobody ready, or ready on another lane: not blocked', () => {
  expect(blocked(loop().span('a', 'sleeping', 0, 6).span('b', 'suspended', 0, 6))).toEqual([])
  const apart = new History().lane('x', 'loop').lane('y', 'loop').lane('t', 'thread').task('a', 'x').task('b', 'y').task('c', 't')
  expect(blocked(apart.span('a', 'sleeping', 0, 6).span('b', 'ready', 0, 6).span('c', 'ready', 0, 6))).toEqual([])
})

test('what goes on reaches to now', () => {
  expect(blocked(loop().span('a', 'sleeping', 1, null).span('b', 'ready', 2, null), { now: 4 })).toEqual([
    { lane: 0, task: 0, start: 2, end: 4, waiting: 1 },
  ])
})

describe('of a run that grows', () => {
  const holds = fc.record({
    gap: fc.double({ min: 0, max: 2, noNaN: true }),
    long: fc.double({ min: 0, max: 3, noNaN: true }),
    state: fc.constantFrom('running' as const, 'sleeping' as const, 'suspended' as const),
  })
  const waits = fc.record({ at: fc.double({ min: 0, max: 40, noNaN: true }), long: fc.double({ min: 0, max: 3, noNaN: true }) })

  test('what is found bit by bit is what is found in all of it', () => {
    fc.assert(
      fc.property(fc.array(holds, { maxLength: 25 }), fc.array(waits, { maxLength: 15 }), fc.boolean(), (held, waited, live) => {
        const history = new History().lane('loop', 'loop').task('a', 'loop')
        let at = 0
        const events = held.map(({ gap, long, state }) => {
          const start = at + gap
          at = start + long
          return { start, write: () => history.span('a', state, start, start + long) }
        })
        waited.forEach(({ at: start, long }, i) => {
          history.task(`b${i}`, 'loop')
          events.push({ start, write: () => history.span(`b${i}`, 'ready', start, start + long) })
        })
        const store = new RunStore(1, 1)
        const finder = new BlockedFinder(store)
        const order = (list: readonly Blocked[]) => [...list].sort((one, other) => one.start - other.start || one.end - other.end)
        // As on the wire: by the time at which they begin.
        for (const { start, write } of events.sort((one, other) => one.start - other.start)) {
          write()
          const from = {
            spans: store.spans.length,
            tasks: store.taskCount,
            lanes: store.lanes.length,
            strings: store.strings.length,
          }
          store.append(history.frame({ now: start, from }))
          expect(order(finder.find(store.now, live))).toEqual(order(loopBlocked(store)))
        }
        expect(order(finder.find(store.now, false))).toEqual(order(loopBlocked(store)))
      }),
    )
  })

  test('a long run is not looked at again for a little more of it', () => {
    const history = loop()
    for (let i = 0; i < 2000; i++) history.span('a', 'running', i, i + 0.9)
    const store = new RunStore(1, 1)
    store.append(history.frame({ now: 2000 }))
    const finder = new BlockedFinder(store)
    finder.find(2000, true)
    const before = store.version
    history.span('a', 'sleeping', 2000, 2001).span('b', 'ready', 2000, 2001)
    store.append(history.frame({ now: 2001, from: { spans: 2000 } }))
    expect(store.version).toBeGreaterThan(before)
    let asked = 0
    const { get } = store.spans.start
    store.spans.start.get = (span) => {
      asked++
      return get.call(store.spans.start, span)
    }
    expect(finder.find(2001, true)).toHaveLength(1)
    expect(asked).toBeLessThan(100)
  })
})
