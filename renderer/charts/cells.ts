/**
 * What one row shows of the bars that are too narrow for a pattern, in each pixel column: the state with the most time in it, at that state's height.
 * A tick that stands alone (a task's first step on a long suspended bar, with a moment of ready before it) shows what held the thread, however
 * short it was: nothing else of it would be seen.
 */
import { holdsThread, type State, stateCode, states } from '#protocol/vocabulary'
import { allStates, stateBit, stateCount } from '../model/spanTree'

/** Of states with the same time in a column the first is seen: what holds the thread goes before what does not. */
const priority: readonly State[] = ['running', 'sleeping', 'waiting', 'suspended', 'ready', 'created']
/** By a column's states: their codes in that order. */
const codesOf = Array.from({ length: 1 << states.length }, (_, bits) =>
  Uint8Array.from(priority.map((state) => stateCode[state]).filter((code) => (bits & stateBit(code)) !== 0)),
)
const holding = states.reduce((bits, state) => bits | (holdsThread(state) ? stateBit(stateCode[state]) : 0), 0)

/** Beside the words of a column: a bar that is drawn by itself ends in it, and its task with it. */
export const endOfWide = 1 << 15

export interface Run {
  /** Columns [from, to). */
  readonly from: number
  readonly to: number
  readonly state: State
}

export class Cells {
  /** Pixels of each state in each column, `stateCount` for a column. */
  readonly time: Float64Array
  /** Words of the tree that occur in each column. */
  readonly bits: Uint16Array
  /** Position in the tree from which on the first end of each column is to be looked for. */
  readonly endFrom: Uint32Array
  private readonly shown: Int8Array
  /** Nothing is added left of this column. */
  first = 0

  constructor(readonly width: number) {
    this.time = new Float64Array(width * stateCount)
    this.bits = new Uint16Array(width)
    this.endFrom = new Uint32Array(width)
    this.shown = new Int8Array(width)
  }

  /** Forgets the columns from this one on. */
  clear(from = 0): void {
    this.time.fill(0, from * stateCount)
    this.bits.fill(0, from)
  }

  /** Moves all columns to the left; what is in the last ones is to be cleared. */
  shift(columns: number): void {
    this.time.copyWithin(0, columns * stateCount)
    this.bits.copyWithin(0, columns)
    this.endFrom.copyWithin(0, columns)
  }

  /** A span in the state with that code over columns [from, to), which really reaches from x0 to x1. */
  add(code: number, from: number, to: number, x0: number, x1: number): void {
    for (let column = from; column < to; column++) {
      // Columns are centred on whole pixels, as Math.round cuts them.
      const share = (x1 < column + 0.5 ? x1 : column + 0.5) - (x0 > column - 0.5 ? x0 : column - 0.5)
      if (share > 0) this.time[column * stateCount + code]! += share
      this.bits[column]! |= 1 << code
    }
  }

  /** The same of a span that is in one column: it begins there, and what it has beyond is not seen. */
  addShort(code: number, column: number, x0: number, x1: number): void {
    const edge = column + 0.5
    this.time[column * stateCount + code]! += (x1 < edge ? x1 : edge) - x0
    this.bits[column]! |= 1 << code
  }

  /** Words of an item or a node that begins at that position. */
  addBits(column: number, bits: number, position: number): void {
    const known = this.bits[column]!
    if (bits > allStates && known <= allStates) this.endFrom[column] = position
    this.bits[column] = known | bits
  }

  /** What a node of the tree has, in one column: its words, and its sums from `first` on times `scale`. */
  addSums(column: number, bits: number, position: number, sums: Float32Array, first: number, scale: number): void {
    this.addBits(column, bits, position)
    const { time } = this
    const at = column * stateCount
    // Most nodes have two or three states.
    for (let left = bits & allStates; left !== 0; left &= left - 1) {
      const code = 31 - Math.clz32(left & -left)
      time[at + code]! += sums[first + code]! * scale
    }
  }

  /** What a node has that reaches from x0 to x1: its words in each column, its sums in proportion. */
  addSpread(x0: number, x1: number, bits: number, position: number, sums: Float32Array, first: number, scale: number): void {
    const to = Math.min(Math.round(x1), this.width - 1)
    const perPixel = scale / (x1 - x0)
    for (let column = Math.max(this.first, Math.round(x0)); column <= to; column++) {
      const share = (x1 < column + 0.5 ? x1 : column + 0.5) - (x0 > column - 0.5 ? x0 : column - 0.5)
      this.addSums(column, bits, position, sums, first, perPixel * share)
    }
  }

  /** What several nodes have in one column: their words, where the first end among them is to be looked for, and seconds of each state. */
  addAll(
    column: number,
    bits: number,
    position: number,
    scale: number,
    s0: number,
    s1: number,
    s2: number,
    s3: number,
    s4: number,
    s5: number,
  ): void {
    this.addBits(column, bits, position)
    const { time } = this
    const at = column * stateCount
    time[at]! += s0 * scale
    time[at + 1]! += s1 * scale
    time[at + 2]! += s2 * scale
    time[at + 3]! += s3 * scale
    time[at + 4]! += s4 * scale
    time[at + 5]! += s5 * scale
  }

  /** Codes of what each column shows; −1: nothing. */
  states(): Int8Array {
    const { width, bits, shown } = this
    for (let from = 0; from < width; from++) {
      shown[from] = -1
      if ((bits[from]! & allStates) === 0) continue
      let to = from + 1
      while (to < width && (bits[to]! & allStates) !== 0) to++
      const alone = to - from <= 2
      for (let column = from; column < to; column++) shown[column] = this.state(column, alone)
      from = to - 1
    }
    return shown
  }

  /** Runs of equal columns, from left to right, without the empty ones. */
  runs(): Run[] {
    const runs: Run[] = []
    const shown = this.states()
    for (let from = 0; from < this.width; ) {
      let to = from + 1
      while (to < this.width && shown[to] === shown[from]) to++
      if (shown[from]! >= 0) runs.push({ from, to, state: states[shown[from]!]! })
      from = to
    }
    return runs
  }

  private state(column: number, alone: boolean): number {
    const bits = this.bits[column]! & allStates
    const among = alone && (bits & holding) !== 0 ? bits & holding : bits
    if ((among & (among - 1)) === 0) return 31 - Math.clz32(among)
    let best = -1
    let most = -1
    const codes = codesOf[among]!
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!
      const time = this.time[column * stateCount + code]!
      if (time > most) {
        most = time
        best = code
      }
    }
    return best
  }
}
