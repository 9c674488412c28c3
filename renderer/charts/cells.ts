/**
 * Bars too narrow for a pattern, merged per pixel column. A column shows the state with the most time in it, at that state's height. A tick
 * that stands alone (a task's first step on a long suspended bar, with a moment of ready before it) shows what held the thread, however short
 * it was: nothing else of it would be seen.
 */
import { holdsThread, type State, states } from '#protocol/vocabulary'

const kinds = states.length
const holding = states.map(holdsThread)

export interface Run {
  /** Columns [from, to). */
  readonly from: number
  readonly to: number
  readonly state: State
}

export class Cells {
  private time = new Float32Array(0)
  private first = 0
  private end = 0

  /** Starts a row of `width` columns. */
  reset(width: number): void {
    if (this.time.length < width * kinds) this.time = new Float32Array(width * kinds)
    else this.time.fill(0, this.first * kinds, this.end * kinds)
    this.first = width
    this.end = 0
  }

  /** A span in the state with that code over columns [from, to), which really reaches from x0 to x1. */
  add(code: number, from: number, to: number, x0: number, x1: number): void {
    if (from < this.first) this.first = from
    if (to > this.end) this.end = to
    for (let column = from; column < to; column++) {
      // Columns are centred on whole pixels, as Math.round cuts them. Whatever touches one counts a little.
      const share = (x1 < column + 0.5 ? x1 : column + 0.5) - (x0 > column - 0.5 ? x0 : column - 0.5)
      this.time[column * kinds + code]! += share > 1e-4 ? share : 1e-4
    }
  }

  /** Runs of equal columns, from left to right, without the empty ones. */
  *runs(): Generator<Run, void, undefined> {
    for (let from = this.first; from < this.end; from++) {
      if (this.state(from, false) < 0) continue
      let to = from + 1
      while (to < this.end && this.state(to, false) >= 0) to++
      yield* this.stretch(from, to)
      from = to
    }
  }

  /** Columns without a gap. */
  private *stretch(from: number, to: number): Generator<Run, void, undefined> {
    const tick = to - from <= 2
    let begin = from
    let state = this.state(from, tick)
    for (let column = from + 1; column <= to; column++) {
      const next = column < to ? this.state(column, tick) : -1
      if (next === state) continue
      yield { from: begin, to: column, state: states[state]! }
      begin = column
      state = next
    }
  }

  /** Code of what the column shows; −1: nothing. */
  private state(column: number, tick: boolean): number {
    let best = -1
    let most = 0
    for (let code = 0; code < kinds; code++) {
      const time = this.time[column * kinds + code]!
      const weight = tick && holding[code] && time > 0 ? time + 1e3 : time
      if (weight > most) {
        most = weight
        best = code
      }
    }
    return best
  }
}
