import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placesOf } from '../../renderer/model/nameOrder'
import { sortedBy } from '../../renderer/model/radixSort'
import { RunStore } from '../../renderer/model/runStore'
import { finish } from '../../renderer/model/steps'
import { type TaskQuery, taskOrder } from '../../renderer/model/taskOrder'
import { million, random, syntheticFrames } from '../support/syntheticRun'

describe('rows by a number each', () => {
  const key = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN))
  const expected = (keys: readonly number[], descending: boolean) => {
    const rows = [...keys.keys()]
    const known = rows.filter((row) => !Number.isNaN(keys[row]))
    const by = (a: number, b: number) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : 0)
    return [...known.sort((a, b) => (descending ? by(b, a) : by(a, b))), ...rows.filter((row) => Number.isNaN(keys[row]))]
  }
  test('stand in order, equals as they stood, and those without one last', () => {
    // −0 is 0 to whoever reads it, and stands before it in the bits.
    const keys = fc.array(
      key.map((value) => value + 0),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(keys, fc.boolean(), (few, descending) => {
        const many = Array.from({ length: 5000 }, (_, i) => few[i % few.length] ?? i)
        for (const all of [few, many]) {
          const rows = Uint32Array.from(all.keys())
          expect([...finish(sortedBy(rows, Float64Array.from(all), descending))]).toEqual(expected(all, descending))
        }
      }),
      { numRuns: 60 },
    )
  })
  test('stand in order where only the lower half of their keys differs, of few or of all', () => {
    const next = random(3)
    for (const share of [0.01, 0.3, 1]) {
      const all = Array.from({ length: 9000 }, () => (next() < share ? 1 + Math.floor(next() * 5000) * 2 ** -52 : next()))
      const rows = Uint32Array.from(all.keys())
      for (const descending of [false, true])
        expect([...finish(sortedBy(rows, Float64Array.from(all), descending))]).toEqual(expected(all, descending))
    }
  })
  test('are given back as what they are, not as their places', () => {
    expect([...finish(sortedBy(Uint32Array.of(7, 9, 4), Float64Array.of(3, 1, 2), false))]).toEqual([9, 4, 7])
  })
})

test('names stand as people count, whatever is around the number', () => {
  const places = (names: readonly string[]) => [...finish(placesOf(names, Uint32Array.from(names.keys())))]
  const inOrder = ['', '7', '11', 'b 2 c', 'b 10 c', 'task', 'task 2', 'task 10', 'task 123456789012345678', 'thread-1']
  expect(places(inOrder)).toEqual([...inOrder.keys()])
  const many = Array.from({ length: 5000 }, (_, i) => `worker ${(i * 1237) % 5000}`)
  expect(places(many)).toEqual(many.map((name) => Number(name.slice(7))))
})

describe('the tasks of a run', () => {
  const store = new RunStore(1, 1)
  for (const frame of syntheticFrames({ ...million, spans: 4000, lanes: 4, names: 30, failing: 0.02 })) store.append(frame)
  const endWord: TaskQuery['endWord'] = (end) => end ?? 'goes on'
  const order = (query: Partial<TaskQuery>) => [
    ...taskOrder(store, {
      sorting: null,
      newestFirst: false,
      find: '',
      outcome: null,
      lane: null,
      endWord,
      stateWord: (state) => state,
      ...query,
    }),
  ]
  const all = Array.from({ length: store.taskCount }, (_, task) => task)

  test('stand as they were made, or the newest first', () => {
    expect(order({})).toEqual(all)
    expect(order({ newestFirst: true })).toEqual([...all].reverse())
  })

  test.each(['ready', 'started', 'finished', 'waited', 'ran', 'suspended'] as const)('by %s, as the table shows it', (column) => {
    for (const descending of [false, true]) {
      const shown = order({ sorting: { column, descending } }).map((task) => store.task(task)[column] ?? Number.NaN)
      const sorted = [...shown].sort((a, b) => (descending ? b - a : a - b))
      expect(shown).toEqual(sorted)
    }
  })

  test('by name, numbers in names as numbers', () => {
    const shown = order({ sorting: { column: 'task', descending: false } }).map((task) => store.nameOf(task))
    expect([...new Set(shown)].slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, i) => `task ${i + 1}`))
  })

  test('by end, what failed first', () => {
    const shown = order({ sorting: { column: 'end', descending: false } }).map((task) => store.task(task).end)
    expect([...new Set(shown)]).toEqual(['failed', 'killed', 'cancelled', 'finished'])
  })

  test('are found by name, end and error, whatever the case', () => {
    const by = (holds: (task: number) => boolean) => all.filter(holds)
    expect(order({ find: 'TASK 12' })).toEqual(by((task) => store.nameOf(task).includes('task 12')))
    expect(order({ find: ' killed ' })).toEqual(by((task) => store.task(task).end === 'killed'))
    expect(order({ find: 'synthetic' })).toEqual(by((task) => store.task(task).error !== ''))
    expect(order({ find: 'nothing has this' })).toEqual([])
  })

  test('are those of one outcome or lane, together with what is looked for', () => {
    const by = (holds: (task: number) => boolean) => all.filter(holds)
    const laneOf = (task: number) => store.lanes[store.task(task).lane]!.name
    expect(order({ outcome: 'cancelled' })).toEqual(by((task) => store.task(task).end === 'cancelled'))
    expect(order({ outcome: 'goesOn' })).toEqual([])
    expect(order({ lane: 'lane 2' })).toEqual(by((task) => laneOf(task) === 'lane 2'))
    expect(order({ lane: 'lane 2', outcome: 'failed', find: 'task 1' })).toEqual(
      by((task) => laneOf(task) === 'lane 2' && store.task(task).end === 'failed' && store.nameOf(task).includes('task 1')),
    )
  })
})
