import { none } from '#protocol/frame'
import { stateCode } from '#protocol/vocabulary'
import type { Marker, RunStore } from './runStore'

/**
 * How long after its task's end a message or a join was, real seconds: that way does not become shorter when sleeps are played faster. Negative
 * where a message was there before the task had quite returned from the step that sent it. Null for other marks, while the task goes on, and for
 * what it sent in earlier steps.
 */
export function afterItsEnd({ tasks, spans, speed }: RunStore, { kind, task, seconds }: Marker): number | null {
  if (task === null || (kind !== 'message' && kind !== 'join')) return null
  const end = tasks.endTime.get(task)
  const last = tasks.lastSpan.get(task)
  const lastStep = last === none || spans.state.get(last) !== stateCode.running ? end : spans.start.get(last)
  return seconds >= lastStep && !Number.isNaN(end) ? (seconds - end) / speed : null
}
