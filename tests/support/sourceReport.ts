import type { SourceReport } from '../../electron/protocol/messages'

/** Of a consumer that waits for its first item. */
export const sourceReport = (more: Partial<SourceReport> = {}): SourceReport => ({
  phase: 'consuming',
  address: '127.0.0.1:6379',
  queue: 'queue',
  waiting: 0,
  inFlight: 0,
  finished: 0,
  failed: 0,
  recovered: 0,
  deadLetters: 0,
  reason: null,
  refusal: null,
  warning: null,
  attempt: 0,
  nextAttemptInSeconds: null,
  ...more,
})
