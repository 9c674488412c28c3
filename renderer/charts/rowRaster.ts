/**
 * From the tree of a row to its pixel columns. What the picture promises, whatever the number of spans (*A(c)*: the items of a row that occupy
 * column *c*; an item occupies the columns from that of its start up to that of its end, and at least one):
 *
 * - R1 visible: where a span is in A, the body is painted. No span ever becomes invisible.
 * - R2 alerts first: where a task in A ended there, the strip shows the most urgent end: failed > killed > loop blocked > cancelled.
 * - R3 honest: of the bars under 6 px, the body shows the state with the most time in the column; of equal ones what holds the thread. (A tick
 *   that stands alone shows what held the thread: `cells.ts`.)
 * - R4 no invention: a painted body has a span in A. Only strips are wider, for one pixel of them could not be seen, and ends that have a shape.
 * - R5 rows too: what is merged over rows is merged by the same words and sums (`SpanTree.sum`, `bits`).
 * - R6 what is seen is what is hit: the pointer asks the same tree by the same columns; the most urgent end first, and how many more there are (`hit.ts`).
 * - R7 found is shown: what is hovered, selected or found is drawn again above all, 3 px wide at least (`overlay.ts`).
 *
 * One function maps time to columns for all of them: `axis.ts`. A node all of whose items occupy one and the same column is added as a whole, which is
 * as exact as adding them one by one; others are looked into. So no column costs more than a few nodes of each level.
 *
 * While the view moves, a node narrower than a pixel or two that lies on the border of columns is added to all of them (`tolerance`): its words to each,
 * its time in proportion. Then R1 and R2 hold as they are; R2's strip may show more, R3's shares a neighbour's, and R4 is that A(c − 1) ∪ A(c + 1)
 * has a span. What is left standing, exported or printed is drawn at tolerance 0.
 */
import { nanos, toProgramme } from '#protocol/units'
import { inChunkOf } from '../model/columns'
import { chunkNumber, inPackedChunk, type PackedChunk } from '../model/packedColumn'
import type { RunStore } from '../model/runStore'
import {
  allStates,
  bitsOf,
  endOfLook,
  fanOut,
  inChunk,
  isMoment,
  type SpanTree,
  stateCount,
  stateOfLook,
} from '../model/spanTree'
import type { Axis } from './axis'
import { Cells, endOfWide } from './cells'

/** What was done since the page was opened: nodes and items looked at, nodes added to several columns, rows walked. */
export const work = { touched: 0, split: 0, rows: 0 }

export interface RasterView {
  readonly axis: Axis
  /** Device px between which anything is drawn. */
  readonly left: number
  readonly right: number
  /** Programme seconds to which open spans reach. */
  readonly now: number
  /** Device px from which a bar is drawn by itself. */
  readonly narrow: number
  /** Device px: nodes that are narrower need not be looked into. */
  readonly tolerance: number
}

export class RowRaster {
  /** Of the last walk. */
  cells = new Cells(0)
  /** Those of rows that nobody keeps. */
  private own = this.cells
  /** Positions of the bars that are wide enough for a pattern. */
  readonly wide: number[] = []
  private axis: Axis = { t0: 0, t1: 1, left: 0, right: 1 }
  private scale = 1
  /** Device px of the first column. */
  private origin = 0
  /** Device px between which anything is added. */
  private left = 0
  private right = 0
  private now = 0
  private narrow = 0
  private tolerance = 0
  private touched = 0
  private tree: SpanTree | null = null

  /** When the first item began that was open where the walk came by; Infinity: none was. */
  openFrom = Infinity

  /** Walks over what can be seen of the row. */
  walk(store: RunStore, tree: SpanTree, view: RasterView): void {
    this.begin(view)
    this.add(store, tree)
  }

  /** The same of what is right of a position, on top of what these columns have left of it. */
  walkOn(store: RunStore, tree: SpanTree, view: RasterView, cells: Cells, from: number): void {
    this.cells = cells
    cells.clear(from - view.left)
    this.look(view)
    this.left = from
    cells.first = from - view.left
    this.add(store, tree)
    cells.first = 0
  }

  /** For what is added from now on. What is in the columns goes, or is kept: then they must be the same ones. */
  begin(view: RasterView, keeps = false): void {
    const { left, right } = view
    if (this.own.width !== right - left) this.own = new Cells(right - left)
    else if (!keeps) this.own.clear()
    this.cells = this.own
    this.look(view)
  }

