/**
 * Bars too narrow for a pattern, merged per pixel column. Two cells per column: the lower one takes the state with the most time in it, the
 * upper one the thread-holding state with the most time, if there is any, so that height survives merging and a tick is never lost.
 */
import { holdsThread, type State, states } from '#protocol/vocabulary'

const kinds = states.length
const holding = states.map(holdsThread)

export interface Run {
  /** Columns [from, to). */
  readonly from: number
  readonly to: number
  /** Code of the state; −1: nothing. */
  readonly upper: number
  readonly lower: number
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

  /** A span over columns [from, to), which really reaches from x0 to x1. */
  add(state: State | number, from: number, to: number, x0: number, x1: number): void {
    const code = typeof state === 'number' ? state : states.indexOf(state)
    this.first = Math.min(this.first, from)
    this.end = Math.max(this.end, to)
    for (let column = from; column < to; column++) {
      // Columns are centred on whole pixels, as Math.round cuts them. Whatever touches one counts a little.
      const share = Math.min(x1, column + 0.5) - Math.max(x0, column - 0.5)
      this.time[column * kinds + code]! += Math.max(share, 1e-4)
    }
  }

  /** Runs of equal columns, from left to right, without the empty ones. */
  *runs(): Generator<Run, void, undefined> {
    let from = 0
    let upper = -1
    let lower = -1
    for (let column = this.first; column <= this.end; column++) {
      let [up, low] = [-1, -1]
      if (column < this.end) [up, low] = this.column(column)
      if (up === upper && low === lower) continue
      if (lower >= 0) yield { from, to: column, upper, lower }
      from = column
      upper = up
      lower = low
    }
  }

  private column(column: number): [upper: number, lower: number] {
    let lower = -1
    let upper = -1
    let most = 0
    let mostHolding = 0
    for (let code = 0; code < kinds; code++) {
      const time = this.time[column * kinds + code]!
      if (time > most) {
        most = time
        lower = code
      }
      if (holding[code] && time > mostHolding) {
        mostHolding = time
        upper = code
      }
    }
    return [upper, lower]
  }
}
