/** The window: sidebar, toolbar, main area, status line. */
import { t } from '../locales'
import { connection, place } from '../state'
import { chosen, contrastOn, sidebarOpen, sidebarOver } from '../state/derived'
import { Contrast } from './Contrast'
import { DeadLetters } from './DeadLetters'
import { Empty } from './Empty'
import { LegendPage } from './LegendPage'
import { Lost } from './Lost'
import { Measured } from './Measured'
import { Notices } from './Notices'
import { Programme } from './Programme'
import { Sidebar } from './Sidebar'
import { StatusLine } from './StatusLine'
import { Toolbar } from './Toolbar'

export function App() {
  const beside = sidebarOpen.value && !sidebarOver.value
  return (
    <div class={beside ? 'app' : 'app closed'}>
      <a class="skip" href="#main">
        {t().app.skip}
      </a>
      <Sidebar />
      <Toolbar />
      <div class="place">
        {connection.value.phase === 'lost' && place.value.kind !== 'start' && <Lost />}
        <Main />
      </div>
      <Notices />
      <StatusLine />
      <Measured />
      <DeadLetters />
    </div>
  )
}

function Main() {
  const scenario = chosen.value
  if (place.value.kind === 'legend') return <LegendPage />
  if (!scenario)
    return (
      <main class="main" id="main" aria-label={t().app.main}>
        <Empty />
      </main>
    )
  return contrastOn.value ? <Contrast key="contrast" scenario={scenario} /> : <Programme key={scenario.id} scenario={scenario} />
}
