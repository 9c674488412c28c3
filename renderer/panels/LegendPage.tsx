/** Every word of the charts with its drawing, and what keys and pointer do. */
import { Legend } from '../charts/Legend'
import { t } from '../locales'
import { drawnTheme } from '../state/theme'
import { KeysTable } from './KeysTable'

export function LegendPage() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <main class="main legend-page" id="main" aria-labelledby="legend-title" tabIndex={0}>
      <h1 id="legend-title">{t().legendPage.title}</h1>
      <Legend words={t().legend} theme={drawnTheme.value} />
      <KeysTable />
    </main>
  )
}
