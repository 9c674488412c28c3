import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RunStore } from '../../renderer/model/runStore'
import { History, type Lengths } from '../support/frames'

const synchronous = () =>
  new History()
    .lane('main', 'main')
    .lane('loop', 'loop')
    .task('main', 'main')
    .task('first', 'loop')
    .task('second', 'loop')
    .span('main', 'running', 0, 0.001)
    .span('first', 'ready', 0.001, 0.0011)
    .span('second', 'ready', 0.001, 6.001)
    .span('main', 'waiting', 0.001, null, 'queue')
    .span('first', 'sleeping', 0.0011, 6.001)
    .end('first', 'finished', 6.001)
    .marker('message', 6.0011, 'main', { task: 'first' })
    .span('second', 'sleeping', 6.001, 9.001)
    .end('second', 'finished', 9.001)
    .close('main', 9.002)
    .end('main', 'finished', 9.002)

const load = (history: History, now = 10, speed = 1) => {
  const store = new RunStore(1, speed)
  store.append(history.frame({ now }))
  return store
}

/** Everything that can be seen of a store, with times rounded to what f64 sums can keep in any order. */
function seen(store: RunStore) {
  return {
    lanes: store.lanes,
    tasks: Array.from({ length: store.taskCount }, (_, i) =>
      Object.fromEntries(Object.entries(store.task(i)).map(([k, v]) => [k, typeof v === 'number' ? Number(v.toFixed(9)) : v])),
    ),
    rows: store.subRows.map((lane) =>
      lane.rows.map((row) => ({
        tasks: row.tasks,
        depth: row.depth,
        items: Array.from({ length: row.tree.length }, (_, i) => row.tree.items.get(i)),
      })),
    ),
    ends: Array.from({ length: store.spans.length }, (_, i) => store.spans.end.get(i)),
    markers: store.markers,
    outputs: store.outputs,
    strings: store.strings,
    seen: store.seen,
    failed: store.failed,
  }
}

describe('a store', () => {
  test('says when each task was ready, started and finished', () => {
    const store = load(synchronous())
    expect(store.task(2)).toMatchObject({
      name: 'second',
      ready: 0.001,
      started: 6.001,
      finished: 9.001,
      end: 'finished',
      error: '',
    })
    expect(store.task(2).waited).toBeCloseTo(6, 9)
    expect(store.task(2).ran).toBeCloseTo(3, 9)
    expect(store.task(0)).toMatchObject({ name: 'main', ready: null, waited: null, started: 0 })
    expect(store.markers).toEqual([{ kind: 'message', seconds: 6.0011, lane: 0, task: 1, text: '' }])
  })

  test('counts in programme seconds', () => {
    expect(load(synchronous(), 10, 10).task(2)).toMatchObject({ ready: 0.01, finished: 90.01 })
  })

  test('lets what goes on reach to now', () => {
    const history = new History()
      .lane('loop', 'loop')
      .task('a', 'loop')
      .span('a', 'running', 1, 2)
      .span('a', 'suspended', 2, null)
    const store = load(history, 5)
    expect(store.task(0)).toMatchObject({ started: 1, finished: null, end: null, ran: 1, suspended: 3 })
    history.close('a', 6).end('a', 'pending', null)
    store.append(history.frame({ now: 7 }))
    expect(store.task(0)).toMatchObject({ finished: null, end: 'pending', suspended: 4 })
  })

  test('counts a span once that is listed closed and closed again', () => {
    const history = new History().lane('loop', 'loop').task('a', 'loop').span('a', 'running', 1, null)
    history.close('a', 3)
    history.rows.spans[0]!.end = 3e9
    expect(load(history).task(0)).toMatchObject({ ran: 2 })
  })

  test('keeps a task that ended without ever doing anything', () => {
    const history = new History().lane('loop', 'loop').task('abc', 'loop').end('abc', 'failed', 3, { error: 'not a number' })
    const store = load(history)
    expect(store.task(0)).toMatchObject({ started: null, finished: 3, end: 'failed', error: 'not a number' })
    expect(store.subRows[0]!.rows[0]!.tasks).toEqual([0])
  })

  test('skips what it has and refuses a gap', () => {
    const history = synchronous()
    const store = load(history)
    const before = seen(store)
    store.append(history.frame({ now: 10 }))
    expect(seen(store)).toEqual(before)
    expect(store.version).toBe(2)
    expect(() => new RunStore(1, 1).append(history.frame({ from: { spans: 1 } }))).toThrow('spans 0 to 0 are missing')
  })
})

/** A run of tasks on a loop lane, in the order in which an engine would write it. */
const histories = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 30 }),
      long: fc.integer({ min: 0, max: 8 }),
      wait: fc.integer({ min: 0, max: 3 }),
      ends: fc.boolean(),
      parent: fc.option(fc.nat(24), { nil: undefined }),
    }),
    { maxLength: 25 },
  )
  .map((tasks) => {
    const history = new History().lane('loop', 'loop')
    const events: { at: number; rank: number; write: () => void }[] = []
    tasks.forEach(({ at, long, wait, ends, parent }, i) => {
      const name = `t${i}`
      history.task(name, 'loop', parent !== undefined && parent < i ? { parent: `t${parent}` } : {})
      events.push({ at, rank: 1, write: () => history.span(name, 'ready', at, at + wait) })
      events.push({ at: at + wait, rank: 1, write: () => history.span(name, 'suspended', at + wait, null) })
      if (!ends) return
      events.push({ at: at + wait + long, rank: 2, write: () => history.close(name, at + wait + long) })
      events.push({
        at: at + wait + long,
        rank: 3,
        write: () => history.end(name, i % 3 ? 'finished' : 'failed', at + wait + long),
      })
    })
    events.sort((a, b) => a.at - b.at || a.rank - b.rank)
    for (const event of events) event.write()
    return history
  })

