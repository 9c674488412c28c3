/** The document that `run --json` prints: a contract. Times are programme seconds since main's first line unless said otherwise. */
import type { Parameters } from './parameters'
import type { End, State } from './vocabulary'

export interface RunDocument {
  readonly scenario: string
  readonly parameters: Parameters
  readonly speed: number
  /** Null where the programme never ends. */
  readonly idealSeconds: number | null
  /** Last end of anything started, main included. */
  readonly totalSeconds: number
  /** Null if main did not end. */
  readonly mainEndSeconds: number | null
  readonly droppedMarks: number
  /** Only there where the run was made up from a seed: then nothing in the document was measured. */
  readonly synthetic?: { readonly seed: number } | undefined
  /** Real seconds. */
  readonly clockErrorSeconds: number
  /** Real seconds. */
  readonly markCostSeconds: number
  readonly markers: readonly { readonly name: string; readonly seconds: number }[]
  readonly tasks: readonly DocumentTask[]
  readonly spans: readonly DocumentSpan[]
  readonly output: readonly { readonly seconds: number; readonly lane: string; readonly text: string }[]
}

export interface DocumentTask {
  readonly name: string
  readonly lane: string
  readonly createdSeconds: number | null
  readonly readySeconds: number | null
  readonly startSeconds: number | null
  /** Null where `end` is `pending`. */
  readonly finishSeconds: number | null
  readonly end: End
}

export interface DocumentSpan {
  /** The task's name; several tasks may have it. */
  readonly task: string
  /** The task's place in `tasks`. Not in documents of older versions. */
  readonly taskIndex?: number | undefined
  readonly lane: string
  readonly state: State
  readonly startSeconds: number
  readonly endSeconds: number
}
