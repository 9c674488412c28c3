/**
 * What every drawing function draws with. All of them work in device pixels: sizes are CSS px times the ratio, rounded to whole pixels, because
 * an edge is a measurement and must not be smeared over two of them.
 */
import type { LaneSize } from '../model/laneLayout'
import type { ColumnPainter } from './columnPainter'

/** Colours of style/tokens.css that are drawn with. */
const tokens = [
  'surface',
  'raised',
  'hairline',
  'hairline-strong',
  'grid',
  'ink',
  'ink-2',
  'ink-3',
  'accent',
  'alert-text',
  'ready',
  'running',
  'sleeping',
  'waiting',
  'suspended',
  'failed',
  'killed',
  'cancelled',
  'on-running',
  'on-failed',
  'tint-sleeping',
  'tint-waiting',
] as const
export type Token = (typeof tokens)[number]
export type Colours = Readonly<Record<Token, string>>

/** Reads the tokens of the theme that is on: once per theme, never in a drawing loop. */
export function readColours(): { colours: Colours; font: string } {
  const style = getComputedStyle(document.documentElement)
  const written = tokens.map((token) => [token, style.getPropertyValue(`--${token}`).trim() || '#888888'] as const)
  // A canvas does not know which colours the system forces on the page; an element does.
  const entries = window.matchMedia('(forced-colors: active)').matches ? asForced(written) : written
  return {
    colours: Object.fromEntries(entries) as Colours,
    font: style.getPropertyValue('--font-ui').trim() || 'sans-serif',
  }
}

function asForced(written: readonly (readonly [Token, string])[]): readonly (readonly [Token, string])[] {
  const probe = document.body.appendChild(document.createElement('i'))
  const resolved = written.map(([token, value]) => {
    probe.style.color = value
    return [token, getComputedStyle(probe).color] as const
  })
  probe.remove()
  return resolved
}

export interface Pen {
  readonly g: CanvasRenderingContext2D
  readonly ratio: number
  readonly colours: Colours
  readonly font: string
  readonly columns: ColumnPainter
}

/** CSS px → whole device pixels, at least one. */
export const px = (pen: Pick<Pen, 'ratio'>, css: number) => Math.max(1, Math.round(css * pen.ratio))

export type Weight = 400 | 500 | 600

/** Sets the font; the width of texts that follow is measured with it. Size in CSS px. */
export function setFont(pen: Pen, size: number, weight: Weight = 400): void {
  pen.g.font = `${weight} ${size * pen.ratio}px ${pen.font}`
}

/** `y` is the baseline. */
export function text(pen: Pen, x: number, y: number, what: string, colour: string, align: CanvasTextAlign = 'left'): void {
  pen.g.fillStyle = colour
  pen.g.textAlign = align
  pen.g.textBaseline = 'alphabetic'
  pen.g.fillText(what, x, y)
}

export function rect(pen: Pen, x: number, y: number, width: number, height: number, colour: string): void {
  if (width <= 0 || height <= 0) return
  pen.g.fillStyle = colour
  pen.g.fillRect(x, y, width, height)
}

/** x and y in turn. */
export type Points = readonly number[]

/** A closed shape of straight edges. */
export const polygon = (pen: Pen, points: Points, colour: string) => polygons(pen, [points], colour)

/** Many at once: a call for all of them is several times as fast. None may cover another. */
export function polygons({ g }: Pen, shapes: readonly Points[], colour: string): void {
  g.beginPath()
  for (const points of shapes) {
    trace(g, points)
    g.closePath()
  }
  g.fillStyle = colour
  g.fill()
}

/** An open line. */
export const polyline = (pen: Pen, points: Points, colour: string, width: number) => polylines(pen, [points], colour, width)

/** Many at once. */
export function polylines({ g }: Pen, lines: readonly Points[], colour: string, width: number): void {
  g.beginPath()
  for (const points of lines) trace(g, points)
  g.strokeStyle = colour
  g.lineWidth = width
  g.lineJoin = 'miter'
  g.stroke()
}

function trace(g: CanvasRenderingContext2D, points: Points): void {
  g.moveTo(points[0]!, points[1]!)
  for (let i = 2; i < points.length; i += 2) g.lineTo(points[i]!, points[i + 1]!)
}

/** The parts of one lane in device pixels, measured from the lane's top. */
export interface Measures {
  readonly size: LaneSize
  readonly slotTop: number
  readonly slot: number
  readonly half: number
  readonly slotBottom: number
  readonly stripTop: number
  readonly strip: number
}

export function measure(pen: Pick<Pen, 'ratio'>, size: LaneSize): Measures {
  const slotTop = px(pen, size.above)
  const half = px(pen, size.half)
  const slotBottom = slotTop + 2 * half
  return {
    size,
    slotTop,
    slot: 2 * half,
    half,
    slotBottom,
    stripTop: slotBottom + px(pen, size.gap),
    strip: px(pen, size.strip),
  }
}