describe('however a history is cut', () => {
  test('the store is the same', () => {
    const cuts = fc.array(
      fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(histories, cuts, (history, parts) => {
        const whole = load(history)
        const store = new RunStore(1, 1)
        const all = history.lengths()
        const have: Lengths = {}
        for (const part of [...parts, { from: 0.5, to: 1 }]) {
          const from: Lengths = {}
          const to: Lengths = {}
          for (const key of Object.keys(all) as (keyof Lengths)[]) {
            // Definitions go ahead of what refers to them, as on the wire; each of the other lists is cut where it likes.
            const share = key === 'spans' || key === 'closings' || key === 'ends' ? part.to : 1
            const skew = key === 'ends' ? 0.7 : key === 'closings' ? 0.9 : 1
            from[key] = Math.floor((have[key] ?? 0) * part.from)
            to[key] = Math.max(have[key] ?? 0, share === 1 ? all[key]! : Math.floor(all[key]! * share * skew))
          }
          to.closings = Math.min(to.closings!, closable(history, to.spans!))
          store.append(history.frame({ now: 10, from, to }))
          Object.assign(have, to)
        }
        store.append(history.frame({ now: 10 }))
        expect(seen(store)).toEqual(seen(whole))
      }),
    )
  })

  test('no two tasks share a place at the same time', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const store = load(history)
        for (const row of store.subRows[0]!.rows) {
          for (let i = 1; i < row.tasks.length; i++) {
            expect(store.tasks.endOf(row.tasks[i - 1]!)).toBeLessThanOrEqual(store.tasks.startOf(row.tasks[i]!))
          }
          const starts = Array.from({ length: row.tree.length }, (_, i) => store.items.startOf(row.tree.items.get(i)))
          expect(starts).toEqual([...starts].sort((a, b) => a - b))
        }
        const placed = store.subRows[0]!.rows.flatMap((row) => row.tasks)
        expect(placed.sort((a, b) => a - b)).toEqual(Array.from({ length: store.taskCount }, (_, i) => i))
      }),
    )
  })

  test('a task has all that it encloses right below it, and nothing else there meanwhile', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const store = load(history)
        const [lane] = store.subRows
        const { tasks } = store
        const encloses = (a: number, b: number) => {
          const isThere = tasks.startOf(a) < tasks.startOf(b) || (tasks.startOf(a) === tasks.startOf(b) && a < b)
          return isThere && tasks.endOf(a) >= tasks.endOf(b)
        }
        const isInside = (task: number, outer: number): boolean => {
          const parent = store.parentOf(task)
          return parent !== null && encloses(parent, task) && (parent === outer || isInside(parent, outer))
        }
        const all = Array.from({ length: store.taskCount }, (_, i) => i)
        for (const outer of all) {
          const inside = all.filter((task) => isInside(task, outer))
          expect(lane!.lastInner(outer)).toBe(Math.max(lane!.find(outer), ...inside.map((task) => lane!.find(task))))
          for (const task of inside) expect(lane!.find(task)).toBeGreaterThan(lane!.find(outer))
          const others = all.filter((task) => {
            const overlaps = tasks.startOf(task) < tasks.endOf(outer) && tasks.endOf(task) > tasks.startOf(outer)
            return overlaps && task !== outer && !inside.includes(task)
          })
          for (const task of others) {
            const row = lane!.find(task)
            expect(row > lane!.find(outer) && row <= lane!.lastInner(outer)).toBe(false)
          }
        }
      }),
    )
  })
})

/** How many closings refer to the first `spans` spans only. */
function closable(history: History, spans: number): number {
  const first = history.rows.closings.findIndex((row) => row.span >= spans)
  return first < 0 ? history.rows.closings.length : first
}

test('a span that is heard of late takes its place in time', () => {
  const history = new History().lane('loop', 'loop').task('a', 'loop').task('b', 'loop')
  history.span('a', 'running', 2, 3).end('a', 'finished', 3).span('b', 'running', 1.2, 1.8).end('b', 'finished', 1.8)
  const store = load(history)
  expect(store.subRows[0]!.rows).toHaveLength(1)
  history.span('a', 'ready', 1, 2)
  store.append(history.frame({ now: 10 }))
  expect(store.task(0)).toMatchObject({ ready: 1, started: 2, waited: 1, ran: 1 })
  expect([...store.tasks.spansOf(0)]).toEqual([2, 0])
  // It begins before b now, and so has the first place.
  expect(store.subRows[0]!.rows.map((row) => row.tasks)).toEqual([[0], [1]])
  expect(seen(store)).toEqual(seen(load(history)))
})

test('what outlives the task that made it is no longer inside it', () => {
  const history = new History().lane('loop', 'loop').task('outer', 'loop').task('inner', 'loop', { parent: 'outer' })
  history.span('outer', 'suspended', 0, null).span('inner', 'suspended', 1, null)
  const store = load(history)
  const depths = () => store.subRows[0]!.rows.map(({ tasks, depth }) => [tasks, depth])
  expect(depths()).toEqual([
    [[0], 0],
    [[1], 1],
  ])
  expect(store.subRows[0]!.lastInner(0)).toBe(1)
  history.close('outer', 3).end('outer', 'finished', 3)
  store.append(history.frame({ now: 10 }))
  expect(depths()).toEqual([
    [[0], 0],
    [[1], 0],
  ])
  expect(store.subRows[0]!.lastInner(0)).toBe(0)
  expect(seen(store)).toEqual(seen(load(history)))
})
