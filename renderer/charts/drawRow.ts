/** One row of a run: its bars, then what is too narrow for a bar, then ends and alerts, so that no alert is ever covered. */
import { none } from '#protocol/frame'
import { type End, ends, holdsThread, type LaneKind, states } from '#protocol/vocabulary'
import { firstWhere } from '../model/columns'
import type { LaneRow } from '../model/laneLayout'
import type { Blocked } from '../model/loopBlocked'
import type { RunStore } from '../model/runStore'
import type { SubRow } from '../model/subRows'
import { goesOn } from '../model/taskTable'
import { type Axis, column, wholePixel } from './axis'
import { Cells } from './cells'
import { type Bar, drawBar, fillOf, heightOf, patternFrom } from './drawBar'
import { drawEnd, stripOf } from './drawEnd'
import { type Alert, alerts, drawLost, drawStrip, drawWhisker } from './drawMarks'
import { noteReach } from './drawMoments'
import { drawLabel, type LabelAbout, labelsFor, type Taken } from './labels'
import { type Lost, widestFree } from './lost'
import { type Measures, type Pen, px, rect, setFont, text } from './pen'
import type { TimelineWords } from './words'

export interface RowPicture {
  readonly store: RunStore
  readonly head: LaneRow
  readonly row: SubRow
  /** Device px of the lane's top. */
  readonly top: number
  readonly axis: Axis
  /** Device px between which anything is drawn. */
  readonly left: number
  readonly right: number
  /** Programme seconds to which open spans reach. */
  readonly now: number
  /** Column of main's end, which runs through all rows; null: not drawn. */
  readonly line: number | null
  /** Blocked stretches of this row's tasks. */
  readonly blocked: readonly Blocked[]
  /** Where marks of its lane were lost. */
  readonly lost: readonly Lost[]
  /** Columns of the notes on it: no word may run into one. */
  readonly notes: readonly number[]
}

const cells = new Cells()

/** Returns where labels stand on the bars, for what is written into the same lane later. */
export function drawRow(pen: Pen, m: Measures, words: TimelineWords, picture: RowPicture): Taken[] {
  const { store, row, axis, left, right, top } = picture
  const { spans } = store
  const narrow = patternFrom * pen.ratio
  const labelled: { readonly bar: Bar; readonly about: LabelAbout; readonly task: number }[] = []
  cells.reset(right - left)
  // The one loop that sees every span: no generator and one map per edge, which halves its time.
  const scale = (axis.right - axis.left) / (axis.t1 - axis.t0)
  const count = row.spans.length
  for (let i = firstVisible(picture); i < count; i++) {
    const span = row.spans.get(i)
    const start = axis.left + (spans.start.get(span) - axis.t0) * scale
    if (start >= right) break
    const until = spans.endAt(span, picture.now)
    const end = axis.left + (until - axis.t0) * scale
    const x0 = wholePixel(start)
    const x1 = Math.max(x0 + 1, wholePixel(end))
    const code = spans.state.get(span)
    if (x1 - x0 < narrow) {
      const [from, to] = [Math.max(x0, left), Math.min(x1, right)]
      if (to > from) cells.add(code, from - left, to - left, start - left, end - left)
      continue
    }
    const bar = { state: states[code]!, x0, x1, top, left, right, open: spans.isOpen(span) }
    drawBar(pen, m, bar)
    if (m.size.label === 0) continue
    labelled.push({ bar, about: aboutSpan(picture, span, until), task: spans.task.get(span) })
  }
  for (const { from, to, state } of cells.runs()) {
    const { y, height } = heightOf(state, m)
    rect(pen, left + from, top + y, to - from, height, pen.colours[fillOf[state]])
  }
  // Over what the bars claim, and under the ends: those were not lost.
  for (const { x0, x1 } of picture.lost) drawLost(pen, m, { top, x0, x1, left, right })
  drawAlerts(pen, m, picture)
  // Last, for a whisker may run through the whole bar: the words stand on it.
  const labels: Taken[] = []
  const beside = px(pen, noteReach(m) + 2)
  const covered = [...picture.lost, ...picture.notes.map((x) => ({ x0: x - beside, x1: x + beside }))].sort((a, b) => a.x0 - b.x0)
  let named = -1
  for (const { bar, about, task } of labelled) {
    // In a row of many tasks the label is the task's name: once per task is enough.
    if (about.row === 'tasks' && task === named) continue
    const [from, to] = widestFree(Math.max(bar.x0, left), Math.min(bar.x1, right), covered)
    const label = drawLabel(pen, m, { ...bar, left: from, right: to }, labelsFor(about, words), picture.line)
    if (label) named = task
    if (label && holdsThread(bar.state)) labels.push(label)
  }
  return labels
}

type Window = Pick<RowPicture, 'store' | 'row' | 'axis' | 'left' | 'right' | 'now'>

const firstVisible = ({ store, row, axis, left, now }: Window) =>
  firstWhere(0, row.spans.length, (i) => column(axis, store.spans.endAt(row.spans.get(i), now)) >= left)

/** Spans of the row that touch the picture, by time. */
export function* visibleSpans(window: Window): Generator<number, void, undefined> {
  const { store, row, axis, right } = window
  for (let i = firstVisible(window); i < row.spans.length; i++) {
    const span = row.spans.get(i)
    if (column(axis, store.spans.start.get(span)) >= right) break
    yield span
  }
}

