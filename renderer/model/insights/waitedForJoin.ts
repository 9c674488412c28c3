import { type Rule, taskNamed } from './insight'
import { waitOf } from './waits'

/** Its thread waited in `join` until another one had ended. */
export const waitedForJoin: Rule = (question) => {
  const { store, task } = question
  const wait = waitOf(question)
  if (wait?.state !== 'waiting') return null
  const other = taskNamed(store, wait.label, wait.end ?? store.now)
  if (other === null || other === task.index) return null
  return { kind: 'waitedForJoin', values: { other: wait.label, start: wait.start, end: wait.end }, culprit: other }
}
