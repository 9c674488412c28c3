/** Which rows of a long table are made: above 500 rows only those in sight and a few more. Rows have one height, so no measuring is needed. */
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { beyond, heightsOf, highest, rowHeight, type Scrolled, scrolledSo, scrolledTo } from './longScroll'

const headHeight = 26
const allUpTo = 500
const around = 12

export interface WindowedRows {
  readonly from: number
  readonly to: number
  /** CSS px, in place of the rows that are not made. */
  readonly above: number
  readonly below: number
  /** The first that can be seen whole. */
  readonly firstInSight: number
  /** Scrolls so far that the row is made and in sight. */
  readonly show: (row: number) => void
}

type Made = Pick<WindowedRows, 'from' | 'to' | 'above' | 'below'>

/** Pure part: the rows to make for a scroll position. */
export function rowsInSight(count: number, { top, hidden }: Scrolled, height: number): Made {
  if (count <= allUpTo) return { from: 0, to: count, above: 0, below: 0 }
  const first = Math.floor((top + hidden) / rowHeight)
  const last = first + Math.ceil(height / rowHeight)
  const room = Math.min(count * rowHeight, highest)
  // None stands outside of the room that there is.
  const from = Math.max(0, hidden / rowHeight, Math.min(first - around, count - 1))
  const to = Math.max(from, Math.min(count, (room + hidden) / rowHeight, last + around))
  return { from, to, above: from * rowHeight - hidden, below: room + hidden - to * rowHeight }
}

export function useWindowedRows(scroller: RefObject<HTMLElement | null>, count: number): WindowedRows {
  const [sight, setSight] = useState({ top: 0, hidden: 0, height: 600 })
  const now = useRef<Scrolled>(sight)
  const exists = count > 0
  const rows = count * rowHeight
  const heights = (element: HTMLElement) => heightsOf(rows, element.clientHeight, headHeight)
  const look = useRef<() => void>(() => undefined)
  look.current = () => {
    const element = scroller.current
    if (!element) return
    now.current = scrolledTo(now.current, element.scrollTop, heights(element))
    setSight({ ...now.current, height: element.clientHeight })
  }
  // The element comes and goes with the first row.
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onScroll = () => look.current()
    onScroll()
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [exists])
  const show = (row: number) => {
    const element = scroller.current
    if (!element) return
    const place = row * rowHeight
    const { top, hidden } = now.current
    const lowest = place + rowHeight + headHeight - element.clientHeight
    const wanted = place < top + hidden ? place : lowest > top + hidden ? lowest : null
    if (wanted === null) return
    now.current = scrolledSo(wanted, heights(element))
    element.scrollTop = now.current.top
    look.current()
  }
  const made = { top: Math.min(sight.top, rows), hidden: Math.min(sight.hidden, beyond(rows)) }
  const firstInSight = Math.min(Math.ceil((made.top + made.hidden) / rowHeight), Math.max(0, count - 1))
  return { ...rowsInSight(count, made, sight.height), firstInSight, show }
}
