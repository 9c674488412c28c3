/** Which task stands in which row of the table. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../locales'
import type { TaskQuery } from '../model/taskOrder'
import { type RunView, tableFind, tableLane, tableOutcome, tableSorting } from '../state'
import { isLive } from '../state/derived'
import { TaskOrders } from './taskOrders'

export interface TaskOrder {
  readonly count: number
  taskAt(row: number): number
  /** Null: it is not shown. */
  rowOf(task: number): number | null
  /** What the rows are an answer to; null: all tasks as they were made. */
  readonly query: TaskQuery | null
  /** Another order was asked for and is not there yet. */
  readonly isLate: boolean
  /** And has not been for a while. */
  readonly isSlow: boolean
}

/** `newestFirst`: where nothing else is asked for. */
export function useTaskOrder(run: RunView | undefined, newestFirst: boolean): TaskOrder {
  const [, redraw] = useState(0)
  const kept = useRef<TaskOrders | null>(null)
  kept.current ??= new TaskOrders(() => redraw((count) => count + 1))
  const orders = kept.current
  useEffect(() => () => orders.forget(), [])
  const [sorting, find, outcome] = [tableSorting.value, tableFind.value, tableOutcome.value]
  const lane = run ? laneIn(run) : null
  const isAsked = sorting !== null || find.trim() !== '' || outcome !== null || lane !== null
  if (!run || !isAsked) orders.forget()
  const known =
    run && isAsked
      ? orders.ask({ store: run.store, live: isLive(run), sorting, newestFirst, find, outcome, lane, ...findWords() })
      : null
  const { isLate, isSlow } = orders
  if (!known) {
    const count = run?.store.taskCount ?? 0
    const turned = (at: number) => (newestFirst ? count - 1 - at : at)
    return { count, taskAt: turned, rowOf: turned, query: null, isLate, isSlow }
  }
  const { order, asked } = known
  return {
    count: order.length,
    taskAt: (row) => order[row]!,
    rowOf: (task) => {
      const row = order.indexOf(task)
      return row < 0 ? null : row
    },
    query: asked,
    isLate,
    isSlow,
  }
}

/** The chosen lane, where the run has it. */
export function laneIn({ store }: RunView): string | null {
  const { value } = tableLane
  return value !== null && store.lanes.some(({ name }) => name === value) ? value : null
}

export type FindWords = Pick<TaskQuery, 'endWord' | 'stateWord'>
const known = new WeakMap<object, FindWords>()
/** The same functions as long as the language is the same: a query is the same if its parts are. */
export function findWords(): FindWords {
  const { ends, states } = t().timeline
  const words = known.get(ends) ?? {
    endWord: (end) => (end === null ? '' : ends[end]),
    stateWord: (state) => states[state],
  }
  known.set(ends, words)
  return words
}
