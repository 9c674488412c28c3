/** What is under the pointer or the arrows, in words. Moves with them and never leaves the window. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { states } from '#protocol/vocabulary'
import { prose, tableSeconds } from '../model/format'
import type { RunStore } from '../model/runStore'
import type { Spot } from './hit'
import type { TipAt } from './stage'
import type { TimelineRun } from './timelineRun'
import type { TimelineWords } from './words'

interface Props {
  /** Is given what shows and hides the tooltip, so that moving it draws nothing else anew. */
  readonly show: { current: (tip: TipAt | null) => void }
  readonly runs: readonly TimelineRun[]
  readonly words: TimelineWords
  /** Of the chart, CSS px. */
  readonly height: number
  readonly frame: { readonly current: HTMLElement | null }
}

/** Between pointer and tooltip, and between tooltip and the window's edge, CSS px. */
const away = 14
const edge = 8

export function Tooltip({ show, runs, words, height, frame }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [tip, setTip] = useState<TipAt | null>(null)
  show.current = setTip
  const run = runs.find(({ id }) => id === tip?.spot.run)
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !frame.current || !tip) return
    const { left, top } = frame.current.getBoundingClientRect()
    const { offsetWidth, offsetHeight } = element
    const right = left + tip.x + away
    const x = right + offsetWidth + edge <= window.innerWidth ? right : left + tip.x - away - offsetWidth
    const below = top + tip.y + (tip.byKeyboard ? 2 : away)
    const y = below + offsetHeight + edge <= window.innerHeight ? below : top + Math.min(tip.y, height) - away - offsetHeight
    element.style.left = `${Math.max(edge, x)}px`
    element.style.top = `${Math.max(edge, y)}px`
  })
  if (!tip || !run || tip.spot.task >= run.store.taskCount) return null
  const lines = linesOf(run.store, tip.spot, words)
  return (
    <div class="timeline-tip" ref={box} role={tip.byKeyboard ? 'status' : 'tooltip'}>
      <p class="head">
        <b>{run.store.nameOf(tip.spot.task)}</b>
        {tip.spot.span !== null && <span>{words.states[states[run.store.spans.state.get(tip.spot.span)]!]}</span>}
      </p>
      <dl>
        {lines.map(([name, value, alert]) => (
          <>
            <dt>{name}</dt>
            <dd class={alert ? 'alert' : ''}>{value}</dd>
          </>
        ))}
      </dl>
      {tip.spot.more > 0 && <p class="more">{words.tooltip.more(tip.spot.more)}</p>}
    </div>
  )
}

type Line = readonly [name: string, value: string, alert?: boolean]

function linesOf(store: RunStore, { span, task }: Spot, { tooltip, ends, units }: TimelineWords): Line[] {
  const row = store.task(task)
  const lines: Line[] = []
  const lasted = span === null ? 1 : store.spans.lengthOf(span, store.now)
  // From and to must not read the same.
  const seconds = (time: number) => `${lasted < 0.01 ? time.toFixed(6) : tableSeconds(time)}\u00a0${units.s}`
  if (span !== null) {
    const start = store.spans.start.get(span)
    const open = store.spans.isOpen(span)
    const end = store.spans.endAt(span, store.now)
    const what = store.labelOf(span)
    lines.push([tooltip.from, seconds(start)], [tooltip.to, open ? tooltip.still : seconds(end)])
    lines.push([tooltip.lasted, prose(lasted, units)])
    const waits = states[store.spans.state.get(span)] === 'waiting'
    if (what !== '') lines.push([waits ? tooltip.waitsFor : tooltip.does, what])
  }
  if (row.end !== null) {
    const time = row.finished === null ? '' : ` ${seconds(row.finished)}`
    lines.push([tooltip.end, `${ends[row.end]}${time}`, row.end === 'failed'])
  }
  if (row.error !== '') lines.push([tooltip.error, row.error, true])
  return lines
}
