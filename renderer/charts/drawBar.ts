/**
 * One span as a bar. Height says who holds the thread: full = it is taken, half = it is free. Each state has a pattern beside its colour; under
 * 6 px there is no room for one and the bar is solid. Patterns start at the bar's first pixel, so that they move with it.
 */
import { holdsThread, type State } from '#protocol/vocabulary'
import { type Measures, type Pen, px, rect, type Token } from './pen'

/** CSS px from which a bar has a pattern. */
export const patternFrom = 6

export interface Bar {
  readonly state: State
  /** Device px: first pixel, and the one after the last. */
  readonly x0: number
  readonly x1: number
  /** Top of the lane. */
  readonly top: number
  /** Device px that can be seen; what is outside need not be drawn. */
  readonly left: number
  readonly right: number
  /** It goes on: no right edge. */
  readonly open?: boolean
}

export const fillOf: Readonly<Record<State, Token>> = {
  created: 'ready',
  ready: 'ready',
  running: 'running',
  sleeping: 'sleeping',
  waiting: 'waiting',
  suspended: 'suspended',
}

/** Where the bar of a state begins and how high it is, from the lane's top. */
export const heightOf = (state: State, m: Measures) =>
  holdsThread(state) ? { y: m.slotTop, height: m.slot } : { y: m.slotTop + m.half, height: m.half }

/** Has no pattern, however wide it is. */
export const isSolid = (state: State) => state === 'running' || state === 'suspended'

export function drawBar(pen: Pen, m: Measures, bar: Bar): void {
  const { state, x0, x1 } = bar
  const { y, height } = heightOf(state, m)
  const box: Box = {
    x0,
    x1,
    y: bar.top + y,
    height,
    from: Math.max(x0, bar.left),
    to: Math.min(x1, bar.right),
    open: bar.open === true,
  }
  if (box.to <= box.from) return
  const solid = x1 - x0 < patternFrom * pen.ratio
  if (solid || isSolid(state)) fill(pen, box, fillOf[state])
  else if (state === 'sleeping') sleeping(pen, m, box)
  else if (state === 'waiting') waiting(pen, m, box)
  else hollow(pen, m, box, state === 'created')
}

interface Box {
  readonly x0: number
  readonly x1: number
  readonly y: number
  readonly height: number
  /** What of it can be seen. */
  readonly from: number
  readonly to: number
  readonly open: boolean
}

const fill = (pen: Pen, { from, to, y, height }: Box, token: Token) => rect(pen, from, y, to - from, height, pen.colours[token])

/** Stripes "/", at 45°; on and period are measured across the stripe. */
function sleeping(pen: Pen, m: Measures, box: Box): void {
  const { g, ratio, colours } = pen
  const { x0, y, height, from, to } = box
  const [on, period] = m.size.lane <= 20 ? [2, 5] : m.size.lane <= 44 ? [3, 8] : [4, 11]
  const along = Math.SQRT2 * ratio
  const step = period * along
  fill(pen, box, 'tint-sleeping')
  g.save()
  g.beginPath()
  g.rect(from, y, to - from, height)
  g.clip()
  g.beginPath()
  const first = Math.floor((from - x0 - height - on * along) / step)
  for (let x = x0 + first * step; x < to; x += step) {
    g.moveTo(x, y + height)
    g.lineTo(x + height, y)
    g.lineTo(x + height + on * along, y)
    g.lineTo(x + on * along, y + height)
  }
  g.fillStyle = colours.sleeping
  g.fill()
  g.restore()
  frame(pen, box, px(pen, 1), colours.sleeping)
}

/** A bracket around a dotted line. */
function waiting(pen: Pen, m: Measures, box: Box): void {
  const { x0, x1, y, height, from, to, open } = box
  const { lane } = m.size
  const colour = pen.colours.waiting
  const dot = px(pen, lane >= 44 ? 3 : 2)
  const period = px(pen, lane >= 44 ? 8 : lane >= 28 ? 6 : 5)
  const bracket = px(pen, lane >= 28 ? 2 : 1)
  const foot = Math.min(px(pen, lane >= 44 ? 6 : lane >= 28 ? 5 : 3), Math.floor((x1 - x0) / 2))
  fill(pen, box, 'tint-waiting')
  const begin = x0 + foot + px(pen, 3)
  const end = Math.min(to, open ? x1 : x1 - foot - px(pen, 2))
  const middle = y + Math.floor((height - dot) / 2)
  for (let x = begin + Math.max(0, Math.ceil((from - begin) / period)) * period; x + dot <= end; x += period) {
    rect(pen, x, middle, dot, dot, colour)
  }
  const foots = (x: number, bar: number) => {
    rect(pen, bar, y, bracket, height, colour)
    rect(pen, x, y, foot, bracket, colour)
    rect(pen, x, y + height - bracket, foot, bracket, colour)
  }
  if (x0 >= from - foot) foots(x0, x0)
  if (!open && x1 <= to + foot) foots(x1 - foot, x1 - bracket)
}

/** Outline: solid for ready, dashed for created. */
function hollow(pen: Pen, m: Measures, box: Box, dashed: boolean): void {
  const line = px(pen, m.size.outline)
  fill(pen, box, 'surface')
  if (!dashed) {
    frame(pen, box, line, pen.colours.ready)
    return
  }
  const { g } = pen
  const { x0, x1, y, height, from, to } = box
  const small = m.size.lane <= 20
  g.save()
  g.beginPath()
  g.rect(from, y, to - from, height)
  g.clip()
  g.setLineDash([px(pen, small ? 3 : 4), px(pen, small ? 2 : 3)])
  g.strokeStyle = pen.colours.ready
  g.lineWidth = line
  g.strokeRect(x0 + line / 2, y + line / 2, x1 - x0 - line, height - line)
  g.restore()
}

/** A frame inside the box; sides that cannot be seen are left out. */
function frame(pen: Pen, { x0, x1, y, height, from, to, open }: Box, line: number, colour: string): void {
  rect(pen, from, y, to - from, line, colour)
  rect(pen, from, y + height - line, to - from, line, colour)
  if (x0 >= from) rect(pen, x0, y, line, height, colour)
  if (x1 <= to && !open) rect(pen, x1 - line, y, line, height, colour)
}
