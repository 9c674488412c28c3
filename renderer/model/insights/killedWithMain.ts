import type { Rule } from './insight'

/** A daemon thread that its programme took along. */
export const killedWithMain: Rule = ({ store, task }) => {
  if (task.end !== 'killed' || task.finished === null || store.lanes[task.lane]?.kind !== 'daemon') return null
  const mainEnd = store.markers.find((marker) => marker.kind === 'mainEnd')
  if (!mainEnd) return null
  return { kind: 'killedWithMain', values: { at: task.finished, mainEnd: mainEnd.seconds }, culprit: mainEnd.task }
}
