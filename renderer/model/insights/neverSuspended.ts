import { loopBlocked } from '../loopBlocked'
import type { Rule } from './insight'

/** It held its loop from its first line to its last: whatever it awaited never suspended. */
export const neverSuspended: Rule = ({ store, task, bar }) => {
  if (store.lanes[task.lane]?.kind !== 'loop' || task.suspended > 0 || task.started === null) return null
  if (bar !== null && (bar.state === 'ready' || bar.state === 'created')) return null
  const held = loopBlocked(store).filter((one) => one.task === task.index)
  if (held.length === 0) return null
  const seconds = held.reduce((sum, one) => sum + one.end - one.start, 0)
  const values = { start: held[0]!.start, seconds, ready: Math.max(...held.map((one) => one.waiting)) }
  return { kind: 'neverSuspended', values, culprit: null }
}
