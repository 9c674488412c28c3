/** Where everything stands, in CSS px from the top of the chart: captions, rows, axis. Heights follow from the lane size that fits. */
import { type LaneRow, type LaneSize, laneRows, laneSizes, sizeOf } from '../model/laneLayout'
import type { TimelineRun } from './timelineRun'

export interface PlacedRow {
  /** Index of the run. */
  readonly run: number
  readonly top: number
  readonly head: LaneRow
}

export interface PlacedRun {
  readonly run: TimelineRun
  /** Top of its caption; null: it has none. */
  readonly caption: number | null
  /** Of its rows. */
  readonly top: number
  readonly bottom: number
  readonly rows: readonly PlacedRow[]
}

export interface Layout {
  readonly size: LaneSize
  readonly runs: readonly PlacedRun[]
  /** Of all lanes, captions and the axis. */
  readonly total: number
  /** What is seen of it: less than `total` where lanes scroll. */
  readonly visible: number
  readonly stacked: boolean
  /** At another moment than their start. */
  readonly aligned: boolean
}

export const axisHeight = 30
/** Left of the axis: heads of lanes. With the page's padding of 24 px they are the 132 px of `--lane-head`. */
export const headWidth = 108
/** Right of the axis: half of its last label. */
export const rightSpace = 24
/** Above the first row: main's flag. */
const flagSpace = 34
/** Below the rows of a run with a lens: the lens's own axis. */
const lensSpace = 22
const tinyShare = 0.02

export function layoutOf(runs: readonly TimelineRun[], height: number, placeholder: readonly string[] = []): Layout {
  if (runs.length === 0) return emptyLayout(placeholder, height)
  const rows = runs.map(({ store }) => laneRows(store))
  const stacked = runs.length > 1 || runs.some(({ caption }) => caption)
  for (const size of laneSizes) {
    const layout = place(runs, rows, size, stacked, height)
    if (layout.total <= height || size === laneSizes[laneSizes.length - 1]) return layout
  }
  throw new Error('there is no lane size')
}

function place(
  runs: readonly TimelineRun[],
  rows: readonly (readonly LaneRow[])[],
  size: LaneSize,
  stacked: boolean,
  height: number,
): Layout {
  const caption = size.lane === 64 ? 38 : size.lane === 44 ? 32 : size.lane === 28 ? 30 : 28
  const gap = size.lane === 64 ? 22 : size.lane >= 28 ? 12 : 8
  let y = stacked ? 4 : flagSpace
  const placed = runs.map((run, index) => {
    const captionTop = stacked ? y : null
    if (stacked) y += caption
    const top = y
    const own = rows[index]!.map((head, i) => ({ run: index, top: top + i * size.lane, head }))
    y += own.length * size.lane
    const bottom = y
    if (index < runs.length - 1) y += gap + (isTiny(run, runs) ? lensSpace : 0)
    return { run, caption: captionTop, top, bottom, rows: own }
  })
  const total = y + axisHeight
  return {
    size,
    runs: placed,
    total,
    visible: Math.min(total, Math.max(height, axisHeight + 2 * size.lane)),
    stacked,
    aligned: isAligned(runs),
  }
}

const isAligned = (runs: readonly TimelineRun[]) => runs.some(({ offset }) => offset !== undefined)

/** Over in so little of the longest run's time that nothing of it could be seen: it gets a lens (lens.ts). */
export const isTiny = ({ total }: TimelineRun, runs: readonly TimelineRun[]) =>
  total !== null && total > 0 && total < tinyShare * Math.max(...runs.map((run) => run.total ?? 0))

/** An axis with named, empty lanes: what will be seen once something runs. */
function emptyLayout(names: readonly string[], height: number): Layout {
  const size = sizeOf(28)
  const total = 4 + names.length * size.lane + axisHeight
  return { size, runs: [], total, visible: Math.min(total, height), stacked: false, aligned: false }
}

/** Everything that the heads of lanes and the captions say and where: the same text, the same heads. */
export const wordsOf = ({ size, total, visible, runs }: Layout): string =>
  [
    size.lane,
    total,
    visible,
    ...runs.flatMap(({ rows, caption, run }) => [
      run.id,
      caption,
      run.caption,
      run.note,
      ...rows.map(({ head }) => `${head.name}${head.kind}${head.depth}`),
    ]),
  ].join('|')

/** The row at a height, null between rows. */
export function rowAt(layout: Layout, y: number): PlacedRow | null {
  for (const { top, bottom, rows } of layout.runs) {
    if (y >= top && y < bottom) return rows[Math.floor((y - top) / layout.size.lane)] ?? null
  }
  return null
}

/** Rows that are at least partly between two heights. */
export function* rowsWithin(layout: Layout, from: number, to: number): Generator<PlacedRow, void, undefined> {
  const { lane } = layout.size
  for (const { top, bottom, rows } of layout.runs) {
    if (bottom <= from || top >= to) continue
    const first = Math.max(0, Math.floor((from - top) / lane))
    for (let i = first; i < rows.length && rows[i]!.top < to; i++) yield rows[i]!
  }
}

/** How far lanes are to be scrolled so that the row is seen whole: no further than needed. */
export function scrollToShow({ size, visible }: Layout, { top }: PlacedRow, scroll: number): number {
  return Math.max(top + size.lane - (visible - axisHeight), Math.min(scroll, top))
}
