/** Where a worker's tasks run. */
import type { SourceLine } from '../engine/sourceLine'

export interface Workplace {
  /** To the thread that takes the tasks. */
  readonly line: SourceLine
  /** Resolves, with one sentence, when no task can be run here. */
  readonly broken: Promise<string>
  /** Ends what still runs; what that would have told is told to nobody. */
  abandon(): void
  /** Resolves when every thread is gone. Called after the line has stopped. */
  close(): Promise<void>
}
