/** Between the engine and the consumer's worker of a run. */
import type { LocalText } from '#protocol/catalogue'
import type { DeadLetterAnswer, DeadLetterRequest } from '#protocol/deadLetters'
import type { SourceReport } from '#protocol/messages'

export type ToConsumer =
  | { readonly type: 'push'; readonly id: number; readonly payloads: readonly string[] }
  | { readonly type: 'answer'; readonly choice: 'watch' | 'consume' }
  | { readonly type: 'source'; readonly action: 'retry' | 'memory' }
  /** From now on the queue is on another server. */
  | { readonly type: 'move'; readonly url: string }
  /** At most so many items at a time from now on; 0: nothing more is taken. */
  | { readonly type: 'limit'; readonly concurrency: number }
  | { readonly type: 'dead'; readonly id: number; readonly request: DeadLetterRequest }
  | { readonly type: 'stop' }

export type FromConsumer =
  | { readonly type: 'status'; readonly status: SourceReport }
  /** `problem`: one sentence; null: the queue has the payloads. */
  | { readonly type: 'pushed'; readonly id: number; readonly problem: LocalText | null }
  /** So many marks of that lane never came, between two moments on the threads' clock. */
  | { readonly type: 'missing'; readonly lane: number; readonly from: number; readonly until: number; readonly count: number }
  | { readonly type: 'dead'; readonly id: number; readonly answer: DeadLetterAnswer }
  | { readonly type: 'stopped' }
