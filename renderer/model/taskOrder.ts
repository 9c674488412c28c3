/** Which tasks the table shows, and in which order. */
import { type End, ends, type State, states } from '#protocol/vocabulary'
import { placesOf } from './nameOrder'
import { sortedBy } from './radixSort'
import type { RunStore } from './runStore'
import { finish, inBlocks, type Steps } from './steps'
import { goesOn, type TaskNumber } from './taskTable'

export type SortColumn = 'task' | 'end' | TaskNumber

export interface Sorting {
  readonly column: SortColumn
  readonly descending: boolean
}

/** What became of a task; `goesOn`: it has not ended. */
export type Outcome = End | 'goesOn'

export interface TaskQuery {
  /** Null: as they were made. */
  readonly sorting: Sorting | null
  /** As they were made, but the newest first; so stand equals, too. */
  readonly newestFirst: boolean
  /** A part of the name, the function, the end or the error; '': all. */
  readonly find: string
  /** Only those to which that came; null: all. */
  readonly outcome: Outcome | null
  /** Only those of the lanes called so; null: all. */
  readonly lane: string | null
  /** How a state is written: a text that names one finds the tasks that ever were in it. */
  readonly stateWord: (state: State) => string
  /** How an end is written; null: of a task that goes on. */
  readonly endWord: (end: End | null) => string
}

/** What one looks for stands first. */
const urgency: readonly (End | null)[] = ['failed', 'killed', 'cancelled', 'pending', null, 'finished']

/** Indices of tasks. */
export const taskOrder = (store: RunStore, query: TaskQuery): Uint32Array => finish(taskOrderSteps(store, query))

/** The same in steps. What the run does meanwhile is left for the next time. */
export function* taskOrderSteps(store: RunStore, query: TaskQuery): Steps<Uint32Array> {
  const { sorting, newestFirst } = query
  const rows = yield* found(store, query)
  if (newestFirst) rows.reverse()
  if (!sorting) return rows
  const keys = yield* keysBy(store, sorting.column, rows)
  return yield* sortedBy(rows, keys, sorting.descending)
}

/** Of each code in the table of tasks; null: the task goes on. */
const byEndCode = (of: (end: End | null) => number): Uint8Array => {
  const values = new Uint8Array(goesOn + 1)
  for (const code of [...ends.keys(), goesOn]) values[code] = of(ends[code] ?? null)
  return values
}

/** Of each state, whether the text names it: with all of its word, or with so much of it that it means nothing else by chance. */
export function namedStates({ find, stateWord }: Pick<TaskQuery, 'find' | 'stateWord'>): Uint8Array {
  const text = find.trim().toLocaleLowerCase()
  return Uint8Array.from(states, (state) => {
    const word = stateWord(state).toLocaleLowerCase()
    return Number(text === word || (word.startsWith(text) && text.length >= (/^[a-z]/.test(word) ? 4 : 2)))
  })
}

function* found({ tasks, spans, strings, lanes, taskCount }: RunStore, query: TaskQuery): Steps<Uint32Array> {
  const text = query.find.trim().toLocaleLowerCase()
  const has = (words: string) => words.toLocaleLowerCase().includes(text)
  // A million tasks have few different words. 0: not looked at yet, 1: does not have it, 2: has it.
  const known = new Uint8Array(strings.length)
  const hasString = (id: number) => {
    if (known[id] === 0) known[id] = has(strings[id]!) ? 2 : 1
    return known[id] === 2
  }
  const hasEnd = byEndCode((end) => Number(has(query.endWord(end))))
  const isOutcome = byEndCode((end) => Number(query.outcome === null || query.outcome === (end ?? 'goesOn')))
  const isLane = Uint8Array.from(lanes, ({ name }) => Number(query.lane === null || query.lane === name))
  const named = namedStates(query)
  const isNamed = named.includes(1)
  const wasNamed = (task: number) => {
    if (!isNamed) return false
    for (const span of tasks.spansOf(task)) if (named[spans.state.get(span)] === 1) return true
    return false
  }
  const rows = new Uint32Array(taskCount)
  let count = 0
  yield* inBlocks(taskCount, (from, to) => {
    for (let task = from; task < to; task++) {
      const end = tasks.end.get(task)
      const fits =
        isOutcome[end] === 1 &&
        isLane[tasks.lane.get(task)] === 1 &&
        (text === '' ||
          hasEnd[end] === 1 ||
          hasString(tasks.name.get(task)) ||
          hasString(tasks.error.get(task)) ||
          hasString(tasks.target.get(task)) ||
          wasNamed(task))
      if (fits) rows[count++] = task
    }
  })
  return count === taskCount ? rows : rows.slice(0, count)
}

/** Of each row its key: what is smaller stands first; NaN: it has none. */
function* keysBy({ tasks, strings, now }: RunStore, column: SortColumn, rows: Uint32Array): Steps<Float64Array> {
  const keys = new Float64Array(rows.length)
  const fill = (keyOf: (task: number) => number) =>
    inBlocks(rows.length, (from, to) => {
      for (let i = from; i < to; i++) keys[i] = keyOf(rows[i]!)
    })
  if (column === 'end') {
    const place = byEndCode((end) => urgency.indexOf(end))
    yield* fill((task) => place[tasks.end.get(task)]!)
  } else if (column === 'task') {
    // Of each string first whether it is a name, then its place among those.
    const placeOf = new Float64Array(strings.length)
    const used = new Uint32Array(strings.length)
    let count = 0
    yield* inBlocks(rows.length, (from, to) => {
      for (let i = from; i < to; i++) {
        const name = tasks.name.get(rows[i]!)
        if (placeOf[name] === 1) continue
        placeOf[name] = 1
        used[count++] = name
      }
    })
    const places = yield* placesOf(strings, used.subarray(0, count))
    yield* inBlocks(count, (from, to) => {
      for (let i = from; i < to; i++) placeOf[used[i]!] = places[i]!
    })
    yield* fill((task) => placeOf[tasks.name.get(task)]!)
  } else yield* fill((task) => tasks.number(column, task, now))
  return keys
}
