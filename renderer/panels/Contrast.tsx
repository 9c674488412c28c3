/** The main area for a contrast: the result, the stacked runs under one axis, and the table that compares them. */

import { useRef } from 'preact/hooks'
import type { ScenarioInfo } from '#protocol/catalogue'
import { t } from '../locales'
import { panelsOpen } from '../state'
import { shown } from '../state/derived'
import { ChartArea, ChartKey } from './ChartArea'
import { ContrastHead } from './ContrastHead'
import { ContrastTable } from './ContrastTable'
import { useChartHeight } from './useChartHeight'

/** Two table heads and three rows. */
const tableHeight = 146
/** Stacked runs are the point of the page: they may take more of it than a single run. */
const share = 0.8

export function Contrast({ scenario }: { readonly scenario: ScenarioInfo }) {
  const main = useRef<HTMLElement>(null)
  const height = useChartHeight(main, panelsOpen.value ? tableHeight : 0, share)
  const runs = shown.value
  return (
    <main class="main" ref={main} id="main" aria-label={t().contrast.label}>
      <div data-fixed>
        <ContrastHead scenario={scenario} runs={runs} />
      </div>
      <ChartArea height={height} />
      <div data-fixed>
        <ChartKey />
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