function aboutSpan(picture: RowPicture, span: number, end: number): LabelAbout {
  const { store, head, blocked } = picture
  const { spans } = store
  const start = spans.start.get(span)
  const task = spans.task.get(span)
  const { kind } = store.lanes[head.lane]!
  return {
    state: states[spans.state.get(span)]!,
    task: store.nameOf(task),
    row: rowOf(kind, head.kind),
    what: store.labelOf(span),
    lasted: spans.isOpen(span) ? null : end - start,
    holds: blocked.some((b) => b.task === task && b.start < end && b.end > start),
    first: kind === 'loop' && head.sub === 0,
  }
}

function rowOf(lane: LaneKind, head: LaneRow['kind']): LabelAbout['row'] {
  if (head === 'onLoop' || head === 'onServer') return 'task'
  return lane === 'loop' || lane === 'server' || lane === 'process' ? 'tasks' : 'thread'
}

interface AlertAt {
  readonly task: number
  readonly end: End
  readonly x0: number
  readonly x1: number
}

/** Ends, strips, whiskers and errors of the row's tasks. Strips of one pixel column show the most urgent, caps only where they do not overlap. */
function drawAlerts(pen: Pen, m: Measures, picture: RowPicture): void {
  const { axis, top, left, right, blocked } = picture
  const found = visibleAlerts(picture)
  const strips = new Map<Alert, [from: number, to: number][]>(alerts.map((alert) => [alert, []]))
  let free = -Infinity
  found.forEach((alert, i) => {
    const { end, task, x0, x1 } = alert
    if (end === 'finished' || end === 'pending') {
      drawEnd(pen, m, { ...alert, state: stateAtEnd(picture, task), top })
      return
    }
    // A shape is left out where it would cover the one before it. Its strip never is.
    const crowded = x0 < free && x1 - x0 < px(pen, 12)
    const width = crowded ? px(pen, 3) : stripOf(pen, m, end)
    const inside = x1 - x0 >= 2 * width
    // Before the torn edge, which is what the eye must find.
    const earliest = end === 'killed' ? column(axis, picture.store.tasks.earliest.get(task)) : x1
    if (x1 - earliest >= px(pen, 6)) drawWhisker(pen, m, top, earliest, x1)
    if (!crowded) free = drawEnd(pen, m, { ...alert, state: stateAtEnd(picture, task), top })
    // Under the shape, which stands beside a bar that is too short for it.
    const from = inside ? x1 - width : crowded ? x1 - 1 : Math.max(x0, free - width)
    strips.get(end)!.push([from, Math.min(from + width, right)])
    if (crowded) return
    if (end === 'failed') drawError(pen, m, picture, alert, free, found[i + 1]?.x0 ?? right)
  })
  for (const { start, end } of blocked) {
    const [x0, x1] = [Math.max(column(axis, start), left), Math.min(column(axis, end), right)]
    if (column(axis, end) >= left && x0 < right) strips.get('loopBlocked')!.push([x0, x1])
  }
  for (const alert of alerts) for (const [from, to] of strips.get(alert)!) drawStrip(pen, m, top, from, to, alert)
}

function visibleAlerts({ store, row, axis, left, right, now }: RowPicture): AlertAt[] {
  const { tasks, spans } = store
  const lastX = (task: number) => {
    const span = tasks.lastSpan.get(task)
    return column(axis, span === none ? tasks.endTime.get(task) : Math.max(spans.endAt(span, now), tasks.endTime.get(task) || 0))
  }
  // Shapes beside a bar reach up to 22 px beyond it.
  const first = firstWhere(0, row.tasks.length, (i) => lastX(row.tasks[i]!) >= left - 64)
  const found: AlertAt[] = []
  for (let i = first; i < row.tasks.length; i++) {
    const task = row.tasks[i]!
    if (column(axis, tasks.startOf(task)) >= right) break
    const code = tasks.end.get(task)
    const end = code === goesOn ? 'finished' : ends[code]!
    if (end === 'finished') continue
    const x1 = lastX(task)
    const span = tasks.lastSpan.get(task)
    const x0 = Math.min(span === none ? x1 : column(axis, spans.start.get(span)), x1)
    if (x1 < right + 64) found.push({ task, end, x0, x1: span === none ? x1 : Math.max(x1, x0 + 1) })
  }
  return found
}

function stateAtEnd({ store }: RowPicture, task: number) {
  const span = store.tasks.lastSpan.get(task)
  return span === none ? null : states[store.spans.state.get(span)]!
}

/** The error beside its cap, where the row has room for it before the next bar. */
function drawError(pen: Pen, m: Measures, picture: RowPicture, { task }: AlertAt, from: number, nextAlert: number): void {
  const { store, row, axis, right, top } = picture
  const error = store.strings[store.tasks.error.get(task)] ?? ''
  if (m.size.label === 0 || error === '') return
  const next = row.tasks[row.tasks.indexOf(task) + 1]
  const until = Math.min(right, nextAlert, next === undefined ? Infinity : column(axis, store.tasks.startOf(next)))
  setFont(pen, 12, 600)
  const x = from + px(pen, 9)
  if (x + pen.g.measureText(error).width + px(pen, 8) > until) return
  text(pen, x, top + m.slotTop + Math.round(m.slot / 2 + 12 * pen.ratio * 0.36), error, pen.colours['alert-text'])
}
