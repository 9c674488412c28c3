/** The curve of a level as it is drawn: at most four points a column, which keep its first, highest, lowest and last value. */
import type { Level } from './runStore'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Names of the levels, in the order in which they first changed. */
export const levelNames = (levels: readonly Level[]) => [...new Set(levels.map(({ name }) => name))]

/** From `t0` to `t1` in so many columns; the value before `t0` is where it begins, the last one holds up to `now`. Programme seconds. */
export function curveOf(levels: readonly Level[], name: string, t0: number, t1: number, columns: number, now: number): Point[] {
  const points: Point[] = []
  const width = (t1 - t0) / Math.max(1, columns)
  let column = Number.NaN
  let cell: Level[] = []
  let before: Level | undefined
  const flush = () => {
    if (cell.length === 0) return
    const highest = cell.reduce((a, b) => (b.value > a.value ? b : a))
    const lowest = cell.reduce((a, b) => (b.value < a.value ? b : a))
    const kept = new Set([cell[0]!, ...[highest, lowest].sort((a, b) => a.seconds - b.seconds), cell.at(-1)!])
    for (const { seconds, value } of kept) points.push({ x: seconds, y: value })
    cell = []
  }
  for (const level of levels) {
    if (level.name !== name || level.seconds > t1) continue
    if (level.seconds < t0) {
      before = level
      continue
    }
    const at = Math.floor((level.seconds - t0) / width)
    if (at !== column) flush()
    column = at
    cell.push(level)
  }
  flush()
  if (before) points.unshift({ x: t0, y: before.value })
  const last = points.at(-1)
  if (last) points.push({ x: Math.max(last.x, Math.min(t1, now)), y: last.y })
  return points
}
