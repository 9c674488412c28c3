/** Between the engine and a programme's worker. They never leave these folders. */
import type { MessagePort } from 'node:worker_threads'
import type { Parameters } from '#protocol/parameters'
import type { SourceLine } from './consumerThread'

/** What a programme's worker is made with. */
export interface ProgrammeData {
  readonly control: SharedArrayBuffer
  readonly ring: SharedArrayBuffer
  /** For the threads to park at once. */
  readonly rings: readonly SharedArrayBuffer[]
  /** Of the rings of its other threads. */
  readonly ringSlots: number
  readonly epoch: bigint
  readonly workersDir: string
  /** Threads to park at once, before anybody knows which scenario will come. */
  readonly warm: number
}

export type ToProgramme =
  | {
      readonly type: 'prepare'
      readonly scenario: string
      readonly parameters: Parameters
      readonly speed: number
      readonly threads: number
      /** For the threads that are still to be parked. */
      readonly rings: readonly SharedArrayBuffer[]
      /** HTTP connections to open; 0: the programme has no server. */
      readonly connections: number
      /** The line to the programme's processes, and how many to start before it begins. */
      readonly processes: { readonly port: MessagePort; readonly count: number } | null
      /** The engine's line to the queue's consumer, where the scenario has one. */
      readonly source: SourceLine | null
    }
  | { readonly type: 'stop' }
  /** The answer to `ended`. */
  | { readonly type: 'exit' }

export type FromProgramme =
  /** Another thread exists; its marks are in this ring. `life` closes when the thread is gone, whatever ended it. */
  | { readonly type: 'thread'; readonly slot: number; readonly ring: SharedArrayBuffer; readonly life: MessagePort }
  | {
      readonly type: 'warm'
      readonly threads: number
      readonly markCostSeconds: number
      readonly clockErrorSeconds: number | null
    }
  /** It ends its threads by itself. */
  | { readonly type: 'ending' }
  /** They have ended. */
  | { readonly type: 'ended' }
  /** All threads are parked; the next thing the worker does is wait for the gate. */
  | { readonly type: 'prepared' }
