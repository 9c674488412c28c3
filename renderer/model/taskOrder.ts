/** Which tasks the table shows, and in which order. */
import { type End, ends } from '#protocol/vocabulary'
import { sortedBy } from './radixSort'
import type { RunStore } from './runStore'
import { goesOn, type TaskNumber } from './taskTable'

export type SortColumn = 'task' | 'end' | TaskNumber

export interface Sorting {
  readonly column: SortColumn
  readonly descending: boolean
}

export interface TaskQuery {
  /** Null: as they were made. */
  readonly sorting: Sorting | null
  /** As they were made, but the newest first; so stand equals, too. */
  readonly newestFirst: boolean
  /** A part of the name, the function, the end or the error; '': all. */
  readonly find: string
  /** How an end is written; null: of a task that goes on. */
  readonly endWord: (end: End | null) => string
}

/** What one looks for stands first. */
const urgency: readonly (End | null)[] = ['failed', 'killed', 'cancelled', 'pending', null, 'finished']
const names = new Intl.Collator(undefined, { numeric: true })

/** Indices of tasks. */
export function taskOrder(store: RunStore, { sorting, newestFirst, find, endWord }: TaskQuery): Uint32Array {
  const rows = found(store, find.trim().toLocaleLowerCase(), endWord)
  if (newestFirst) rows.reverse()
  if (!sorting) return rows
  const keyOf = keysBy(store, sorting.column)
  return sortedBy(rows, Float64Array.from(rows, keyOf), sorting.descending)
}

/** Of each code in the table of tasks; null: the task goes on. */
const byEndCode = <T>(of: (end: End | null) => T): ReadonlyMap<number, T> =>
  new Map([...ends.keys(), goesOn].map((code) => [code, of(ends[code] ?? null)]))

function found(store: RunStore, text: string, endWord: TaskQuery['endWord']): Uint32Array {
  const { tasks, strings, taskCount } = store
  if (text === '') return Uint32Array.from({ length: taskCount }, (_, task) => task)
  const has = (words: string) => words.toLocaleLowerCase().includes(text)
  // A million tasks have few different words.
  const known = new Map<number, boolean>()
  const hasString = (id: number) => {
    const before = known.get(id)
    if (before !== undefined) return before
    const now = has(strings[id] ?? '')
    known.set(id, now)
    return now
  }
  const hasEnd = byEndCode((end) => has(endWord(end)))
  const rows = new Uint32Array(taskCount)
  let count = 0
  for (let task = 0; task < taskCount; task++) {
    const fits =
      hasString(tasks.name.get(task)) ||
      hasEnd.get(tasks.end.get(task)) === true ||
      hasString(tasks.error.get(task)) ||
      hasString(tasks.target.get(task))
    if (fits) rows[count++] = task
  }
  return rows.slice(0, count)
}

function keysBy({ tasks, strings, now }: RunStore, column: SortColumn): (task: number) => number {
  if (column === 'end') {
    const place = byEndCode((end) => urgency.indexOf(end))
    return (task) => place.get(tasks.end.get(task))!
  }
  if (column === 'task') {
    const used = new Set<number>()
    for (let task = 0; task < tasks.length; task++) used.add(tasks.name.get(task))
    const inOrder = [...used].sort((a, b) => names.compare(strings[a] ?? '', strings[b] ?? ''))
    const place = new Map(inOrder.map((name, at) => [name, at]))
    return (task) => place.get(tasks.name.get(task))!
  }
  return (task) => tasks.number(column, task, now)
}
