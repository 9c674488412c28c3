/** The main area for one programme: heading, queue, chart, key, sentence, and the panels below. */

import { useRef } from 'preact/hooks'
import type { ScenarioInfo } from '#protocol/catalogue'
import { t } from '../locales'
import { panelsOpen, type RunView, viewport } from '../state'
import { isLive, shown } from '../state/derived'
import { ChartArea, ChartKey, ChartLevels } from './ChartArea'
import { Heading } from './Heading'
import { Journey } from './Journey'
import { Panes } from './Panes'
import { RedisHelp } from './RedisFault'
import { RedisPanel } from './RedisPanel'
import { SentenceLine } from './SentenceLine'
import { useChartHeight } from './useChartHeight'
import { WatchPanel } from './WatchPanel'

/** Tabs, table head and three rows: what a table needs to be one; two rows in a low window. */
const panesHeight = 160
const panesHeightLow = 120
const low = 760
/** Three short texts beside one another. */
const helpHeight = 116

export function Programme({ scenario }: { readonly scenario: ScenarioInfo }) {
  const main = useRef<HTMLElement>(null)
  const run = shown.value[0]
  const help = scenario.source === 'redis' && run !== undefined && hasNoQueueYet(run)
  const below = help ? helpHeight : viewport.value.height < low ? panesHeightLow : panesHeight
  const height = useChartHeight(main, panelsOpen.value ? below : 0)
  return (
    <main class="main" ref={main} id="main" aria-label={t().app.main}>
      <div data-fixed>
        <Heading scenario={scenario} />
        {scenario.source === 'redis' && <RedisPanel scenario={scenario} run={run} />}
        {scenario.source === 'watch' && <WatchPanel run={run} />}
      </div>
      <ChartArea height={height} />
      <div data-fixed>
        <ChartLevels />
        <ChartKey />
        <SentenceLine />
        {scenario.source && <Journey run={run} />}
      </div>
      {panelsOpen.value && (help ? <RedisHelp /> : <Panes scenario={scenario} run={run} />)}
    </main>
  )
}

/** While the queue cannot be had and nothing has come from it, help says more than an empty table. */
function hasNoQueueYet(run: RunView): boolean {
  const status = run.source?.status
  if (!status || !isLive(run)) return false
  return status.phase === 'unreachable' && status.finished + status.failed + status.inFlight === 0
}
