/** Rows of runs: their bars, then what is too narrow for a bar, then ends and alerts, so that no alert is ever covered. */
import { holdsThread, type LaneKind, states } from '#protocol/vocabulary'
import type { LaneRow } from '../model/laneLayout'
import type { Blocked } from '../model/loopBlocked'
import type { RunStore } from '../model/runStore'
import type { SubRow } from '../model/subRows'
import { type Axis, column } from './axis'
import { type Columns, type Covered, drawAlerts } from './drawAlerts'
import { type Bar, drawBar, fillOf, isSolid, patternFrom } from './drawBar'
import { drawLost } from './drawMarks'
import { noteReach } from './drawMoments'
import { GrownRows } from './grownRows'
import { drawLabel, type LabelAbout, labelsFor, type Taken } from './labels'
import { type Lost, widestFree } from './lost'
import { type Measures, type Pen, px } from './pen'
import { RowRaster } from './rowRaster'
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
  /** Device px: nodes that are narrower need not be looked into. 0 for what stands or is saved. */
  readonly tolerance: number
  /** Its run goes on, and it was drawn a moment ago. */
  readonly isGrowing: boolean
}

const raster = new RowRaster()
export const grownRows = new GrownRows()
/** What the ends of each row are drawn from, kept from walking over it to drawing them. */
const kept: Columns[] = []
/** States that fill the slot, by code. */
const isFull = states.map(holdsThread)

/**
 * Rows that are drawn between the same columns. All of them are walked over before the first is finished, so that what is narrow goes onto one sheet. Returns
 * for each where labels stand on its bars, for what is written into the same lane later.
 */
export function drawRows(pen: Pen, m: Measures, words: TimelineWords, pictures: readonly RowPicture[]): Taken[][] {
  const [first] = pictures
  if (!first) return []
  const { left } = first
  const width = first.right - left
  const bodies = pen.columns.begin(width, 2 * pictures.length)
  const walked = pictures.map((picture, i) => {
    const { store, row, isGrowing } = picture
    const view = { ...picture, narrow: patternFrom * pen.ratio }
    if (isGrowing) grownRows.walk(raster, store, row.tree, view)
    else raster.walk(store, row.tree, view)
    keep(i)
    const pixels = bodies.subarray(2 * i * width, 2 * (i + 1) * width)
    const labelled = drawWide(pen, m, picture, pixels)
    const any = paintCells(pen, pixels, raster.cells.states()) || raster.wide.length > 0
    return { any, labelled }
  })
  walked.forEach(({ any }, i) => {
    if (any) pen.columns.draw(pen.g, 2 * i, 2, left, pictures[i]!.top + m.slotTop, m.slot)
  })
  const alerts = pictures.map((picture, i) => {
    // Over what the bars claim, and under the ends: those were not lost.
    for (const { x0, x1 } of picture.lost) drawLost(pen, m, { ...picture, x0, x1 })
    return drawAlerts(pen, m, words, picture, kept[i]!)
  })
  const strips = pen.columns.begin(width, pictures.length)
  const painted = alerts.map(({ strip }, i) => strip.paint(strips.subarray(i * width, (i + 1) * width)))
  painted.forEach((any, i) => {
    if (any) pen.columns.draw(pen.g, i, 1, left, pictures[i]!.top + m.stripTop, m.strip)
  })
  // Last, for a whisker may run through the whole bar: the words stand on it.
  return pictures.map((picture, i) => drawLabels(pen, m, words, picture, walked[i]!.labelled, alerts[i]!.covered))
}

/** After a picture with far more rows than a window shows. */
export function forgetRows(): void {
  kept.length = 0
}

function keep(index: number): void {
  const { bits, endFrom, width } = raster.cells
  const known = kept[index]
  if (known?.width !== width) kept[index] = { bits: bits.slice(), endFrom: endFrom.slice(), width }
  else {
    known.bits.set(bits)
    known.endFrom.set(endFrom)
  }
}

interface Labelled {
  readonly bar: Bar
  readonly about: LabelAbout
  readonly task: number
}

/** Bars that are wide enough for a pattern. Those that are solid all the same go onto the sheet with what is narrow: a call for each would take longer. */
function drawWide(pen: Pen, m: Measures, picture: RowPicture, pixels: Uint32Array): Labelled[] {
  const { store, row, axis, left, right, top, now } = picture
  const { spans } = store
  const width = right - left
  const labelled: Labelled[] = []
  for (const position of raster.wide) {
    const span = row.tree.items.get(position)
    const until = spans.endAt(span, now)
    const code = spans.state.get(span)
    const state = states[code]!
    const x0 = column(axis, spans.start.get(span))
    const x1 = column(axis, until)
    const bar = { state, x0, x1, top, left, right, open: spans.isOpen(span) }
    if (isSolid(state)) {
      const [from, to] = [Math.max(x0, left) - left, Math.min(x1, right) - left]
      const colour = pen.columns.colours[fillOf[state]]
      pixels.fill(colour, width + from, width + to)
      if (isFull[code]) pixels.fill(colour, from, to)
    } else drawBar(pen, m, bar)
    if (m.size.label > 0) labelled.push({ bar, about: aboutSpan(picture, span, until), task: spans.task.get(span) })
  }
  return labelled
}

/** What is narrower, by the state that each column shows, as two cells for each column: full states fill both, half states the lower. False: there is nothing. */
export function paintCells(pen: Pen, pixels: Uint32Array, shown: Int8Array): boolean {
  const { colours } = pen.columns
  const width = shown.length
  const colourOf = states.map((state) => colours[fillOf[state]])
  let any = false
  for (let i = 0; i < width; i++) {
    const code = shown[i]!
    if (code < 0) continue
    any = true
    pixels[width + i] = colourOf[code]!
    if (isFull[code]) pixels[i] = colourOf[code]!
  }
  return any
}

function drawLabels(
  pen: Pen,
  m: Measures,
  words: TimelineWords,
  picture: RowPicture,
  labelled: readonly Labelled[],
  shapes: readonly Covered[],
): Taken[] {
  if (m.size.label === 0) return []
  const { left, right } = picture
  const labels: Taken[] = []
  const beside = px(pen, noteReach(m) + 2)
  const notes = picture.notes.map((x) => ({ x0: x - beside, x1: x + beside }))
  const covered = [...picture.lost, ...notes, ...shapes].sort((a, b) => a.x0 - b.x0)
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
  return lane === 'loop' || lane === 'server' || lane === 'process' || lane === 'worker' ? 'tasks' : 'thread'
}
