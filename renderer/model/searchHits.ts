/** What was found of a run, as the chart needs it: where it stands in each row, and the way from one to the next by time. */
import { firstWhere } from './columns'
import { sortedBy } from './radixSort'
import type { RunStore } from './runStore'
import { stateOfLook } from './spanTree'
import { inBlocks, type Steps } from './steps'
import type { SubRow } from './subRows'
import { namedStates, type TaskQuery, taskOrderSteps } from './taskOrder'

export interface RunHits {
  readonly store: RunStore
  /** Tasks by their first moment. */
  readonly tasks: Uint32Array
  /** When that was as they were put in order, for in a live run it may become another; Infinity: nothing is known of it. */
  readonly begins: Float64Array
  has(task: number): boolean
  /** Of one row; null: nothing of it was found. */
  of(row: SubRow): RowHits | null
}

/** By time; none overlaps the next. Programme seconds of the run; what goes on ends at Infinity. */
export interface RowHits {
  readonly starts: Float64Array
  readonly ends: Float64Array
}

/** What the query finds; where it names a state, the times in that state, else tasks from beginning to end. */
export function* searchHits(store: RunStore, query: Omit<TaskQuery, 'sorting' | 'newestFirst'>): Steps<RunHits> {
  const found = yield* taskOrderSteps(store, { ...query, sorting: null, newestFirst: false })
  const bits = new Uint32Array(Math.ceil(store.taskCount / 32))
  const has = (task: number) => ((bits[task >>> 5] ?? 0) & (1 << (task & 31))) !== 0
  const starts = new Float64Array(found.length)
  const places = new Uint32Array(found.length)
  yield* inBlocks(found.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const task = found[i]!
      bits[task >>> 5]! |= 1 << (task & 31)
      starts[i] = firstMoment(store, task)
      places[i] = i
    }
  })
  const order = yield* sortedBy(places, starts, false)
  const tasks = new Uint32Array(found.length)
  const begins = new Float64Array(found.length)
  yield* inBlocks(found.length, (from, to) => {
    for (let i = from; i < to; i++) {
      tasks[i] = found[order[i]!]!
      begins[i] = starts[order[i]!]!
    }
  })
  const named = namedStates(query)
  const isNamed = named.includes(1)
  const rows = new Map<SubRow, RowHits>()
  for (const { rows: all } of store.subRows) {
    for (const row of all) {
      const hits = isNamed ? yield* statesIn(store, row, has, named) : yield* tasksIn(store, row, has)
      if (hits.starts.length > 0) rows.set(row, hits)
    }
  }
  return { store, tasks, begins, has, of: (row) => rows.get(row) ?? null }
}

/** Of a task that was only announced none is known: it stands behind all others. */
function firstMoment({ tasks }: RunStore, task: number): number {
  const start = tasks.startOf(task)
  return Number.isNaN(start) ? Infinity : start
}

function* tasksIn({ tasks }: RunStore, { tasks: own }: SubRow, has: (task: number) => boolean): Steps<RowHits> {
  const hits: number[] = []
  yield* inBlocks(own.length, (from, to) => {
    for (let i = from; i < to; i++) if (has(own[i]!)) hits.push(own[i]!)
  })
  return {
    starts: Float64Array.from(hits, (task) => tasks.startOf(task)),
    ends: Float64Array.from(hits, (task) => tasks.endOf(task)),
  }
}

function* statesIn({ spans }: RunStore, { tree }: SubRow, has: (task: number) => boolean, named: Uint8Array): Steps<RowHits> {
  const hits: number[] = []
  const { items, of } = tree
  yield* inBlocks(tree.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const item = items.get(i)
      if (named[stateOfLook(of.lookOf(item))] === 1 && has(spans.task.get(item))) hits.push(item)
    }
  })
  return { starts: Float64Array.from(hits, (item) => of.startOf(item)), ends: Float64Array.from(hits, (item) => of.endOf(item)) }
}

/** One after another over several runs, by time on their axis, then by run, then as each run has them. */
export interface HitsOfRun {
  readonly run: number
  /** Programme seconds by which the run stands right of the axis. */
  readonly offset: number
  readonly hits: RunHits
}

export const countOfHits = (all: readonly HitsOfRun[]) => all.reduce((count, { hits }) => count + hits.tasks.length, 0)

/** Number of the task among all that was found, from 1; null: it was not. */
export function placeOfHit(all: readonly HitsOfRun[], of: { readonly run: number; readonly task: number }): number | null {
  const index = all.findIndex(({ run }) => run === of.run)
  const own = all[index]
  if (!own?.hits.has(of.task)) return null
  const at = own.hits.tasks.indexOf(of.task)
  const time = own.hits.begins[at]! + own.offset
  return all.reduce((place, one, i) => place + (i === index ? at : before(one, time, i < index)), 1)
}

/** The next one, or the one before; behind the last comes the first. `from`: a task, else a time on the axis. Null: nothing was found. */
export function nextHit(
  all: readonly HitsOfRun[],
  from: { readonly task: { readonly run: number; readonly task: number } | null; readonly seconds: number },
  direction: 1 | -1,
): { readonly run: number; readonly task: number } | null {
  const count = countOfHits(all)
  if (count === 0) return null
  const place = from.task && placeOfHit(all, from.task)
  // Of a task that was not found, its time counts.
  const own = from.task && all.find(({ run }) => run === from.task!.run)
  const start = own && from.task ? firstMoment(own.hits.store, from.task.task) + own.offset : from.seconds
  const first = place === null ? all.reduce((sum, one) => sum + before(one, start, false), 0) : place - 1
  const next = place === null && direction > 0 ? first : first + direction
  return hitAt(all, (next + count) % count)
}

/** The one that so many come before. */
function hitAt(all: readonly HitsOfRun[], place: number): { readonly run: number; readonly task: number } {
  for (const [index, one] of all.entries()) {
    const { tasks, begins } = one.hits
    const found = firstWhere(0, tasks.length, (i) => {
      const time = begins[i]! + one.offset
      return all.reduce((sum, other, k) => sum + (k === index ? i : before(other, time, k < index)), 0) >= place
    })
    if (found < tasks.length && placeOfHit(all, { run: one.run, task: tasks[found]! }) === place + 1) {
      return { run: one.run, task: tasks[found]! }
    }
  }
  throw new RangeError(`there is no hit ${place}`)
}

/** How many of a run come before a time on the axis; `withEqual`: those at it, too. */
function before({ hits: { begins }, offset }: HitsOfRun, time: number, withEqual: boolean): number {
  return firstWhere(0, begins.length, (i) => {
    const start = begins[i]! + offset
    return withEqual ? start > time : !(start < time)
  })
}
