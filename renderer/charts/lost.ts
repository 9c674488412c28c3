/** Stretches of a lane in which marks were lost, in device px: merged where they touch, wide enough to be seen, and under a zoom exact. */
import { firstWhere } from '../model/columns'
import type { Loss, RunStore } from '../model/runStore'
import { type Axis, column } from './axis'
import { type Pen, px } from './pen'

export interface Lost extends Loss {
  readonly x0: number
  readonly x1: number
}

/** CSS px. */
const leastWidth = 3

/** Those that touch the columns from `left` to `right`. */
export function lostBetween(
  pen: Pick<Pen, 'ratio'>,
  store: RunStore,
  lane: number,
  axis: Axis,
  left: number,
  right: number,
): Lost[] {
  const losses = store.laneLosses[lane] ?? []
  const least = px(pen, leastWidth)
  const found: Lost[] = []
  const first = firstWhere(0, losses.length, (i) => column(axis, losses[i]!.until) + least >= left)
  for (let i = first; i < losses.length; i++) {
    const loss = losses[i]!
    const x0 = column(axis, loss.from)
    if (x0 >= right) break
    const x1 = Math.max(x0 + least, column(axis, loss.until))
    const last = found[found.length - 1]
    if (!last || x0 > last.x1) found.push({ ...loss, x0, x1 })
    else found[found.length - 1] = { ...last, until: loss.until, count: last.count + loss.count, x1: Math.max(last.x1, x1) }
  }
  return found
}

/** The widest part of [from, to) that nothing of what is given, from left to right, covers: where words may stand. */
export function widestFree(
  from: number,
  to: number,
  covered: readonly { readonly x0: number; readonly x1: number }[],
): readonly [from: number, to: number] {
  let widest: readonly [number, number] = [from, from]
  let begin = from
  for (const { x0, x1 } of [...covered, { x0: to, x1: to }]) {
    const end = Math.min(x0, to)
    if (end - begin > widest[1] - widest[0]) widest = [begin, end]
    begin = Math.max(begin, x1)
  }
  return widest
}
