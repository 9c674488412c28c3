import { type Bar, type Rule, taskNamed, worthSaying } from './insight'
import { barOf } from './waits'

/** Between the end of a join and the next start lie a few lines of the maker's code, no more. */
const closeBy = 0.1

/** A thread that was not started before its maker had joined another. */
export const startedAfterJoin: Rule = ({ store, speed, task, bar }) => {
  const parent = store.parentOf(task.index)
  const made = task.created ?? task.ready
  if (parent === null || made === null || (bar !== null && bar.state !== 'created' && bar.state !== 'ready')) return null
  let wait: (Bar & { readonly end: number }) | null = null
  for (const span of store.tasks.spansOf(parent)) {
    const one = barOf(store, span)
    if (one.state === 'waiting' && one.end !== null && one.end <= made && one.end - one.start > worthSaying)
      wait = { ...one, end: one.end }
  }
  if (!wait || made - wait.end > closeBy * speed) return null
  const other = taskNamed(store, wait.label, wait.end)
  if (other === null) return null
  const values = { other: wait.label, maker: store.nameOf(parent), started: task.ready ?? made, until: wait.end }
  return { kind: 'startedAfterJoin', values, culprit: other }
}
