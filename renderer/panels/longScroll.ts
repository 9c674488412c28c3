/**
 * A list that is higher than an element can be (33,554,432 device px in Chromium: 1.2 million rows, half of that at ratio 2): what is beyond is
 * hidden above or below. A small move goes as far as anywhere, a large one, of the thumb, to the same share of the list.
 */

/** As `--row` in the tokens, CSS px. */
export const rowHeight = 28
/** CSS px, also at ratio 3 and zoomed in to 250 %; whole rows. */
export const highest = 142_857 * rowHeight

export interface Scrolled {
  /** Of the element. */
  readonly top: number
  /** How much of the list is hidden above: whole rows, so that none is cut where there is no room above. */
  readonly hidden: number
}

/** CSS px. */
export interface Heights {
  /** Of all rows. */
  readonly rows: number
  /** Of which the element shows a part. */
  readonly sight: number
  /** As far as the element scrolls over rows; what stands below them comes after. */
  readonly most: number
}

/** `head`: what covers the top of the element, CSS px. */
export const heightsOf = (rows: number, sight: number, head: number): Heights => ({
  rows,
  sight,
  most: Math.max(0, Math.min(rows, highest) + head - sight),
})

/** How much of the list an element has no room for. */
export const beyond = (rows: number) => Math.max(0, rows - highest)

/** The element was scrolled to `top`. */
export function scrolledTo(before: Scrolled, top: number, { rows, sight, most }: Heights): Scrolled {
  const all = beyond(rows)
  if (top <= 0) return { top, hidden: 0 }
  // At odd ratios it may stand half a pixel before its end.
  if (top > most - 1) return { top, hidden: all }
  const isSmall = Math.abs(top - before.top) <= 2 * sight
  return { top, hidden: Math.min(all, isSmall ? before.hidden : wholeRows((top / most) * all)) }
}

/** Where the element must stand so that `place` of the list is at the top of what is seen; at its end where the list ends before. */
export function scrolledSo(place: number, { rows, most }: Heights): Scrolled {
  const all = beyond(rows)
  const inside = Math.min(Math.max(place, 0), most + all)
  const hidden = all === 0 ? 0 : wholeRows((inside * all) / (most + all))
  return inside - hidden > most ? { top: most, hidden: all } : { top: inside - hidden, hidden }
}

const wholeRows = (height: number) => Math.floor(height / rowHeight) * rowHeight
