/** What the person does with the lanes of the chart. */
import { computed } from '@preact/signals'
import type { RunId } from '#protocol/messages'
import { type LaneView, plainView } from '../model/laneView'
import { shown } from './derived'
import { laneViews, minimapChoice } from './index'

/** Of what is shown now. */
export const laneView = computed<LaneView>(() => {
  const first = shown.value[0]
  return (first && laneViews.value.get(first.info.id)) ?? plainView
})

export function arrangeLanes(view: LaneView): void {
  const first = shown.value[0]
  if (first) laneViews.value = new Map(laneViews.value).set(first.info.id, view)
}

export function forgetLanes(ids: readonly RunId[]): void {
  if (!ids.some((id) => laneViews.value.has(id))) return
  const next = new Map(laneViews.value)
  for (const id of ids) next.delete(id)
  laneViews.value = next
}

export function showMinimap(shows: boolean): void {
  minimapChoice.value = shows
}
