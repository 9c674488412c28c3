/** Why a task began late: who held its thread meanwhile. */
import { loopBlocked } from '../loopBlocked'
import type { RunStore, TaskRow } from '../runStore'
import { worthSaying } from './insight'

/** A sentence is about what one can see; of a run with more tasks it looks at the newest ones. */
const looksAt = 500

export function tasksOf(store: RunStore): readonly TaskRow[] {
  const first = Math.max(0, store.taskCount - looksAt)
  return Array.from({ length: store.taskCount - first }, (_, index) => store.task(first + index))
}

/** At a speed factor a hop between threads looks longer by that factor; under 20 ms of real time it is no delay worth a word. */
const realHop = 0.02

export const delayed = (task: TaskRow, speed: number) =>
  task.waited !== null && task.waited > Math.max(worthSaying, realHop * speed)

export interface Holder {
  readonly task: TaskRow
  /** Programme seconds of the wait in which it held the thread. */
  readonly seconds: number
  /** How many more held it in that time, one after another. */
  readonly others: number
}

/** The task that held the loop longest while `late` was ready: it ran or slept on the same lane, without ever being suspended. */
export function holderOf(store: RunStore, late: TaskRow, tasks: readonly TaskRow[]): Holder | null {
  if (late.ready === null || store.lanes[late.lane]?.kind !== 'loop') return null
  const until = late.started ?? store.now
  let best: Omit<Holder, 'others'> | null = null
  let holders = 0
  for (const task of tasks) {
    if (task.index === late.index || task.lane !== late.lane || task.started === null) continue
    const [from, to] = [Math.max(task.started, late.ready), Math.min(task.finished ?? store.now, until)]
    const seconds = Math.min(to - from, task.ran)
    const heldThroughout = task.ran >= ((task.finished ?? store.now) - task.started) * 0.9
    if (!heldThroughout || !(seconds > worthSaying)) continue
    holders++
    if (seconds > (best?.seconds ?? 0)) best = { task, seconds }
  }
  return best && { ...best, others: holders - 1 }
}

/** Of many tasks that each held the loop a little, none is the reason. */
const shareOfReason = 0.5

/** The task that held the loop longest, where it explains at least half of the waiting, and how many tasks it kept waiting. */
export function worstHolder(
  store: RunStore,
  speed: number,
  tasks: readonly TaskRow[],
): (Holder & { readonly held: number }) | null {
  const explained: Holder[] = []
  for (const late of tasks) {
    const holder = delayed(late, speed) ? holderOf(store, late, tasks) : null
    if (holder && holder.seconds >= (late.waited ?? 0) * shareOfReason) explained.push(holder)
  }
  const worst = explained.reduce<Holder | null>((a, b) => (a && a.seconds >= b.seconds ? a : b), null)
  if (!worst) return null
  // All who were ready meanwhile, not only those who waited longest for this one: the same figure as under its own bar.
  const ready = loopBlocked(store).flatMap((one) => (one.task === worst.task.index ? [one.waiting] : []))
  return { ...worst, held: Math.max(...ready, keptWaiting(worst.task, tasks, store.now)) }
}

/** How many tasks of its lane were ready while it had begun and not ended; it may be too short for an alert. */
const keptWaiting = ({ index, lane, started, finished }: TaskRow, tasks: readonly TaskRow[], now: number) =>
  tasks.filter(
    (one) =>
      one.index !== index &&
      one.lane === lane &&
      one.ready !== null &&
      one.ready < (finished ?? now) &&
      (one.started ?? now) > (started ?? now),
  ).length
