/** What is drawn on and between bars: strips, messages, main's end, joins, lost marks, uncertainty, totals. Device px. */
import { type Measures, type Pen, polygon, polyline, px, rect, setFont, type Token, text } from './pen'

/** Alerts, from the least to the most urgent: in a strip of one pixel the most urgent is seen. */
export const alerts = ['cancelled', 'loopBlocked', 'killed', 'failed'] as const
export type Alert = (typeof alerts)[number]
export const alertToken: Readonly<Record<Alert, Token>> = {
  cancelled: 'cancelled',
  loopBlocked: 'sleeping',
  killed: 'killed',
  failed: 'failed',
}

/** A strip that is thinner is overlooked, CSS px. */
export const leastStrip = ({ size }: Measures) => (size.lane >= 28 ? 3 : 2)

/** Below the slot. */
export function drawStrip(pen: Pen, m: Measures, top: number, x0: number, x1: number, alert: Alert): void {
  rect(pen, x0, top + m.stripTop, Math.max(px(pen, leastStrip(m)), x1 - x0), m.strip, pen.colours[alertToken[alert]])
}

/** From its middle to its sides, CSS px. */
export const messageReach = ({ size }: Measures) => (size.lane >= 44 ? 6 : size.lane >= 28 ? 5 : 4)

/** A triangle on a stem: an item of a queue reached this lane. */
export function drawMessage(pen: Pen, m: Measures, top: number, x: number): void {
  const { lane } = m.size
  const half = px(pen, messageReach(m))
  const tall = px(pen, lane >= 44 ? 8 : lane >= 28 ? 7 : 6)
  const stem = Math.max(1, Math.round(1.5 * pen.ratio))
  const y = top + m.slotTop - px(pen, 2)
  const { ink, surface } = pen.colours
  rect(pen, x - Math.floor(stem / 2), y, stem, m.slot + px(pen, 3), ink)
  const middle = x - Math.floor(stem / 2) + stem / 2
  // A thin edge of paper keeps neighbouring triangles apart.
  polygon(pen, [middle - half - 1, y - 1, middle + half + 1, y - 1, middle, y + tall + 2], surface)
  polygon(pen, [middle - half, y, middle + half, y, middle, y + tall], ink)
}

/** Where a message's label stands and how wide it is, so that the caller can see whether there is room. */
export const messageLabel = { size: 12, away: 10 }

export interface Flag {
  readonly x: number
  /** Top and bottom of the line. The flag is above the top. */
  readonly top: number
  readonly bottom: number
  readonly text: string
  /** Flies to the left, for there is no room at the right. */
  readonly left: boolean
}
const flagHeight = 18
const flagSize = 12

/** Device px, without the notch's tips. */
export function flagWidth(pen: Pen, label: string): number {
  setFont(pen, flagSize, 600)
  return Math.ceil(pen.g.measureText(label).width) + px(pen, 21)
}

/** Main's end: a line through the programme's lanes with a flag. */
export function drawFlag(pen: Pen, flag: Flag): void {
  const { ink, surface } = pen.colours
  const line = Math.max(1, Math.round(1.5 * pen.ratio))
  const width = flagWidth(pen, flag.text) * (flag.left ? -1 : 1)
  const notch = px(pen, 5) * (flag.left ? -1 : 1)
  const height = px(pen, flagHeight)
  const y = flag.top - height - px(pen, 2)
  const x = flag.left ? flag.x + line : flag.x
  rect(pen, flag.x, y, line, flag.bottom - y, ink)
  polygon(pen, [x, y, x + width, y, x + width - notch, y + height / 2, x + width, y + height, x, y + height], ink)
  setFont(pen, flagSize, 600)
  const inset = px(pen, 7)
  text(pen, flag.left ? x - inset : x + inset, y + px(pen, 13), flag.text, surface, flag.left ? 'right' : 'left')
}

/** Where stacked runs end: a line with the total beside it. Returns the pixels that its label takes. */
export function drawTotal(pen: Pen, x: number, top: number, bottom: number, label: string, left: boolean, size: 13 | 15): void {
  const line = Math.max(1, Math.round(1.5 * pen.ratio))
  rect(pen, x, top, line, bottom - top, pen.colours.ink)
  setFont(pen, size, 600)
  const away = px(pen, 8)
  text(pen, left ? x - away : x + line + away, top + px(pen, 14), label, pen.colours.ink, left ? 'right' : 'left')
}

