import { nameOrNothing, type Rule } from './insight'
import { barOf } from './waits'

/** It had not ended when its loop stopped, or its programme did. The one to blame is who stopped the loop. */
export const leftPending: Rule = ({ store, task }) => {
  if (task.end !== 'pending') return null
  const last = store.tasks.lastSpan.get(task.index)
  const bar = last < store.spans.length ? barOf(store, last) : null
  const stop = store.markers.filter((marker) => marker.kind === 'loopStop' && marker.lane === task.lane).at(-1)
  const culprit = stop?.task ?? null
  const values = {
    other: nameOrNothing(store, culprit),
    state: bar?.state ?? ('created' as const),
    stopped: stop?.seconds ?? null,
  }
  return { kind: 'leftPending', values, culprit }
}
