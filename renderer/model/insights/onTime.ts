import { delayed } from './holder'
import type { Rule } from './insight'

/** Nobody to blame, and not killed, which is worth more words: it began as soon as it was ready, or as soon as the machine let it. */
export const onTime: Rule = ({ store, speed, task }) => {
  if (task.started === null || task.end === 'killed') return null
  if (task.ready !== null && delayed(task, speed))
    return { kind: 'unexplained', values: { ready: task.ready, started: task.started }, culprit: null }
  const { started, lane } = task
  let first = true
  for (let other = 0; other < store.taskCount && first; other++) {
    first = other === task.index || store.tasks.lane.get(other) !== lane || !(store.tasks.startOf(other) < started)
  }
  return { kind: 'onTime', values: { started, finished: task.finished, first }, culprit: null }
}
