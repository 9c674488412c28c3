/** Moments of a task and the life of a loop: a callback that ran, a note, and from when to when the loop was running. Device px. */
import { type Measures, type Pen, polygon, px, rect } from './pen'

/** From the middle of each drawing to its sides, CSS px. */
export const callbackReach = ({ size }: Measures) => (size.lane >= 44 ? 7 : size.lane >= 28 ? 5 : 4)
export const noteReach = ({ size }: Measures) => (size.lane >= 44 ? 5 : size.lane >= 28 ? 4 : 3)

/** Its middle, from the row's top: at mid-height of the task that called it back, else, as of a gathering, on the band of the loop that called it. */
export const callbackMiddle = (pen: Pick<Pen, 'ratio'>, m: Measures, task: number | null) =>
  task === null ? Math.round(bandHeight(pen, m) / 2) : m.slotTop + m.half

/** A diamond; `y` is its middle. */
export function drawCallback(pen: Pen, m: Measures, x: number, y: number): void {
  const reach = px(pen, callbackReach(m))
  const diamond = (r: number) => [x - r, y, x, y - r, x + r, y, x, y + r]
  // An edge of paper tells it from the bar that it stands on.
  polygon(pen, diamond(reach + px(pen, 2)), pen.colours.surface)
  polygon(pen, diamond(reach), pen.colours.ink)
}

/** A ring on a stem. */
export function drawNote(pen: Pen, m: Measures, top: number, x: number): void {
  const { g } = pen
  const reach = px(pen, noteReach(m))
  const stem = Math.max(1, Math.round(1.5 * pen.ratio))
  const y = top + m.slotTop + reach
  rect(pen, x - Math.floor(stem / 2), y, stem, m.slotBottom - m.slotTop - reach + px(pen, 1), pen.colours.ink)
  const disc = (r: number, colour: string) => {
    g.beginPath()
    g.arc(x - Math.floor(stem / 2) + stem / 2, y, r, 0, 2 * Math.PI)
    g.fillStyle = colour
    g.fill()
  }
  disc(reach + px(pen, 1), pen.colours.surface)
  disc(reach, pen.colours.ink)
  disc(reach - 1.5 * pen.ratio, pen.colours.surface)
}

export interface LoopBand {
  readonly top: number
  readonly x0: number
  readonly x1: number
  /** Where it may be seen. */
  readonly left: number
  readonly right: number
  /** The loop goes on, or went with its thread: no edge at the right. */
  readonly open: boolean
  /** First row of its lane: the band itself; the others have only the line at which it stopped. */
  readonly first: boolean
}

/** How high the band is: it has the space above the slot. */
export const bandHeight = (pen: Pick<Pen, 'ratio'>, { size }: Measures) => px(pen, Math.max(2, size.above - 1))

/** A thin band above the lane's bars while the loop runs; where it stops, a line through all rows of the lane. */
export function drawLoopLife(pen: Pen, m: Measures, { top, x0, x1, left, right, open, first }: LoopBand): void {
  const colour = pen.colours['ink-3']
  const [from, to] = [Math.max(x0, left), Math.min(x1, right)]
  const line = Math.max(1, Math.round(1.5 * pen.ratio))
  if (first) rect(pen, from, top, to - from, bandHeight(pen, m), colour)
  if (first && x0 >= left) rect(pen, x0, top, line, m.slotTop + m.half, colour)
  if (!open && x1 <= right && x1 >= left) rect(pen, x1 - line, top, line, px(pen, m.size.lane) - px(pen, 1), colour)
}
