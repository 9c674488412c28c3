import type { RunId, RunInfo, RunPhase } from '#protocol/messages'
import type { History } from './history'
import type { SourceLine } from './sourceLine'

/** What pages, files and documents need of a run, whatever made it. */
export interface KeptRun {
  readonly id: RunId
  /** Runs that were started together share it. */
  readonly group: number | null
  readonly history: History
  readonly source: SourceLine | null
  readonly phase: RunPhase
  readonly isOver: boolean
  /** The threads' clock at main's first line; null before. */
  readonly zero: number | null
  readonly mainEnd: number | null
  /** Between the zeros of the runs of its group; null until all have begun. */
  startedApartSeconds: number | null
  /** Resolves when the run is over, whatever its end. */
  readonly over: Promise<void>
  /** Takes what was recorded since into the history. */
  drain(): void
  /** Nanoseconds since zero. */
  now(): number
  /** Ends it within a second. Safe to call at any time and twice. */
  stop(): Promise<void>
  info(): RunInfo
}
