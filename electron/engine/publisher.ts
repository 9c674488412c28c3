/**
 * Sends each page what it has not seen, at most 3 frames ahead of its acknowledgements. Without credit nothing is dropped or merged: the page's
 * position in the history stays where it is, and the next frame begins there.
 */
import { encodeFrame } from '#protocol/frame'
import type { RunId } from '#protocol/messages'
import { type Position, startPosition } from './history'
import type { KeptRun } from './keptRun'

const maxUnacknowledged = 3
/** Between two frames that hold no new rows, so that open bars keep growing on the page. */
const heartbeatMillis = 100

export class Publisher {
  readonly #positions = new Map<RunId, Position>()
  readonly #lastSent = new Map<RunId, number>()
  #sequence = 0
  #acknowledged = 0
  /** Frames up to here were sent to a page that has since begun anew; it may acknowledge them late or not at all. */
  #settled = 0
  visible = true

  constructor(readonly send: (frame: Uint8Array) => void) {}

  /** The page has appended this frame and all before it. A number that was never sent is refused: false. */
  acknowledge(sequence: number): boolean {
    if (sequence > 0 && sequence <= this.#settled) return true
    if (sequence > this.#sequence || sequence < this.#acknowledged) return false
    this.#acknowledged = sequence
    return true
  }

  /** The page has nothing and gets everything, whatever was on its way to it. */
  restart(): void {
    this.#positions.clear()
    this.#lastSent.clear()
    this.#settled = this.#sequence
    this.#acknowledged = this.#sequence
  }

  forget(runs: readonly RunId[]): void {
    for (const id of runs) {
      this.#positions.delete(id)
      this.#lastSent.delete(id)
    }
  }

  /** Sends what is new of these runs, as far as there is credit. `wallMillis`: ms since 1970. */
  publish(runs: readonly KeptRun[], wallMillis: number): void {
    for (const run of runs) {
      if (run.zero === null) continue
      const position = this.#positions.get(run.id) ?? startPosition()
      this.#positions.set(run.id, position)
      while (this.#hasCredit && this.#isDue(run, position, wallMillis)) this.#sendNext(run, position, wallMillis)
    }
  }

  /** Sends what is known already and could not be sent for want of credit; nothing that is only due by the clock. */
  publishMore(runs: readonly KeptRun[], wallMillis: number): void {
    this.publish(
      runs.filter((run) => {
        const position = this.#positions.get(run.id)
        return position !== undefined && !run.history.isRead(position)
      }),
      wallMillis,
    )
  }

  get #hasCredit(): boolean {
    return this.#sequence - this.#acknowledged < maxUnacknowledged
  }

  #isDue(run: KeptRun, position: Position, wallMillis: number): boolean {
    if (!run.history.isRead(position)) return true
    const last = this.#lastSent.get(run.id)
    if (run.isOver) return last !== Number.POSITIVE_INFINITY
    return last === undefined || wallMillis - last >= heartbeatMillis
  }

  #sendNext(run: KeptRun, position: Position, wallMillis: number): void {
    const part = run.history.read(position)
    this.#lastSent.set(run.id, run.isOver && run.history.isRead(position) ? Number.POSITIVE_INFINITY : wallMillis)
    this.send(
      encodeFrame({
        run: run.id,
        sequence: ++this.#sequence,
        now: run.now(),
        sentAt: wallMillis,
        dropped: run.history.dropped,
        marks: run.history.marks,
        ...part,
      }),
    )
  }
}
