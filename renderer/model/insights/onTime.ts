import type { Rule } from './insight'

/** Nothing to explain: it began as soon as it was ready. */
export const onTime: Rule = ({ store, task }) => {
  if (task.started === null) return null
  const { started, lane } = task
  let first = true
  for (let other = 0; other < store.taskCount && first; other++) {
    first = other === task.index || store.tasks.lane.get(other) !== lane || !(store.tasks.startOf(other) < started)
  }
  return { kind: 'onTime', values: { started, finished: task.finished, first }, culprit: null }
}
