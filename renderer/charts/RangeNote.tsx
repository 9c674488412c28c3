/** What is in the part of time that is measured, above it: how long it is, how many tasks, how busy the threads were. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { headWidth } from './layout'
import type { RangeNews } from './markedRange'
import type { TimelineWords } from './words'

interface Props {
  /** Is given what shows and hides it, so that a drag draws nothing else anew. */
  readonly show: { current: (range: RangeNews | null) => void }
  readonly words: TimelineWords
  /** The count of what was found stands at the left. */
  readonly beside: boolean
  readonly clear: () => void
}

/** To the chart's edges, CSS px. */
const edge = 8
const besideHits = 200

export function RangeNote({ show, words, beside, clear }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState<RangeNews | null>(null)
  show.current = setRange
  useLayoutEffect(() => {
    const element = box.current
    const width = element?.parentElement?.clientWidth
    if (!element || !width || !range?.x) return
    const middle = (range.x.left + range.x.right) / 2 - element.offsetWidth / 2
    element.style.left = `${Math.round(Math.max(beside ? besideHits : headWidth, Math.min(middle, width - element.offsetWidth - edge)))}px`
  })
  const said = range && words.range(range)
  return (
    <>
      {said && range.x && (
        <div class="timeline-range" ref={box} data-range>
          <b>{range.lasted}</b>
          <span>{said}</span>
          <button type="button" aria-label={words.clearRange} title={words.clearRange} onClick={clear}>
            ×
          </button>
        </div>
      )}
      <p class="for-readers" role="status">
        {said && !range.dragged ? `${range.lasted}: ${said}` : null}
      </p>
    </>
  )
}
