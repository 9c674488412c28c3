/** Between a worker whose tasks are commands and the thread that takes its items. */
import type { SourceLine } from '../threads/consumerThread'
import type { SourceSettings } from './source'

export interface CommandConsumerData {
  readonly line: SourceLine
  readonly settings: Pick<SourceSettings, 'url' | 'queue' | 'concurrency'>
}

export interface FromCommandConsumer {
  readonly id: number
  /** The task's number for its whole life. */
  readonly ord: number
  /** 1, and one more for each consumer that died with it. */
  readonly attempt: number
  readonly payload: Uint8Array
}

export interface ToCommandConsumer {
  readonly id: number
  /** Null: finished. Else it goes to the dead letters with this. */
  readonly reason: string | null
}
