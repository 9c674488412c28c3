/** Between the engine and the consumer's worker of a run. */
import type { SourceStatus } from '#protocol/messages'

export type ToConsumer =
  | { readonly type: 'push'; readonly id: number; readonly payloads: readonly string[] }
  | { readonly type: 'answer'; readonly choice: 'watch' | 'consume' }
  | { readonly type: 'source'; readonly action: 'retry' | 'memory' }
  | { readonly type: 'stop' }

export type FromConsumer =
  | { readonly type: 'status'; readonly status: SourceStatus }
  /** `problem`: one sentence; null: the queue has the payloads. */
  | { readonly type: 'pushed'; readonly id: number; readonly problem: string | null }
  | { readonly type: 'stopped' }
