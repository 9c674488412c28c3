/** The part of time that is measured, over the bars: its edges, a line from one to the other on the axis, and a tick on each bar whose edge it took. Device px. */
import { type Axis, column } from './axis'
import { axisHeight, type Layout } from './layout'
import type { Marked } from './markedRange'
import { type Measures, type Pen, polyline, px, rect } from './pen'

export function drawRange(pen: Pen, m: Measures, at: { layout: Layout; scroll: number }, axis: Axis, range: Marked): void {
  const { g, colours, ratio } = pen
  const bottom = Math.round((at.layout.visible - axisHeight) * ratio)
  const [a, b] = [column(axis, range.from), column(axis, range.to)]
  const [x0, x1] = [Math.max(a, axis.left), Math.min(b, axis.right)]
  if (x1 < x0) return
  const line = px(pen, 1)
  g.globalAlpha = 0.08
  rect(pen, x0, 0, x1 - x0, bottom, colours['ink-2'])
  g.globalAlpha = 1
  for (const x of [a, b]) if (x >= axis.left && x <= axis.right) rect(pen, x, 0, line, bottom + px(pen, 8), colours.ink)
  const y = bottom + px(pen, 4)
  polyline(pen, [x0, y + 0.5, x1, y + 0.5], colours.ink, line)
  for (const { seconds, row } of range.edges) {
    const x = column(axis, seconds)
    const top = Math.round((row.top - at.scroll) * ratio) + m.slotTop
    rect(pen, x - line, top - px(pen, 2), 3 * line, m.slot + px(pen, 4), colours.surface)
    rect(pen, x - line, top - px(pen, 2), 3 * line, m.slot + px(pen, 4), colours.accent)
  }
}
