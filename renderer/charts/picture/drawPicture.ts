/**
 * Draws a whole picture as it is saved: by the functions of the chart, at tolerance 0, on whatever pen it is given: a canvas of any ratio, or one that
 * writes SVG. The axis is drawn here and not by Chart.js, which takes no context but a canvas's own.
 */

import { sizeOf } from '../../model/laneLayout'
import { finderOf } from '../../model/loopBlocked'
import { column, ticksOf } from '../axis'
import { drawItem, widthOf } from '../keyItems'
import { measure, type Pen, px, rect, setFont, text } from '../pen'
import { drawScene } from '../scene'
import { captionEnds, drawHeads, fitted } from './drawHeads'
import { axisFor, keyBase, keySize, measuredSize, type Picture, plotHeight, rangeSize, swatchGap, titleSize } from './plan'

export function drawPicture(pen: Pen, picture: Picture): void {
  const { g, ratio, colours } = pen
  const { about, width, height, left, top, chartWidth } = picture
  const device = (css: number) => Math.round(css * ratio)
  const line = (size: number, weight: 400 | 600, { text: said, y }: Picture['title'], colour: string) => {
    setFont(pen, size, weight)
    text(pen, device(left), device(y), fitted(pen, said, device(chartWidth)), colour)
  }
  rect(pen, 0, 0, device(width), device(height), colours.surface)
  line(titleSize, 600, picture.title, colours.ink)
  line(rangeSize, 400, picture.range, colours['ink-2'])
  g.save()
  g.translate(device(left), device(top))
  drawAxis(pen, picture)
  const now = about.runs.map(({ store }) => store.now)
  const scene = {
    layout: picture.layout,
    words: about.words,
    width: chartWidth,
    scroll: 0,
    now,
    blocked: about.runs.map(({ store }, index) => finderOf(store).find(now[index]!, false)),
    placeholder: [],
    captionEnds: captionEnds(pen, picture),
    tolerance: 0,
    isGrowing: false,
  }
  drawScene(pen, scene, axisFor(picture, ratio))
  // After the scene, which keeps the captions' bands free of the grid.
  drawHeads(pen, picture)
  g.restore()
  drawKey(pen, picture)
  for (const one of picture.measured) line(measuredSize, 400, one, colours['ink-3'])
}

/** Grid, ticks and their words, as the page's chart has them. */
function drawAxis(pen: Pen, picture: Picture): void {
  const { colours, ratio } = pen
  const axis = axisFor(picture, ratio)
  const bottom = Math.round(plotHeight(picture) * ratio)
  const line = px(pen, 1)
  setFont(pen, 12)
  for (const { value, label } of ticksOf(axis.t0, axis.t1, (axis.right - axis.left) / ratio, axis.signed)) {
    const x = column(axis, value)
    rect(pen, x, 0, line, bottom, colours.grid)
    rect(pen, x, bottom, line, px(pen, 5), colours['hairline-strong'])
    text(pen, x, bottom + px(pen, 20), label, colours['ink-2'], 'center')
  }
}

function drawKey(pen: Pen, { key }: Picture): void {
  const { g, ratio, colours } = pen
  const m = measure(pen, sizeOf(14))
  for (const placed of key) {
    g.save()
    g.translate(Math.round(placed.x * ratio), Math.round(placed.y * ratio))
    drawItem(pen, m, placed.item)
    g.restore()
    setFont(pen, keySize)
    const x = placed.x + widthOf(placed.item) + swatchGap
    text(pen, Math.round(x * ratio), Math.round(keyBase(placed) * ratio), placed.word, colours['ink-2'])
  }
}
