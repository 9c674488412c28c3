/** One run as the page knows it: columns that only grow, filled from frames. (Signatures first; the columns follow.) */
import type { Frame } from '#protocol/frame'
import type { End, LaneKind, MarkerKind } from '#protocol/vocabulary'

export interface Lane {
  readonly name: string
  readonly kind: LaneKind
}

export interface Marker {
  readonly kind: MarkerKind
  /** Programme seconds. */
  readonly seconds: number
  readonly lane: number
  /** The task it is about. */
  readonly task: number | null
  readonly text: string
}

/** A printed line. */
export interface Output {
  readonly seconds: number
  readonly lane: number
  readonly text: string
}

/** One line of the table. Programme seconds; of a task that goes on, sums reach to the store's `now`. */
export interface TaskRow {
  readonly index: number
  readonly name: string
  readonly lane: number
  readonly created: number | null
  readonly ready: number | null
  /** First moment in which it ran, slept, waited or was suspended. */
  readonly started: number | null
  /** Null while it goes on and for `pending`. */
  readonly finished: number | null
  /** started − ready. */
  readonly waited: number | null
  /** running + sleeping. */
  readonly ran: number
  readonly suspended: number
  /** Null while it goes on. */
  readonly end: End | null
  /** '' unless it failed. */
  readonly error: string
}

export class RunStore {
  readonly lanes: readonly Lane[] = []
  readonly markers: readonly Marker[] = []
  readonly outputs: readonly Output[] = []
  readonly strings: readonly string[] = ['']
  taskCount = 0
  /** Programme seconds up to which everything is known. */
  now = 0
  dropped = 0
  marks = 0
  /** Grows with every append. */
  version = 0

  constructor(
    readonly id: number,
    readonly speed: number,
  ) {}

  /** Takes what is new in the frame; what it has already is skipped. Throws if rows are missing in between. */
  append(_frame: Frame): void {
    this.version++
  }

  task(index: number): TaskRow {
    throw new RangeError(`no task ${index}`)
  }
}
