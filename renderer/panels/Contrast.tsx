/** The main area for a contrast: the result, the stacked runs under one axis, and the table that compares them. */

import { useRef } from 'preact/hooks'
import type { ScenarioInfo } from '#protocol/catalogue'
import { t } from '../locales'
import { panelsOpen } from '../state'
import { contrastSet, shown } from '../state/derived'
import { AlignAt } from './AlignAt'
import { ChartArea, ChartKey } from './ChartArea'
import { ContrastHead } from './ContrastHead'
import { ContrastTable } from './ContrastTable'
import { useChartHeight } from './useChartHeight'

/** Two table heads and three rows. */
const tableHeight = 146
/** Stacked runs are the point of the page: they may take more of it than a single run. */
const share = 0.8
/** More runs than these need the whole height to be seen together; then the table is below, a turn of the wheel away. */
const runsWithTable = 2

export function Contrast({ scenario }: { readonly scenario: ScenarioInfo }) {
  const main = useRef<HTMLElement>(null)
  const tableBeside = panelsOpen.value && contrastSet.value.length <= runsWithTable
  const height = useChartHeight(main, tableBeside ? tableHeight : 0, share)
  const runs = shown.value
  return (
    <main class="main stacked" ref={main} id="main" aria-label={t().contrast.label}>
      <div data-fixed>
        <ContrastHead scenario={scenario} runs={runs} />
      </div>
      <ChartArea height={height} />
      <div data-fixed class="under-stack">
        <ChartKey />
        <AlignAt />
      </div>
      {panelsOpen.value && (
        <div class="panes one">
          <section class="pane tasks" aria-label={t().tasks.title}>
            <ContrastTable runs={runs} />
          </section>
        </div>
      )}
    </main>
  )
}
