/**
 * The document that `run --json` prints: a contract. Times are programme seconds since main's first line unless said otherwise. What is optional is not in
 * documents of older versions, nor where it would say nothing.
 */
import type { Parameters } from './parameters'
import type { End, EnvelopeKind, LaneKind, Settlement, State } from './vocabulary'

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
  readonly markers: readonly DocumentMarker[]
  readonly tasks: readonly DocumentTask[]
  readonly spans: readonly DocumentSpan[]
  readonly output: readonly { readonly seconds: number; readonly lane: string; readonly text: string }[]
  /** All of them, in the order in which they began to be known. */
  readonly lanes?: readonly { readonly name: string; readonly kind: LaneKind }[] | undefined
  /** Where marks of a lane were lost. */
  readonly losses?: readonly DocumentLoss[] | undefined
}

export interface DocumentMarker {
  /** The word of the vocabulary, and after a space its text. */
  readonly name: string
  readonly seconds: number
  /** Place in `lanes`. */
  readonly laneIndex?: number | undefined
  /** Place in `tasks` of the task that it is about. */
  readonly taskIndex?: number | undefined
}

export interface DocumentLoss {
  readonly laneIndex: number
  readonly fromSeconds: number
  readonly untilSeconds: number
  readonly marks: number
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
  /** Place in `lanes`. */
  readonly laneIndex?: number | undefined
  /** Place in `tasks` of the task that made it. */
  readonly parentIndex?: number | undefined
  /** Before `finishSeconds` where the end is only known to lie between them. */
  readonly earliestSeconds?: number | undefined
  /** Why it failed. */
  readonly error?: string | undefined
  /** Only there where it came from a queue. */
  readonly journey?: DocumentJourney | undefined
}

/** The way of an item of a queue outside the loop. Programme seconds since main's first line, as the others; what is not known is not there. */
export interface DocumentJourney {
  /** What it came in; `timed` has `pushedSeconds`. */
  readonly envelope: EnvelopeKind
  /** By the clock of who pushed it; negative before main's first line. */
  readonly pushedSeconds?: number | undefined
  readonly claimedSeconds: number
  /** The queue's server was told of its end, and answered. */
  readonly sentSeconds?: number | undefined
  readonly settledSeconds?: number | undefined
  readonly settlement?: Settlement | undefined
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
  /** What it waits for or does. */
  readonly label?: string | undefined
}
