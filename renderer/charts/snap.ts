/** The edge of a bar that is nearest to a position, so that what is measured begins and ends where something did. */

import { subRowsOf } from '../model/laneLayout'
import { type Axis, axisOf, position, timeAt } from './axis'
import { type Layout, type PlacedRow, rowsInSight } from './layout'
import { offsetOf } from './timelineRun'

export interface Edge {
  /** On the axis, programme seconds. */
  readonly seconds: number
  /** On which the bar is. */
  readonly row: PlacedRow
}

/** Of the rows in sight; null: none is within `reach`. `x` and `reach`: device px. `nowOf`: up to when open bars of a run reach. */
export function nearestEdge(
  layout: Layout,
  scroll: number,
  axis: Axis,
  x: number,
  reach: number,
  nowOf: (run: number) => number,
): Edge | null {
  let best: Edge | null = null
  let away = reach
  for (const row of rowsInSight(layout, scroll)) {
    const { run } = layout.runs[row.run]!
    const own = axisOf(axis, run)
    // In a row bars follow one another: an edge on either side is one of these.
    for (const { tree } of subRowsOf(row.head)) {
      const at = tree.firstUntil(timeAt(own, x))
      for (let i = Math.max(0, at - 1); i <= at + 1 && i < tree.length; i++) {
        const item = tree.items.get(i)
        for (const time of [run.store.items.startOf(item), run.store.items.endAt(item, nowOf(row.run))]) {
          const distance = Math.abs(position(own, time) - x)
          if (distance > away || (best && distance === away)) continue
          away = distance
          best = { seconds: time + offsetOf(run), row }
        }
      }
    }
  }
  return best
}
