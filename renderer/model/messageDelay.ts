import type { Marker, RunStore } from './runStore'

/**
 * How long after its task's end a message or a join was, real seconds: that way does not become shorter when sleeps are played faster. Null for
 * other marks, and where the task goes on, as one that sends twice does.
 */
export function afterItsEnd(store: RunStore, { kind, task, seconds }: Marker): number | null {
  if (task === null || (kind !== 'message' && kind !== 'join')) return null
  const after = (seconds - store.tasks.endTime.get(task)) / store.speed
  return after >= 0 ? after : null
}
