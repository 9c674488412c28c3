/**
 * How the tasks of one row ended: strips, shapes, whiskers and errors. The strip shows the most urgent end of each column; a shape is drawn only where it
 * does not cover the one before it.
 */
import { none } from '#protocol/frame'
import { type End, endCode, ends, states } from '#protocol/vocabulary'
import { endBit, momentOf, stateCount } from '../model/spanTree'
import { column, timeAt } from './axis'
import { Batch } from './batch'
import type { Cells } from './cells'
import { drawEnd, stripOf } from './drawEnd'
import { drawWhisker } from './drawMarks'
import type { RowPicture } from './drawRow'
import { type Measures, type Pen, px, setFont, text } from './pen'
import { Strip } from './strip'
import type { TimelineWords } from './words'

/** From the most urgent. */
const urgent = ['failed', 'killed', 'cancelled'] as const
/** Ends that have a shape. */
const shaped = [...urgent, 'pending'] as const
const bitsOfEnds = (of: readonly End[]) => of.reduce((bits, end) => bits | endBit(endCode[end]), 0)
const shapedBits = bitsOfEnds(shaped)
/** By the words of a column, without those of states. */
const mostUrgent = Array.from({ length: 1 << ends.length }, (_, words) =>
  urgent.find((end) => ((words << stateCount) & endBit(endCode[end])) !== 0),
)

/** A stretch of the row on which a shape stands, device px. */
export interface Covered {
  readonly x0: number
  readonly x1: number
}

/** `cells`: what the tree has in each column from `left` on. Returns where shapes stand beside their bars, on the bars that follow: no word may stand there. */
export function drawAlerts(pen: Pen, m: Measures, words: TimelineWords, picture: RowPicture, cells: Cells): readonly Covered[] {
  const { axis, top, left, right, blocked } = picture
  const strip = new Strip(pen, m, left, right)
  const { bits } = cells
  for (let i = 0; i < bits.length; i++) {
    const end = mostUrgent[bits[i]! >> stateCount]
    if (end) strip.add(end, left + i, left + i + 1)
  }
  let beside = new Batch()
  let free = -Infinity
  const covered: Covered[] = []
  const shapes = shapedEnds(picture, cells)
  for (let shape = shapes.first(); shape; ) {
    const { end, x0, x1 } = shape
    const crowded = x0 < free && x1 - x0 < px(pen, 12)
    if (crowded || end === 'pending') {
      if (end === 'pending') drawEnd(pen, m, { ...shape, top })
      shape = shapes.next(Math.max(x1, free - 1))
      continue
    }
    // Its bar begins under the shape before it, and covers that.
    if (x0 < free) {
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
    const { task } = shape
    shape = shapes.next(Math.max(x1, free - 1))
    if (end === 'failed') drawError(pen, m, words, picture, task, free, shape?.x0 ?? right)
  }
  beside.draw(pen)
  for (const { start, end } of blocked) {
    const [x0, x1] = [column(axis, start), column(axis, end)]
    if (x1 >= left && x0 < right) strip.add('loopBlocked', Math.max(x0, left), x1)
  }
  strip.draw(top)
  return covered
}

interface Shape {
  readonly task: number
  readonly end: (typeof shaped)[number]
  readonly state: (typeof states)[number] | null
  readonly x0: number
  readonly x1: number
}

/** The ends with a shape that can be seen, by time: those of `next` end in the column `from` or right of it. */
function shapedEnds({ store, row, axis, left, right, now }: RowPicture, { bits, endFrom }: Cells) {
  const { tree } = row
  const { items, tasks, spans } = store
  // Shapes beside a bar reach up to 22 px beyond it.
  const away = 64
  let position = -1
  /** The first position from which on there may be one: the columns say it, but for those outside of the picture. */
  const seek = (from: number): number => {
    if (from < left) {
      const outside = tree.next(tree.firstUntil(timeAt(axis, from - 0.5), position + 1), shapedBits)
      if (outside < tree.length && column(axis, items.endAt(tree.items.get(outside), now)) <= left) return outside
    }
    for (let i = Math.max(0, from - left); i < bits.length; i++) {
      if ((bits[i]! & shapedBits) !== 0) return Math.max(position + 1, endFrom[i]!)
    }
    return tree.firstUntil(timeAt(axis, right), position + 1)
  }
  const next = (from: number): Shape | null => {
    position = tree.next(seek(from), shapedBits)
    if (position >= tree.length) return null
    const item = tree.items.get(position)
    const task = items.taskOf(item)
    const x0 = column(axis, items.startOf(item))
    const end = shaped.find((one) => tasks.end.get(task) === endCode[one])
    if (!end || x0 >= right + away) return null
    const span = items.spanOf(item)
    const last = span === null ? x0 : Math.max(column(axis, spans.endAt(span, now)), x0 + 1)
    const x1 = end === 'pending' ? last : Math.max(last, column(axis, tasks.endTime.get(task)))
    return { task, end, x0, x1, state: span === null ? null : states[spans.state.get(span)]! }
  }
  return { next, first: () => next(left - away) }
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
