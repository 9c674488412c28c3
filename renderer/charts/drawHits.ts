/** What was found, on a row: a band above its bars, three pixels wide at least, and a frame around what has room for one. Device px. */
import { firstWhere } from '../model/columns'
import type { RowHits } from '../model/searchHits'
import { type Axis, column, timeAt } from './axis'
import { type Measures, type Pen, px, rect } from './pen'

/** From where on a hit is framed, CSS px. */
const framed = 6

/** At most one band for each three pixels, however many there are. `axis`: on the clock of the row's run; `now`: to where what goes on reaches. */
export function drawHits(pen: Pen, m: Measures, hits: RowHits, top: number, axis: Axis, right: number, now: number): void {
  const { starts, ends } = hits
  const least = px(pen, 3)
  const height = Math.max(px(pen, 4), m.slotTop)
  const edge = px(pen, 1)
  const { accent, surface } = pen.colours
  let from = firstWhere(0, ends.length, (i) => ends[i]! >= axis.t0)
  let covered = axis.left
  while (from < starts.length) {
    const start = column(axis, starts[from]!)
    if (start > right) return
    const x0 = Math.max(start, covered)
    const end = Math.min(column(axis, Math.min(ends[from]!, now)), right)
    const x1 = Math.max(end, x0 + least)
    // An edge of paper sets it off from bars of its colour; not towards the band before, which it would cover.
    rect(pen, Math.max(x0 - edge, covered), top, x1 + edge - Math.max(x0 - edge, covered), height + edge, surface)
    rect(pen, x0, top, x1 - x0, height, accent)
    if (end - x0 >= px(pen, framed)) frame(pen, x0, top + m.slotTop, end, top + m.slotBottom)
    covered = x1
    // From here on a time is in the next column.
    const until = timeAt(axis, x1 - 0.5)
    from = firstWhere(from + 1, ends.length, (i) => ends[i]! >= until)
  }
}

function frame(pen: Pen, x0: number, y0: number, x1: number, y1: number): void {
  const line = px(pen, 1)
  const { accent } = pen.colours
  rect(pen, x0, y0, line, y1 - y0, accent)
  rect(pen, x1 - line, y0, line, y1 - y0, accent)
  rect(pen, x0, y1 - line, x1 - x0, line, accent)
}
