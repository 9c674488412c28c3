/** The pictures of the legend: made-up bars, drawn by the functions of the chart. */
import { type End, type State, stateCode } from '#protocol/vocabulary'
import { exact } from '../model/format'
import { Cells } from './cells'
import { drawBar, fillOf, heightOf } from './drawBar'
import { drawEnd, stripOf } from './drawEnd'
import { type Alert, drawElbow, drawFlag, drawLost, drawMessage, drawStrip, drawWhisker } from './drawMarks'
import { drawCallback, drawLoopLife, drawNote } from './drawMoments'
import { drawSign } from './drawSigns'
import { type Measures, type Pen, px, rect } from './pen'
import type { LegendWords, MarkWord } from './words'

export type LegendItem = State | End | MarkWord

/** CSS px. */
export const sampleWidth = 214
const barLeft = 4
const barRight = 190
const flagRoom = 20
const signRoom = 14

export const sampleHeight = (item: LegendItem, lane: 14 | 28) =>
  item === 'mainEnd' ? lane + flagRoom : isSign(item) ? lane + signRoom : item === 'join' ? 2 * lane : lane

const isSign = (item: LegendItem) => item === 'retry' || item === 'push' || item === 'stop'

export function drawSample(pen: Pen, m: Measures, item: LegendItem, words: LegendWords): void {
  const x = (css: number) => Math.round(css * pen.ratio)
  const lane = px(pen, m.size.lane)
  const bar = (state: State, from = barLeft, to = barRight, top = 0) =>
    drawBar(pen, m, { state, x0: x(from), x1: x(to), top, left: 0, right: x(sampleWidth) })
  const rule = (bottom: number) => rect(pen, 0, bottom - px(pen, 1), x(sampleWidth), px(pen, 1), pen.colours.grid)
  const end = (how: End, state: State) => {
    bar(state)
    drawEnd(pen, m, { end: how, state, x0: x(barLeft), x1: x(barRight), top: 0 })
    if (how === 'failed' || how === 'cancelled' || how === 'killed') {
      drawStrip(pen, m, 0, x(barRight) - stripOf(pen, m, how), x(barRight), how)
    }
  }
  rule(item === 'mainEnd' ? lane + x(flagRoom) : isSign(item) ? lane + x(signRoom) : lane)
  switch (item) {
    case 'finished':
    case 'failed':
    case 'cancelled':
    case 'pending':
      end(item, 'suspended')
      break
    case 'killed':
      end(item, 'sleeping')
      break
    case 'loopBlocked':
      bar('sleeping')
      drawStrip(pen, m, 0, x(barLeft), x(barRight), 'loopBlocked')
      break
    case 'mainEnd': {
      const top = x(flagRoom)
      bar('running', barLeft, 60, top)
      drawFlag(pen, { x: x(60), top, bottom: top + lane, text: words.mainEnds(exact(0.003)), left: false })
      break
    }
    case 'join':
      rule(2 * lane)
      bar('waiting', barLeft, 166)
      bar('sleeping', 24, 164, lane)
      drawElbow(pen, x(166), lane + m.slotTop + m.half, x(167), m.slotTop + m.half)
      break
    case 'message':
      bar('waiting')
      drawMessage(pen, m, 0, x(96))
      break
    case 'retry':
    case 'push':
    case 'stop':
      bar(item === 'retry' ? 'sleeping' : 'waiting', barLeft, item === 'stop' ? 96 : barRight, x(signRoom))
      drawSign(pen, item, x(96), x(7))
      break
    case 'loopLife':
      drawLoopLife(pen, m, { top: 0, x0: x(barLeft), x1: x(150), left: 0, right: x(sampleWidth), open: false, first: true })
      bar('suspended', 24, 120)
      break
    case 'callback':
      bar('suspended', barLeft, 96)
      drawCallback(pen, m, x(96), m.slotTop + m.half)
      break
    case 'note':
      bar('suspended')
      drawNote(pen, m, 0, x(96))
      break
    case 'lost':
      bar('suspended', barLeft, 70)
      bar('suspended', 130)
      drawLost(pen, m, { top: 0, x0: x(70), x1: x(130), left: 0, right: x(sampleWidth) })
      break
    case 'uncertainty':
      end('killed', 'sleeping')
      drawWhisker(pen, m, 0, x(164), x(212))
      break
    default:
      bar(item)
  }
}

/** Columns with gaps of a made-up busy lane. */
const busy = [0, 1, 3, 4, 5, 8, 10, 11, 12, 13, 17, 19, 20, 23, 24, 25, 28, 30, 33]

/** What becomes of it at one pixel per bar: a state in the body, an alert in the strip. */
export function drawDense(pen: Pen, m: Measures, item: LegendItem): void {
  const cells = new Cells(44)
  const unit = px(pen, 1)
  const alert = alertOf(item)
  if (alert) for (let i = 0; i < 17; i++) cells.add(stateCode.suspended, 2 * i + 2, 2 * i + 3, 2 * i + 2, 2 * i + 3)
  else for (const column of busy) cells.add(stateCode[item as State], column + 2, column + 3, column + 2, column + 3)
  for (const { from, to, state } of cells.runs()) {
    const { y, height } = heightOf(state, m)
    rect(pen, from * unit, y, (to - from) * unit, height, pen.colours[fillOf[state]])
  }
  if (alert) drawStrip(pen, m, 0, px(pen, 14), px(pen, 14) + px(pen, 3), alert)
}

const alertOf = (item: LegendItem): Alert | null =>
  item === 'failed' || item === 'cancelled' || item === 'killed' || item === 'loopBlocked' ? item : null
