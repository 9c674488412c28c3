/** What is under the pointer or the arrows, in words. Moves with them and never leaves the window. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { TipAt } from './stageTypes'
import type { TimelineRun } from './timelineRun'
import { type Tip, tipOf } from './tipText'
import { runOf } from './under'
import type { TimelineWords } from './words'

interface Props {
  /** Is given what shows and hides the tooltip, so that moving it draws nothing else anew. */
  readonly show: { current: (tip: TipAt | null) => void }
  readonly runs: readonly TimelineRun[]
  readonly words: TimelineWords
  /** Of the chart, CSS px. */
  readonly height: number
  readonly frame: { readonly current: HTMLElement | null }
  /** Says to a screen reader what the arrows have come to: an element that comes with its text is not read. */
  readonly say: (text: string) => void
}

/** Between pointer and tooltip, and between tooltip and the window's edge, CSS px. */
const away = 14
const edge = 8

export function Tooltip({ show, runs, words, height, frame, say }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [tip, setTip] = useState<TipAt | null>(null)
  show.current = setTip
  const run = runs.find(({ id }) => id === (tip && runOf(tip.about)))
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
  const said = tip && run ? tipOf(run.store, tip.about, words) : null
  const spoken = said && tip?.byKeyboard ? sentenceOf(said) : ''
  useEffect(() => {
    if (spoken !== '') say(spoken)
  }, [spoken])
  if (!tip || !said) return null
  return (
    <div class="timeline-tip" ref={box} role="tooltip">
      <p class="head">
        <b>{said.title}</b>
        {said.kind !== null && <span>{said.kind}</span>}
      </p>
      <dl>
        {said.lines.map(([name, value, alert]) => (
          <>
            <dt>{name}</dt>
            <dd class={alert ? 'alert' : ''}>{value}</dd>
          </>
        ))}
      </dl>
      {said.below.map((text) => (
        <p key={text} class="more">
          {text}
        </p>
      ))}
    </div>
  )
}

const sentenceOf = ({ title, kind, lines, below }: Tip) =>
  [kind === null ? title : `${title} ${kind}`, ...lines.map(([name, value]) => `${name} ${value}`), ...below].join(', ')
