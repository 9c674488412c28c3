/** The lesser chart of a programme, where its point is not in the bars alone. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { LengthChart } from '../charts/LengthChart'
import { OrderChart } from '../charts/OrderChart'
import { t } from '../locales'
import { comparedTasks, ordersOf } from '../model/orders'
import { type RunView, slowFrames } from '../state'
import { drawnTheme } from '../state/theme'

interface FigureProps {
  readonly figure: NonNullable<ScenarioInfo['figure']>
  readonly run: RunView | undefined
}

export function Figure({ figure, run }: FigureProps) {
  slowFrames.value
  const words = t().figure
  if (!run) return <p class="nothing">{words.idle}</p>
  const tasks = comparedTasks(run.store)
  const shared = { theme: drawnTheme.value, version: run.store.version }
  return (
    <div class="figure-pane">
      {figure === 'order' ? (
        <OrderChart orders={ordersOf(tasks)} words={words.order} {...shared} />
      ) : (
        <LengthChart tasks={tasks} words={words.length} {...shared} />
      )}
    </div>
  )
}
