/**
 * How the tasks of one row ended: strips, shapes, whiskers and errors. The strip shows the most urgent end of each column; a shape is drawn only where it
 * does not cover the one before it, and not on each of a crowd: it would hide the bars and be told from its neighbours by nobody.
 */
import { none } from '#protocol/frame'
import { ends, states } from '#protocol/vocabulary'
import { endBits, endOfLook, momentOf, stateCount, unwanted, unwantedBits } from '../model/spanTree'
import { column, timeAt } from './axis'
import { Batch } from './batch'
import { type Cells, endOfWide } from './cells'
import { drawEnd, stripOf } from './drawEnd'
import { drawWhisker } from './drawMarks'
import type { RowPicture } from './drawRow'
import { type Measures, type Pen, px, setFont, text } from './pen'
import { Strip } from './strip'
import type { TimelineWords } from './words'

/** Ends that have a shape. */
const shaped = [...unwanted, 'pending'] as const
const shapedBits = endBits(shaped)
const allEnds = (1 << ends.length) - 1
const shapedOf = ends.map((end) => shaped.find((one) => one === end))
/** By the words of a column, without those of states. */
const mostUrgent = Array.from({ length: 1 << ends.length }, (_, words) =>
  unwanted.find((end) => ((words << stateCount) & endBits([end])) !== 0),
)

/** A stretch of the row on which a shape stands, device px. */
export interface Covered {
  readonly x0: number
  readonly x1: number
}

/** CSS px: ends that follow one another more closely are a crowd. Its first has a shape; of the others only the strip tells. Lanes are low where there are many. */
const crowdedIn = (m: Measures) => (m.size.lane <= 20 ? 24 : 12)

/** What the tree has in each column of a row. */
export type Columns = Pick<Cells, 'bits' | 'endFrom' | 'width'>

export interface Alerts {
  /** Where shapes stand beside their bars, on the bars that follow: no word may stand there. */
  readonly covered: readonly Covered[]
  /** To be drawn below the slot. */
  readonly strip: Strip
}

export function drawAlerts(pen: Pen, m: Measures, words: TimelineWords, picture: RowPicture, columns: Columns): Alerts {
  const { axis, top, left, right } = picture
  const strip = new Strip(pen, m, left, right)
  addEnds(strip, columns, left)
  const near = px(pen, crowdedIn(m))
  let beside = new Batch()
  let free = -Infinity
  const covered: Covered[] = []
  let failure: { readonly task: number; readonly from: number } | null = null
  const sayError = (until: number) => {
    if (failure) drawError(pen, m, words, picture, failure.task, failure.from, until)
    failure = null
  }
  for (const shape of shapedEnds(pen, near, picture, columns)) {
    const { end, x0, x1 } = shape
    sayError(x0)
    if (end === 'pending') {
      drawEnd(pen, m, { ...shape, top })
      continue
    }
    if (x0 < free) {
      if (x1 - x0 < near) continue
      // Its bar begins under the shape before it, and covers that.
      beside.draw(pen)
      beside = new Batch()
    }
    const width = stripOf(pen, m, end)
    const inside = x1 - x0 >= 2 * width
    // Before the torn edge, which is what the eye must find.
    const earliest = end === 'killed' ? column(axis, picture.store.tasks.earliest.get(shape.task)) : x1
    if (x1 - earliest >= px(pen, 6)) drawWhisker(pen, m, top, earliest, x1)
    free = drawEnd(pen, m, { ...shape, top }, beside)
    // Under the shape, which stands beside a bar that is too short for it.
    const from = inside ? x1 - width : Math.max(x0, free - width)
    strip.add(end, from, from + width)
    if (free > x1) covered.push({ x0: x1, x1: free })
    if (end === 'failed') failure = { task: shape.task, from: free }
  }
  sayError(right)
  beside.draw(pen)
  addBlocked(strip, picture)
  return { covered, strip }
}

/** The most urgent end of each column. */
export function addEnds(strip: Strip, { bits }: Pick<Columns, 'bits'>, left: number): void {
  for (let i = 0; i < bits.length; i++) {
    const end = mostUrgent[(bits[i]! >> stateCount) & allEnds]
    if (end) strip.add(end, left + i, left + i + 1)
  }
}

