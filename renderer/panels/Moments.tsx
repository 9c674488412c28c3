/** Below the table of tasks: what the chart's marks say, in order of time. */
import { t } from '../locales'
import { tableSeconds } from '../model/format'
import type { RunStore } from '../model/runStore'
import { slowFrames } from '../state'
import { momentsOf } from '../state/moments'

/** More would be read by nobody; the count of the others is said. */
const atMost = 100

export function Moments({ store }: { readonly store: RunStore }) {
  slowFrames.value
  const words = t().moments
  const { moments, all } = momentsOf(store, atMost)
  if (all === 0) return null
  return (
    <section class="moments" aria-label={words.title}>
      <h3>{words.title}</h3>
      {all > moments.length && <p class="more">{words.more(all - moments.length)}</p>}
      <ol start={all - moments.length + 1}>
        {moments.map(({ seconds, lane, text, alert }, index) => (
          <li key={all - moments.length + index} class={alert ? 'alert' : undefined}>
            <span class="at">{tableSeconds(seconds)}</span>
            <span class="lane">{lane}</span>
            <span class="what">{text}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