  private look(view: RasterView): void {
    const { axis, left, right } = view
    this.wide.length = 0
    this.openFrom = Infinity
    this.origin = left
    this.left = left
    this.right = right
    this.now = view.now
    this.narrow = view.narrow
    this.tolerance = view.tolerance
    this.axis = axis
    this.scale = (axis.right - axis.left) / (axis.t1 - axis.t0)
  }

  /** One more row in the same columns (R5). */
  add(store: RunStore, tree: SpanTree): void {
    this.tree = tree
    this.touched = 0
    const top = tree.levels.length - 1
    if (top < 0) this.visitItems(store, 0, tree.length)
    else this.visit(store, top, 0, tree.levels[top]!.length)
    // It would hold a run that nobody shows any more.
    this.tree = null
    work.touched += this.touched
    work.rows++
  }

  /** Nodes of one level, all in one chunk. False: what follows is right of the picture. */
  private visit(store: RunStore, level: number, from: number, to: number): boolean {
    if (level === 0) return this.visitFinest(store, from, to)
    const tree = this.tree!
    const { start, end, bits, sums } = tree.levels[level]!.chunkOf(from)
    const size = fanOut ** (level + 1)
    const { scale, origin, left, right, cells } = this
    const { t0, left: zero } = this.axis
    const below = tree.levels[level - 1]!.length
    // Neighbours that must be looked into are looked into together.
    let opened = -1
    const open = (until: number) => {
      const first = opened * fanOut
      opened = -1
      return this.visit(store, level - 1, first, Math.min(until * fanOut, below))
    }
    for (let node = from; node < to; node++) {
      this.touched++
      const i = inChunk(node)
      // As `column` of axis.ts, written out: this is the innermost loop of every picture.
      const x1 = zero + (end[i]! - t0) * scale
      const until = Math.round(x1)
      if (until < left) continue
      const x0 = zero + (start[i]! - t0) * scale
      const begin = Math.round(x0)
      if (begin >= right) {
        if (opened >= 0) open(node)
        return false
      }
      const splits = until !== begin && x1 - x0 < this.tolerance
      if (until !== begin && !splits) {
        if (opened < 0) opened = node
        // Eight of them fill a stretch of siblings below, which is in one chunk.
        if ((node & (fanOut - 1)) === fanOut - 1 && !open(node + 1)) return false
        continue
      }
      if (opened >= 0 && !open(node)) return false
      if (!splits) cells.addSums(begin - origin, bits[i]!, node * size, sums, i * stateCount, scale)
      else {
        cells.addSpread(x0 - origin, x1 - origin, bits[i]!, node * size, sums, i * stateCount, scale)
        work.split++
      }
    }
    return opened < 0 || open(to)
  }