export function addBlocked(strip: Strip, { blocked, axis, left, right }: RowPicture): void {
  for (const { start, end } of blocked) {
    const [x0, x1] = [column(axis, start), column(axis, end)]
    if (x1 >= left && x0 < right) strip.add('loopBlocked', Math.max(x0, left), x1)
  }
}

interface Shape {
  readonly task: number
  readonly end: (typeof shaped)[number]
  readonly state: (typeof states)[number] | null
  readonly x0: number
  readonly x1: number
}

/** CSS px that a shape reaches at most beyond the bar that it stands beside. */
const farthest = 24

/**
 * The ends that may have a shape, by time: the first of each crowd, and whatever ends a bar of its own. Which is first does not change while the view is
 * panned: the crowd is followed beyond the left edge. `near`: device px to the next of a crowd, and which a bar is at least whose end is drawn in it.
 */
function* shapedEnds(
  pen: Pen,
  near: number,
  { store, row, axis, left, right, now }: RowPicture,
  { bits, endFrom, width }: Columns,
): Generator<Shape, void, undefined> {
  const { tree } = row
  const { items, tasks, spans } = store
  const shapeAt = (position: number): Shape => {
    const item = tree.items.get(position)
    const task = items.taskOf(item)
    const x0 = column(axis, items.startOf(item))
    const end = shapedOf[endOfLook(items.lookOf(item))]!
    const span = items.spanOf(item)
    const last = span === null ? x0 : Math.max(column(axis, spans.endAt(span, now)), x0 + 1)
    const x1 = end === 'pending' ? last : Math.max(last, column(axis, tasks.endTime.get(task)))
    return { task, end, x0, x1, state: span === null ? null : states[spans.state.get(span)]! }
  }
  // Left of the picture: from the nearest back to one that can no longer reach into it.
  const outside: Shape[] = []
  const away = left - px(pen, farthest)
  let position = tree.firstUntil(timeAt(axis, left + 0.5))
  for (let at = position; ; ) {
    at = tree.previous(at, shapedBits)
    if (at < 0) break
    const shape = shapeAt(at)
    outside.push(shape)
    if (shape.x1 <= away) break
  }
  let before = -Infinity
  for (const shape of outside.reverse()) {
    if (shape.x1 > away && (shape.x1 - before >= near || shape.x1 - shape.x0 >= near)) yield shape
    before = shape.x1
  }
  for (let i = 0; i < width; i++) {
    const has = bits[i]!
    if ((has & shapedBits) === 0) continue
    const x1 = left + i + 1
    const crowd = x1 - before < near
    if ((has & unwantedBits) !== 0) before = x1
    if (has < endOfWide && (crowd || (has & unwantedBits) === 0)) continue
    position = tree.next(Math.max(position, endFrom[i]!), shapedBits)
    if (position >= tree.length) return
    yield shapeAt(position++)
  }
  // Right of it, where a shape may be cut into the end of a bar that is seen.
  position = tree.next(Math.max(position, tree.firstUntil(timeAt(axis, right - 0.5), position)), shapedBits)
  if (position >= tree.length) return
  const last = shapeAt(position)
  if (last.x0 < right && last.x1 - last.x0 >= near) yield last
}

/** The error beside its cap, where the row has room for it before the next bar. */
function drawError(
  pen: Pen,
  m: Measures,
  words: TimelineWords,
  picture: RowPicture,
  task: number,
  from: number,
  nextAlert: number,
): void {
  const { store, row, axis, right, top } = picture
  const error = words.wire(store.strings[store.tasks.error.get(task)] ?? '')
  if (m.size.label === 0 || error === '') return
  const last = store.tasks.lastSpan.get(task)
  const position = row.tree.find(last === none ? momentOf(task) : last) + 1
  const next = position < row.tree.length ? column(axis, store.items.startOf(row.tree.items.get(position))) : Infinity
  setFont(pen, 12, 600)
  const x = from + px(pen, 9)
  if (x + pen.g.measureText(error).width + px(pen, 8) > Math.min(right, nextAlert, next)) return
  text(pen, x, top + m.slotTop + Math.round(m.slot / 2 + 12 * pen.ratio * 0.36), error, pen.colours['alert-text'])
}