/** Arrow between two ends with the difference in its middle, in the first of the words that fit. False: none does. */
export function drawDifference(pen: Pen, x0: number, x1: number, y: number, words: readonly string[], size: 13 | 15): boolean {
  setFont(pen, size, 600)
  const [from, to] = [x0 + px(pen, 6), x1 - px(pen, 5)]
  const head = px(pen, 6)
  const widthOf = (label: string) => pen.g.measureText(label).width + px(pen, 20)
  const label = words.find((one) => to - from >= widthOf(one) + 4 * head)
  if (label === undefined) return false
  const width = widthOf(label)
  const colour = pen.colours['ink-2']
  const line = 1.5 * pen.ratio
  const middle = (from + to) / 2
  rect(pen, middle - width / 2, y - px(pen, size - 3), width, px(pen, 2 * size - 6), pen.colours.surface)
  polyline(pen, [from, y, middle - width / 2, y], colour, line)
  polyline(pen, [middle + width / 2, y, to, y], colour, line)
  polyline(pen, [from + head, y - head + 1, from, y, from + head, y + head - 1], colour, line)
  polyline(pen, [to - head, y - head + 1, to, y, to - head, y + head - 1], colour, line)
  text(pen, middle, y + px(pen, 5), label, pen.colours.ink, 'center')
  return true
}

/** From the end of the joined thread to the bracket that it closed. */
export function drawElbow(pen: Pen, fromX: number, fromY: number, toX: number, toY: number): void {
  const line = 1.5 * pen.ratio
  const tip = toX + px(pen, 3)
  const out = Math.max(fromX, tip) + px(pen, 12)
  const head = px(pen, 5)
  for (const [colour, width] of [
    [pen.colours.surface, line + 3 * pen.ratio],
    [pen.colours.ink, line],
  ] as const) {
    polyline(pen, [fromX, fromY, out, fromY, out, toY, tip, toY], colour, width)
    polyline(pen, [tip + head, toY - head + 1, tip, toY, tip + head, toY + head - 1], colour, width)
  }
}

/** The end lies between the tips. */
export function drawWhisker(pen: Pen, m: Measures, top: number, x0: number, x1: number): void {
  const small = m.size.lane < 28
  const line = small ? px(pen, 1) : 1.5 * pen.ratio
  const tip = px(pen, small ? 3 : 4)
  const y = Math.floor(top + m.slotTop + m.slot / 2) + (small ? 0.5 : 0)
  const [a, b] = [x0 + line / 2, x1 - line / 2]
  for (const [colour, width] of [
    [pen.colours.surface, line + (small ? 2 : 3) * pen.ratio],
    [pen.colours.ink, line],
  ] as const) {
    polyline(pen, [a, y - tip, a, y + tip], colour, width)
    polyline(pen, [b, y - tip, b, y + tip], colour, width)
    polyline(pen, [a, y, b, y], colour, width)
  }
}

/** Marks were lost here: what happened is unknown. Thin lines "\\" in a dashed frame over the whole lane, and no bar through it. */
export function drawLost(
  pen: Pen,
  m: Measures,
  lost: { top: number; x0: number; x1: number; left: number; right: number },
): void {
  const { g } = pen
  const { top, x0, x1 } = lost
  const [y, height] = [top + px(pen, 1), px(pen, m.size.lane) - px(pen, 3)]
  const line = px(pen, 1)
  const [from, to] = [Math.max(x0, lost.left), Math.min(x1, lost.right)]
  rect(pen, from, top, to - from, px(pen, m.size.lane) - line, pen.colours.surface)
  g.save()
  g.beginPath()
  g.rect(from, y, to - from, height)
  g.clip()
  g.strokeStyle = pen.colours['ink-3']
  g.lineWidth = line
  g.beginPath()
  const step = 6 * Math.SQRT2 * pen.ratio
  // From its own first pixel on, so that the lines move with it, and only where it can be seen.
  for (let x = x0 - height + Math.max(0, Math.floor((from - x0) / step)) * step; x < to; x += step) {
    g.moveTo(x, y)
    g.lineTo(x + height, y + height)
  }
  g.stroke()
  g.setLineDash([px(pen, 3), px(pen, 2)])
  const [a, b] = [Math.max(x0, from - 100), Math.min(x1, to + 100)]
  g.strokeRect(a + line / 2, y + line / 2, b - a - line, height - line)
  g.restore()
}
