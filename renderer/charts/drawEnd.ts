/**
 * How a task ended, drawn at the last pixel of its bar over the full slot, whatever the height of its state. A finish is a plain edge. Each of
 * the others has a shape of its own and is drawn beside the bar where that is too narrow to hold it: no end is ever lost.
 */
import type { End, State } from '#protocol/vocabulary'
import { type Batch, inkOf } from './batch'
import { heightOf } from './drawBar'
import { type Measures, type Pen, px, rect } from './pen'

export interface EndAt {
  readonly end: End
  /** State it ended in; null: it never did anything. */
  readonly state: State | null
  /** Device px: first pixel of the last bar, and the one after its last. */
  readonly x0: number
  readonly x1: number
  /** Top of the lane. */
  readonly top: number
}

/** Draws the end; returns the first pixel after everything that was drawn. `beside`: takes what stands beside its bar, on nothing that it would cover. */
export function drawEnd(pen: Pen, m: Measures, at: EndAt, beside?: Batch): number {
  switch (at.end) {
    case 'finished':
      return at.x1
    case 'failed':
      return failed(pen, m, at, beside)
    case 'cancelled':
      return cancelled(pen, m, at, beside)
    case 'killed':
      return killed(pen, m, at, beside)
    case 'pending':
      pending(pen, m, at)
      return at.x1
  }
}

/** How wide the strip under an end is, device px. */
export const stripOf = (pen: Pen, m: Measures, end: End) =>
  end === 'failed' ? px(pen, capOf(m)) : px(pen, m.size.lane >= 44 ? 18 : 14)

const capOf = (m: Measures) => ({ 14: 8, 20: 12, 28: 16, 44: 22, 64: 22 })[m.size.lane]

/** A cap with a cross. */
function failed(pen: Pen, m: Measures, { x0, x1, top }: EndAt, beside: Batch | undefined): number {
  const { lane } = m.size
  const cap = px(pen, capOf(m))
  const left = x1 - x0 >= 2 * cap ? x1 - cap : x1
  const y = top + m.slotTop
  rect(pen, left, y, cap, m.slot, pen.colours.failed)
  const arm = lane <= 14 ? cap * 0.29 : lane <= 20 ? cap * 0.25 : cap * 0.22
  const [cx, cy] = [left + cap / 2, y + m.slot / 2]
  const width = (lane >= 44 ? 2.5 : lane >= 28 ? 2 : 1.3) * pen.ratio
  const colour = pen.colours['on-failed']
  const ink = left === x1 && beside ? beside : inkOf(pen)
  ink.polyline([cx - arm, cy - arm, cx + arm, cy + arm], colour, width)
  ink.polyline([cx + arm, cy - arm, cx - arm, cy + arm], colour, width)
  return left + cap
}

/** A slash, after a gap that cuts the bar parallel to it. */
function cancelled(pen: Pen, m: Measures, { x0, x1, top }: EndAt, beside: Batch | undefined): number {
  const { lane } = m.size
  const lean = px(pen, lane >= 44 ? 12 : lane >= 28 ? 8 : 4)
  const width = px(pen, lane >= 44 ? 6 : lane >= 28 ? 4 : 3)
  const gap = px(pen, lane >= 28 ? 3 : 2)
  const end = x1 - x0 >= lean + width + gap ? x1 : x0 + lean + width + gap
  const y = top + m.slotTop
  const bottom = y + m.slot
  const ink = end !== x1 && beside ? beside : inkOf(pen)
  if (end === x1) ink.polygon([end - lean - width - gap, bottom, end - width - gap, y, end, y, end, bottom], pen.colours.surface)
  ink.polygon([end - lean - width, bottom, end - width, y, end, y, end - lean, bottom], pen.colours.cancelled)
  return end
}

/** A torn edge: teeth cut out of the bar. */
function killed(pen: Pen, m: Measures, { x0, x1, top }: EndAt, beside: Batch | undefined): number {
  const { lane } = m.size
  const teeth = lane >= 64 ? 5 : lane >= 28 ? 4 : 2
  const depth = px(pen, lane >= 44 ? 7 : lane >= 28 ? 5 : 3)
  const width = (lane >= 44 ? 3 : lane >= 28 ? 2.5 : 1.5) * pen.ratio
  const end = x1 - x0 >= 2 * depth ? x1 : x1 + depth
  const y = top + m.slotTop
  const half = m.slot / teeth / 2
  const edge: number[] = []
  for (let i = 0; i <= 2 * teeth; i++) edge.push(end - (i % 2 ? 0 : depth), y + half * i)
  const ink = end !== x1 && beside ? beside : inkOf(pen)
  if (end === x1) ink.polygon([...edge, end + 1, y + m.slot, end + 1, y], pen.colours.surface)
  ink.polyline(edge, pen.colours.killed, width)
  return end + Math.ceil(width / 2)
}

/** The bar thins out in four slices: gaps are cut into its last 28 px. */
function pending(pen: Pen, m: Measures, { x0, x1, top, state }: EndAt): void {
  if (!state || x1 - x0 < px(pen, 40)) return
  const { y, height } = heightOf(state, m)
  let x = x1 - px(pen, 28)
  for (const [gap, slice] of [
    [2, 7],
    [3, 5],
    [3, 3],
    [4, 1],
  ] as const) {
    rect(pen, x, top + y, px(pen, gap), height, pen.colours.surface)
    x += px(pen, gap) + px(pen, slice)
  }
}
