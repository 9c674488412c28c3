import type { RunStore } from '../runStore'
import { type Bar, nameOrNothing, type Rule, taskNamed } from './insight'
import { waitOf } from './waits'

/** A message that arrived so long after the waiting ended was not what ended it; the wake-up of its thread lies in between. */
const closeBy = 0.05

/** It waited for an item of a queue. The one to blame is who put it: the message at the end of the waiting names it. */
export const waitedForItem: Rule = (question) => {
  const { store, speed, task } = question
  const wait = waitOf(question)
  if (!wait || !/^queue\b|\bqueue$/.test(wait.label)) return null
  const culprit = wait.end === null ? null : senderOf(store, task.lane, { ...wait, end: wait.end }, closeBy * speed)
  const values = { other: nameOrNothing(store, culprit), queue: wait.label, start: wait.start, end: wait.end }
  return { kind: 'waitedForItem', values, culprit }
}

function senderOf(store: RunStore, lane: number, wait: Bar & { readonly end: number }, atMost: number): number | null {
  const message = store.markers.find(
    (marker) =>
      marker.kind === 'message' && marker.lane === lane && marker.seconds >= wait.end && marker.seconds - wait.end <= atMost,
  )
  return message ? taskNamed(store, message.text, message.seconds) : null
}
