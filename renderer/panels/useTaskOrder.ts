/** Which task stands in which row of the table. */
import { useRef } from 'preact/hooks'
import type { End } from '#protocol/vocabulary'
import { t } from '../locales'
import { type Sorting, taskOrder } from '../model/taskOrder'
import { type RunView, tableFind, tableSorting } from '../state'
import { isLive } from '../state/derived'

export interface TaskOrder {
  readonly count: number
  taskAt(row: number): number
  /** Null: it is not shown. */
  rowOf(task: number): number | null
}

interface Known {
  readonly run: RunView['store']
  readonly version: number
  readonly sorting: Sorting | null
  readonly find: string
  readonly words: Readonly<Record<End, string>>
  readonly order: Uint32Array
  /** When it was found, and how long that took, ms. */
  readonly at: number
  readonly took: number
}

/** Of a live run with a million tasks the order is found anew in a tenth of the time at most. */
const share = 10

/** `newestFirst`: where nothing else is asked for. */
export function useTaskOrder(run: RunView | undefined, newestFirst: boolean): TaskOrder {
  const known = useRef<Known | null>(null)
  const sorting = tableSorting.value
  const find = tableFind.value
  const count = run?.store.taskCount ?? 0
  if (!run || (!sorting && find.trim() === '')) {
    known.current = null
    const turned = (at: number) => (newestFirst ? count - 1 - at : at)
    return { count, taskAt: turned, rowOf: turned }
  }
  const words = t().timeline.ends
  const { store } = run
  const same = known.current
  const isSame =
    same?.run === store &&
    same.sorting === sorting &&
    same.find === find &&
    same.words === words &&
    (same.version === store.version || (isLive(run) && performance.now() - same.at < share * same.took))
  if (!isSame) {
    const at = performance.now()
    const order = taskOrder(store, { sorting, newestFirst, find, endWord: (end) => (end === null ? '' : words[end]) })
    known.current = { run: store, version: store.version, sorting, find, words, order, at, took: performance.now() - at }
  }
  const { order } = known.current!
  return {
    count: order.length,
    taskAt: (row) => order[row]!,
    rowOf: (task) => {
      const row = order.indexOf(task)
      return row < 0 ? null : row
    },
  }
}
