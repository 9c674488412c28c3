/** The main area for one programme: heading, queue, chart, key, sentence, and the panels below. */

import { useRef } from 'preact/hooks'
import type { ScenarioInfo } from '#protocol/catalogue'
import { t } from '../locales'
import { panelsOpen, type RunView, viewport } from '../state'
import { isLive, shown } from '../state/derived'
import { ChartArea, ChartKey } from './ChartArea'
import { Heading } from './Heading'
import { Panes } from './Panes'
import { RedisHelp } from './RedisFault'
import { RedisPanel } from './RedisPanel'
import { SentenceLine } from './SentenceLine'
import { useChartHeight } from './useChartHeight'

/** Tabs, table head and three rows: what a table needs to be one; two rows in a low window. */
const panesHeight = 160
const panesHeightLow = 120
const low = 680

export function Programme({ scenario }: { readonly scenario: ScenarioInfo }) {
  const main = useRef<HTMLElement>(null)
  const height = useChartHeight(main, panelsOpen.value ? (viewport.value.height < low ? panesHeightLow : panesHeight) : 0)
  const run = shown.value[0]
  return (
    <main class="main" ref={main} id="main" aria-label={t().app.main}>
      <div data-fixed>
        <Heading scenario={scenario} />
        {scenario.source && <RedisPanel scenario={scenario} run={run} />}
      </div>
      <ChartArea height={height} />
      <div data-fixed>
        <ChartKey />
        <SentenceLine />
      </div>
      {panelsOpen.value && (run && hasNoQueueYet(run) ? <RedisHelp /> : <Panes scenario={scenario} run={run} />)}
    </main>
  )
}

/** While the queue cannot be had and nothing has come from it, help says more than an empty table. */
function hasNoQueueYet(run: RunView): boolean {
  const status = run.source?.status
  if (!status || !isLive(run)) return false
  return status.phase === 'unreachable' && status.finished + status.failed + status.inFlight === 0
}