  /**
   * The same for the finest level, where most of the time of a picture goes: what neighbours have in the same column is added up in registers before it
   * is written down.
   */
  private visitFinest(store: RunStore, from: number, to: number): boolean {
    const tree = this.tree!
    const { start, end, bits, sums } = tree.levels[0]!.chunkOf(from)
    const { scale, origin, left, right, tolerance, cells } = this
    const { t0, left: zero } = this.axis
    let at = -1
    let words = 0
    let endFrom = 0
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    let s4 = 0
    let s5 = 0
    let split = 0
    let goesOn = true
    let node = from
    for (; node < to; node++) {
      const i = inChunk(node)
      const x1 = zero + (end[i]! - t0) * scale
      const until = Math.round(x1)
      if (until < left) continue
      const x0 = zero + (start[i]! - t0) * scale
      const begin = Math.round(x0)
      if (begin >= right) {
        goesOn = false
        break
      }
      const whole = until === begin
      const splits = until - begin === 1 && x1 - x0 < tolerance
      const spreads = until - begin > 1 && x1 - x0 < tolerance
      const column = begin - origin
      if (column !== at || !(whole || splits)) {
        if (words !== 0) cells.addAll(at, words, endFrom, scale, s0, s1, s2, s3, s4, s5)
        at = column
        words = 0
        s0 = s1 = s2 = s3 = s4 = s5 = 0
      }
      const k = i * stateCount
      if (whole) {
        if (words <= allStates) endFrom = node * fanOut
        words |= bits[i]!
        s0 += sums[k]!
        s1 += sums[k + 1]!
        s2 += sums[k + 2]!
        s3 += sums[k + 3]!
        s4 += sums[k + 4]!
        s5 += sums[k + 5]!
      } else if (splits) {
        const share = (begin + 0.5 - x0) / (x1 - x0)
        const has = bits[i]!
        if (words <= allStates) endFrom = node * fanOut
        const a = sums[k]!
        const b = sums[k + 1]!
        const c = sums[k + 2]!
        const d = sums[k + 3]!
        const e = sums[k + 4]!
        const f = sums[k + 5]!
        if (begin >= left)
          cells.addAll(
            column,
            words | has,
            endFrom,
            scale,
            s0 + a * share,
            s1 + b * share,
            s2 + c * share,
            s3 + d * share,
            s4 + e * share,
            s5 + f * share,
          )
        split++
        at = column + 1
        if (until >= right) {
          words = 0
          continue
        }
        const rest = 1 - share
        words = has
        endFrom = node * fanOut
        s0 = a * rest
        s1 = b * rest
        s2 = c * rest
        s3 = d * rest
        s4 = e * rest
        s5 = f * rest
      } else if (spreads) {
        cells.addSpread(x0 - origin, x1 - origin, bits[i]!, node * fanOut, sums, k, scale)
        split++
      } else {
        const first = node * fanOut
        if (!this.visitItems(store, first, first + fanOut < tree.length ? first + fanOut : tree.length)) {
          goesOn = false
          break
        }
      }
    }
    if (words !== 0) cells.addAll(at, words, endFrom, scale, s0, s1, s2, s3, s4, s5)
    this.touched += node - from
    work.split += split
    return goesOn
  }

  /** Items of one node. What `SpanTable` does for each span is written out: where a run is less dense, this is the innermost loop. */
  private visitItems({ spans, items }: RunStore, from: number, to: number): boolean {
    const list = this.tree!.items.chunkOf(from)
    const { scale, origin, left, right, cells, now, narrow } = this
    const { t0, left: zero } = this.axis
    const { speed } = spans
    this.touched += to - from
    let chunk = -1
    let starts = noChunk
    let lengths = noChunk
    for (let position = from; position < to; position++) {
      const item = list[inChunkOf(position)]!
      if (isMoment(item)) {
        const column = Math.round(zero + (items.startOf(item) - t0) * scale)
        if (column >= right) return false
        if (column >= left) cells.addBits(column - origin, bitsOf[items.lookOf(item)]!, position)
        continue
      }
      if (chunkNumber(item) !== chunk) {
        chunk = chunkNumber(item)
        starts = spans.from.chunkOf(item)
        lengths = spans.lasted.chunkOf(item)
      }
      const i = inPackedChunk(item)
      const began = starts.base + starts.values[i]!
      const start = zero + (toProgramme(nanos(began), speed) - t0) * scale
      const x0 = Math.round(start)
      if (x0 >= right) return false
      const length = lengths.values[i]!
      const isOpen = length === lengths.missing || Number.isNaN(length)
      if (isOpen && this.openFrom === Infinity) this.openFrom = toProgramme(nanos(began), speed)
      const ended = isOpen
        ? Math.max(now, toProgramme(nanos(began), speed))
        : toProgramme(nanos(began + (lengths.base + length)), speed)
      const end = zero + (ended - t0) * scale
      const until = Math.round(end)
      const x1 = until > x0 ? until : x0 + 1
      if (x1 <= left) continue
      const look = spans.look.get(item)
      // The end stands in the last column.
      const isWide = x1 - x0 >= narrow
      if (endOfLook(look) >= 0 && x1 <= right)
        cells.addBits(x1 - 1 - origin, (bitsOf[look]! & ~allStates) | (isWide ? endOfWide : 0), position)
      if (isWide) this.wide.push(position)
      else if (x1 - x0 === 1 && x0 >= left) cells.addShort(stateOfLook(look), x0 - origin, start - origin, end - origin)
      else
        cells.add(
          stateOfLook(look),
          (x0 > left ? x0 : left) - origin,
          (x1 < right ? x1 : right) - origin,
          start - origin,
          end - origin,
        )
    }
    return true
  }
}

const noChunk: PackedChunk = { values: new Uint32Array(0), base: 0, missing: 0 }
