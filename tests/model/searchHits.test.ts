/** What was found, for the chart: against looking at every task and every span. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { states } from '../../electron/protocol/vocabulary'
import { en } from '../../renderer/locales/en'
import { zh } from '../../renderer/locales/zh'
import { RunStore } from '../../renderer/model/runStore'
import { countOfHits, nextHit, placeOfHit, searchHits } from '../../renderer/model/searchHits'
import { finish } from '../../renderer/model/steps'
import { namedStates } from '../../renderer/model/taskOrder'
import { History } from '../support/frames'
import { million, syntheticFrames } from '../support/syntheticRun'

const stores = [1, 2].map((seed) => {
  const store = new RunStore(seed, 1)
  for (const frame of syntheticFrames({ ...million, spans: 400, lanes: 3, names: 7, failing: 0.2, seed })) store.append(frame)
  return store
})
const query = { outcome: null, lane: null, endWord: (end: string | null) => end ?? '', stateWord: (state: string) => state }
const hitsOf = (store: RunStore, find: string) => finish(searchHits(store, { ...query, find }))
const found = (find: string, offset = 0) => stores.map((store, run) => ({ run, offset: run * offset, hits: hitsOf(store, find) }))
const named = (find: string, words: typeof en) =>
  states.filter((_, code) => namedStates({ find, stateWord: (state) => words.timeline.states[state] })[code] === 1)

describe('a text names a state', () => {
  test('by its word, in either language, or by the most of it', () => {
    expect(named('sleeping', en)).toEqual(['sleeping'])
    expect(named(' Slee', en)).toEqual(['sleeping'])
    expect(named('阻塞', zh)).toEqual(['sleeping'])
    expect(named('挂起', zh)).toEqual(['suspended'])
  })
  test('but not by a letter or two, and nothing names none', () => {
    for (const find of ['', 's', 'run', 'first']) expect(named(find, en)).toEqual([])
    expect(named('', zh)).toEqual([])
  })
})

test('in each row stands what was found: tasks from beginning to end, of a state the times in it', () => {
  for (const [find, isState] of [
    ['task 3', false],
    ['failed', false],
    ['suspended', true],
  ] as const) {
    const [store] = stores as [RunStore]
    const hits = hitsOf(store, find)
    for (const { rows } of store.subRows) {
      for (const row of rows) {
        const expected = isState
          ? row.tasks.flatMap((task) =>
              [...store.tasks.spansOf(task)]
                .filter((span) => states[store.spans.state.get(span)] === find)
                .map((span) => [store.spans.start.get(span), store.spans.endAt(span, 1e9)]),
            )
          : row.tasks.filter((task) => hits.has(task)).map((task) => [store.tasks.startOf(task), store.tasks.endOf(task)])
        const own = hits.of(row)
        expect(own ? Array.from(own.starts, (start, i) => [start, own.ends[i]]) : []).toEqual(expected)
      }
    }
    expect(hits.tasks.length).toBeGreaterThan(0)
  }
})

test('from one to the next goes through all of them by time, wherever the runs stand, and counts them', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('failed', 'task 2', 'suspended'),
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.constantFrom<1 | -1>(1, -1),
      (find, offset, direction) => {
        const all = found(find, offset)
        const count = countOfHits(all)
        const startOf = ({ run, task }: { run: number; task: number }) => stores[run]!.tasks.startOf(task) + all[run]!.offset
        let at = nextHit(all, { task: null, seconds: -direction * 1e9 }, direction)!
        const seen = [at]
        for (let i = 1; i < count; i++) {
          at = nextHit(all, { task: at, seconds: 0 }, direction)!
          seen.push(at)
        }
        expect(new Set(seen.map(({ run, task }) => `${run} ${task}`)).size).toBe(count)
        const inOrder = direction > 0 ? seen : [...seen].reverse()
        expect(inOrder.map((one) => placeOfHit(all, one))).toEqual(inOrder.map((_, i) => i + 1))
        inOrder.forEach((one, i) => {
          if (i > 0) expect(startOf(one)).toBeGreaterThanOrEqual(startOf(inOrder[i - 1]!))
        })
        expect(nextHit(all, { task: at, seconds: 0 }, direction)).toEqual(seen[0])
      },
    ),
    { numRuns: 30 },
  )
})

test('where nothing is found there is nowhere to go', () => {
  expect(nextHit(found('nobody'), { task: null, seconds: 0 }, 1)).toBeNull()
  expect(placeOfHit(found('failed'), { run: 5, task: 0 })).toBeNull()
})

test('a task that was only announced is the last, and one that began earlier than was known keeps its place', () => {
  const all = [0, 1].map((run) => {
    const history = new History().lane('main', 'main')
    for (const [i, name] of ['found 0', 'found 1', 'found 2'].entries()) {
      history.task(name, 'main')
      if (i < 2) history.span(name, 'running', i + 2, i + 3)
    }
    const store = new RunStore(run, 1)
    store.append(history.frame({ now: 9 }))
    const hits = hitsOf(store, 'found')
    history.span('found 1', 'created', 1, 3)
    store.append(history.frame({ now: 9 }))
    return { run, offset: 0, hits }
  })
  const seen = [nextHit(all, { task: null, seconds: 0 }, 1)!]
  while (seen.length < 6) seen.push(nextHit(all, { task: seen[seen.length - 1]!, seconds: 0 }, 1)!)
  expect(seen.map(({ run, task }) => `${run} ${task}`)).toEqual(['0 0', '1 0', '0 1', '1 1', '0 2', '1 2'])
  expect(seen.map((one) => placeOfHit(all, one))).toEqual([1, 2, 3, 4, 5, 6])
})
