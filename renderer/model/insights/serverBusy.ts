import { type Rule, worthSaying } from './insight'

/** A request that was at the server and was not answered yet, because the server was busy with another one. */
export const serverBusy: Rule = ({ store, task, bar }) => {
  if (store.lanes[task.lane]?.kind !== 'server' || task.ready === null || (bar !== null && bar.state !== 'ready')) return null
  const until = task.started ?? store.now
  if (until - task.ready <= worthSaying) return null
  let culprit: number | null = null
  // Answered one at a time, the one before it ended just when this one began.
  for (let other = 0; other < store.taskCount; other++) {
    if (other === task.index || store.lanes[store.tasks.lane.get(other)]?.kind !== 'server') continue
    const began = store.tasks.startOf(other)
    const ended = store.tasks.endOf(other)
    if (
      began < until &&
      ended > task.ready &&
      (culprit === null || ended > store.tasks.endOf(culprit)) &&
      ended <= until + worthSaying
    )
      culprit = other
  }
  if (culprit === null) return null
  const values = { other: store.nameOf(culprit), start: task.ready, seconds: until - task.ready }
  return { kind: 'serverBusy', values, culprit }
}
