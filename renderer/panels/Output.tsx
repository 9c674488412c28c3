/**
 * What the programme printed, with the moment and the thread; a line selects the task that printed it and is lit with it. Follows the newest line
 * while one has not scrolled away from it.
 */
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../locales'
import { tableSeconds } from '../model/format'
import type { Output as Line } from '../model/runStore'
import { type RunView, selection, slowFrames } from '../state'
import { select } from '../state/actions'
import { isLive } from '../state/derived'

/** More lines make a page slow and are read by nobody; the count of the others is said. */
const atMost = 500
const nearEnd = 24

export function Output({ run }: { readonly run: RunView | undefined }) {
  slowFrames.value
  const words = t().code
  const list = useRef<HTMLElement>(null)
  const follows = useRef(true)
  const outputs = run?.store.outputs ?? []
  useEffect(() => {
    const element = list.current
    if (element && follows.current) element.scrollTop = element.scrollHeight
  }, [outputs.length])
  if (!run) return <p class="nothing">{t().idle.output}</p>
  if (outputs.length === 0) return <p class="nothing">{isLive(run) ? t().idle.output : words.nothingPrinted}</p>
  const first = Math.max(0, outputs.length - atMost)
  const onScroll = () => {
    const element = list.current
    if (element) follows.current = element.scrollTop + element.clientHeight > element.scrollHeight - nearEnd
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="output" ref={list} tabIndex={0} aria-label={words.output} onScroll={onScroll}>
      {first > 0 && <p class="more">{words.more(first)}</p>}
      <ol start={first + 1}>
        {outputs.slice(first).map((line, index) => (
          <li key={first + index} class={isSelected(run, line) ? 'lit' : undefined}>
            <span class="at">{tableSeconds(line.seconds)}</span>
            <span class="lane">{run.store.lanes[line.lane]?.name}</span>
            <Text run={run} line={line} />
          </li>
        ))}
      </ol>
    </section>
  )
}

const isSelected = (run: RunView, { task }: Line) =>
  task !== null && selection.value?.run === run.info.id && selection.value.task === task

function Text({ run, line: { task, text } }: { readonly run: RunView; readonly line: Line }) {
  if (task === null) return <span class="line">{text}</span>
  return (
    <button type="button" class="line" onClick={() => select({ run: run.info.id, task })}>
      {text}
    </button>
  )
}
