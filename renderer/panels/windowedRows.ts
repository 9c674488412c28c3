/** Which rows of a long table are made: above 500 rows only those in sight and a few more. Rows have one height, so no measuring is needed. */
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** As `--row` in the tokens. */
export const rowHeight = 28
const headHeight = 26
const allUpTo = 500
const around = 12

export interface WindowedRows {
  readonly from: number
  readonly to: number
  /** The first that can be seen whole. */
  readonly firstInSight: number
  /** Scrolls so far that the row is made and in sight. */
  readonly show: (row: number) => void
}

/** Pure part: the rows to make for a scroll position. */
export function rowsInSight(count: number, scrollTop: number, height: number): { from: number; to: number } {
  if (count <= allUpTo) return { from: 0, to: count }
  const first = Math.floor(scrollTop / rowHeight)
  const from = Math.max(0, Math.min(first - around, count - 1))
  return { from, to: Math.min(count, first + Math.ceil(height / rowHeight) + around) }
}

export function useWindowedRows(scroller: RefObject<HTMLElement | null>, count: number): WindowedRows {
  const [sight, setSight] = useState({ top: 0, height: 600 })
  const exists = count > 0
  // The element comes and goes with the first row.
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => setSight({ top: element.scrollTop, height: element.clientHeight })
    look()
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [exists])
  const show = (row: number) => {
    const element = scroller.current
    if (!element) return
    const top = row * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeight + headHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight + headHeight - element.clientHeight
  }
  const firstInSight = Math.min(Math.ceil(sight.top / rowHeight), Math.max(0, count - 1))
  return { ...rowsInSight(count, sight.top, sight.height), firstInSight, show }
}
