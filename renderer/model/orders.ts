/** The tasks that sibling tasks or main made to be compared with one another: in which order they started, finished, and gave their results. */
import type { RunStore, TaskRow } from './runStore'

export interface Orders {
  readonly names: readonly string[]
  /** Ranks from 1, by task in the order of their making, which is that of their results; null: it has not come so far, or never will. */
  readonly start: readonly (number | null)[]
  readonly finish: readonly (number | null)[]
}

/** Of the largest group of tasks on a loop that run the same function; more than `most` are not compared. */
export function comparedTasks(store: RunStore, most = 40): readonly TaskRow[] {
  const groups = new Map<string, number[]>()
  for (let task = 0; task < store.taskCount; task++) {
    if (store.lanes[store.tasks.lane.get(task)]?.kind !== 'loop') continue
    const target = store.targetOf(task)
    const group = groups.get(target) ?? []
    if (group.length < most) group.push(task)
    groups.set(target, group)
  }
  const largest = [...groups.values()].reduce<number[]>((a, b) => (b.length > a.length ? b : a), [])
  return largest.map((task) => store.task(task))
}

export function ordersOf(tasks: readonly TaskRow[]): Orders {
  return {
    names: tasks.map(({ name }) => name),
    start: ranks(tasks.map(({ started }) => started)),
    finish: ranks(tasks.map(({ finished, end }) => (end === 'finished' || end === 'failed' ? finished : null))),
  }
}

function ranks(times: readonly (number | null)[]): (number | null)[] {
  const sorted = times.filter((time): time is number => time !== null).sort((a, b) => a - b)
  const used = new Map<number, number>()
  return times.map((time) => {
    if (time === null) return null
    // Equal times keep the order of their making.
    const again = used.get(time) ?? 0
    used.set(time, again + 1)
    return sorted.indexOf(time) + 1 + again
  })
}
