/** Under the lanes' crosshair: how long the queue was then. */
import { headWidth } from '../charts/layout'
import { t } from '../locales'
import { levelBefore } from '../model/journeyParts'
import { levelNames } from '../model/levels'
import type { RunStore } from '../model/runStore'
import { chartView, pointedAt } from '../state'

/** Of the view's width; from there on the figures stand left of the line. */
const late = 0.8

export function LevelAt({ store }: { readonly store: RunStore }) {
  const at = pointedAt.value
  const { t0, t1, width } = chartView.value
  if (at === null || at < t0 || at > t1 || t1 <= t0) return null
  const names = levelNames(store.levels)
  const said = names.flatMap((name) => {
    const level = levelBefore(store.levels, at, name)
    return level ? [t().figure.levelAt(names.length > 1 ? name : null, level.value)] : []
  })
  if (said.length === 0) return null
  const share = (at - t0) / (t1 - t0)
  return (
    <div
      class={share > late ? 'level-at late' : 'level-at'}
      style={{ left: `calc(var(--s5) + ${headWidth + share * width}px)` }}
      aria-hidden="true"
    >
      <span class="level-value">{said.join(', ')}</span>
    </div>
  )
}
