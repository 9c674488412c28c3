/** Tasks that never came to an end of their own: a run that is over without them is no sooner done. */
import { endCode } from '#protocol/vocabulary'
import type { RunStore } from './runStore'

const cutShort: readonly number[] = [endCode.pending, endCode.killed]

/** Names of the tasks that were left pending or killed; what a server or a worker elsewhere was still about is no work of the programme. */
export function unendedTasks(store: RunStore): readonly string[] {
  const names: string[] = []
  if (!cutShort.some((end) => (store.seen.ends & (1 << end)) !== 0)) return names
  for (let task = 0; task < store.taskCount; task++) {
    const kind = store.lanes[store.tasks.lane.get(task)]?.kind
    const isOthers = kind === 'server' || kind === 'worker'
    if (cutShort.includes(store.tasks.end.get(task)) && !isOthers) names.push(store.nameOf(task))
  }
  return names
}
