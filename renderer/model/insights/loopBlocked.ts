import { delayed, holderOf, tasksOf } from './holder'
import type { Rule } from './insight'

/** It was ready, and another task held the loop. */
export const loopBlocked: Rule = ({ store, speed, task, bar }) => {
  if (bar !== null && bar.state !== 'ready') return null
  const late = task.started === null ? task.ready !== null && task.end === null : delayed(task, speed)
  const holder = late ? holderOf(store, task, tasksOf(store)) : null
  if (!holder) return null
  const { seconds, others } = holder
  const values = { other: holder.task.name, ready: task.ready ?? 0, started: task.started, seconds, others }
  return { kind: 'loopBlocked', values, culprit: holder.task.index }
}
