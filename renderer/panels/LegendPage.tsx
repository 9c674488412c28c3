/** Every word of the charts with its drawing. */
import { Legend } from '../charts/Legend'
import { t } from '../locales'
import { drawnTheme } from '../state/theme'

export function LegendPage() {
  return (
    <main class="main legend-page" id="main" aria-labelledby="legend-title">
      <h1 id="legend-title">{t().legendPage.title}</h1>
      <Legend words={t().legend} theme={drawnTheme.value} />
    </main>
  )
}
