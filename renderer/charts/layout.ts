/** Where everything stands, in CSS px from the top of the chart: captions, rows, axis. Heights follow from the lane size that fits. */
import { type LaneRow, type LaneSize, pickLaneSize, sizeOf } from '../model/laneLayout'
import { type LaneView, lanesOf, plainView } from '../model/laneView'
import { type ShownRows, shownRows } from '../model/shownRows'
import { sameRuns, type TimelineRun } from './timelineRun'

export interface PlacedRow {
  /** Index of the run. */
  readonly run: number
  readonly top: number
  readonly head: LaneRow
  /** Which of the rows that stay in sight while the others scroll; null: it scrolls. */
  readonly pin: number | null
}

export interface PlacedRun {
  readonly run: TimelineRun
  /** Top of its caption; null: it has none. */
  readonly caption: number | null
  /** Of its rows. */
  readonly top: number
  readonly bottom: number
  readonly rows: readonly PlacedRow[]
  /** Of its lanes, how many are seen, and how many there are. */
  readonly lanes: number
  readonly allLanes: number
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
  /** How many rows, from the top, stay in sight while the others scroll. */
  readonly pins: number
  /** Of the bar above the lanes, which holds the minimap and the field that filters lanes: not part of `total`. 0: there is none. */
  readonly bar: number
  readonly minimap: boolean
  readonly filter: boolean
}

/** What is asked of the layout beside the runs. */
export interface Arrangement {
  readonly view: LaneView
  /** Null: where it helps. */
  readonly minimap: boolean | null
  /** The field that filters lanes was asked for. */
  readonly filter: boolean
}
export const plainArrangement: Arrangement = { view: plainView, minimap: null, filter: false }

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

/** Under the row of the minimap, and where no row is left: for the words that say so. */
const barHeight = 44
const emptySpace = 28
/** From so many lanes or spans on the whole is not to be taken in at a glance. */
const filterFrom = 12
const minimapFrom = 3000
/** Rows that a minimap that comes by itself leaves at least: where there is room for few, they need it. */
const fewestRows = 6
/** Above the rows that stay in sight. */
export const pinnedAir = 4

/** Keeps what it laid out last: of a run that grows most frames change no row. */
export class Layouts {
  private last: { readonly runs: readonly TimelineRun[]; readonly rows: readonly ShownRows[]; readonly layout: Layout } | null =
    null
  private asked: readonly unknown[] = []

  of(
    runs: readonly TimelineRun[],
    height: number,
    placeholder: readonly string[] = [],
    { view, minimap, filter }: Arrangement = plainArrangement,
  ): Layout {
    const { last } = this
    const rows = runs.map(({ id, store }) => shownRows(store, lanesOf(view, id), view.filter))
    const many = runs.some(({ store }) => store.spans.length > minimapFrom)
    const asked = [height, placeholder, minimap, filter, many]
    const isSame =
      last !== null &&
      asked.every((one, i) => one === this.asked[i]) &&
      rows.every((one, i) => one === last.rows[i]) &&
      sameRuns(runs, last.runs)
    if (isSame) return last.layout
    this.asked = asked
    const all = runs.reduce((sum, { store }) => sum + store.lanes.length, 0)
    const hasFilter = filter || view.filter !== '' || all > filterFrom
    const layout =
      runs.length === 0
        ? emptyLayout(placeholder, height)
        : place(runs, rows, height, { minimap: minimap ?? many, byItself: minimap === null, filter: hasFilter })
    this.last = { runs, rows, layout }
    return layout
  }
}

export const layoutOf = (...of: Parameters<Layouts['of']>): Layout => new Layouts().of(...of)

interface Bar {
  readonly minimap: boolean
  /** A minimap comes by itself where lanes scroll or there are many spans, and leaves where room is scarce. */
  readonly byItself: boolean
  readonly filter: boolean
}

function place(runs: readonly TimelineRun[], rows: readonly ShownRows[], height: number, bar: Bar): Layout {
  const stacked = runs.length > 1 || runs.some(({ caption }) => caption)
  const around = (size: LaneSize) => spaces(runs, rows, size, stacked).total
  const fits = (room: number) => around(pickLaneSize(around, room)) <= room
  const helps = bar.minimap || !fits(height - (bar.filter ? barHeight : 0))
  const isRoomy = height - barHeight >= flagSpace + fewestRows * pickLaneSize(around, 0).lane + axisHeight
  const minimap = bar.byItself ? helps && isRoomy : bar.minimap
  const barSpace = minimap || bar.filter ? barHeight : 0
  const room = height - barSpace
  const size = pickLaneSize(around, room)
  const { tops, captions, total } = spaces(runs, rows, size, stacked)
  const visible = Math.min(total, Math.max(room, axisHeight + 2 * size.lane))
  // Pinned lanes of stacked runs stand first in their run. They may not take the room of the others.
  const pinned = stacked || total <= visible ? 0 : rows[0]!.pinned
  const pins = pinned * size.lane <= (visible - axisHeight) / 2 ? pinned : 0
  const placed = runs.map((run, index): PlacedRun => {
    const top = tops[index]!
    const own = rows[index]!.rows.map((head, i) => ({
      run: index,
      top: top + i * size.lane,
      head,
      pin: i < pins ? i : null,
    }))
    const bottom = top + own.length * size.lane
    const { lanes } = rows[index]!
    return { run, caption: captions[index]!, top, bottom, rows: own, lanes, allLanes: run.store.lanes.length }
  })
  return {
    size,
    runs: placed,
    total,
    visible,
    stacked,
    aligned: isAligned(runs),
    pins,
    bar: barSpace,
    minimap,
    filter: bar.filter,
  }
}

/** The tops of captions and of the first rows. */
function spaces(runs: readonly TimelineRun[], rows: readonly ShownRows[], size: LaneSize, stacked: boolean) {
  const caption = size.lane === 64 ? 38 : size.lane === 44 ? 32 : size.lane === 28 ? 30 : 28
  const gap = size.lane === 64 ? 22 : size.lane >= 28 ? 12 : 8
  const tops: number[] = []
  const captions: (number | null)[] = []
  let y = stacked ? 4 : flagSpace
  runs.forEach((run, index) => {
    captions.push(stacked ? y : null)
    if (stacked) y += caption
    tops.push(y)
    const count = rows[index]!.rows.length
    y += count * size.lane
    if (index < runs.length - 1) y += gap + (count > 0 && isTiny(run, runs) ? lensSpace : 0)
  })
  const isEmpty = rows.every((one) => one.lanes === 0) && runs.some(({ store }) => store.lanes.length > 0)
  return { tops, captions, total: y + (isEmpty ? emptySpace : 0) + axisHeight }
}

const isAligned = (runs: readonly TimelineRun[]) => runs.some(({ offset }) => offset !== undefined)

/** Over in so little of the longest run's time that nothing of it could be seen: it gets a lens (lens.ts). */
export const isTiny = ({ total }: TimelineRun, runs: readonly TimelineRun[]) =>
  total !== null && total > 0 && total < tinyShare * Math.max(...runs.map((run) => run.total ?? 0))

/** An axis with named, empty lanes: what will be seen once something runs. */
function emptyLayout(names: readonly string[], height: number): Layout {
  const size = sizeOf(28)
  const total = 4 + names.length * size.lane + axisHeight
  const visible = Math.min(total, height)
  return { size, runs: [], total, visible, stacked: false, aligned: false, pins: 0, bar: 0, minimap: false, filter: false }
}

/** Whether the heads of lanes and the captions say the same in the same places. */
export function sameWords(a: Layout, b: Layout): boolean {
  if (a === b) return true
  const keys = ['total', 'visible', 'stacked', 'aligned', 'pins', 'bar', 'minimap', 'filter'] as const
  if (a.size !== b.size || a.runs.length !== b.runs.length || keys.some((key) => a[key] !== b[key])) return false
  return a.runs.every((one, i) => {
    const other = b.runs[i]!
    const { id, caption, note } = one.run
    const isSame = id === other.run.id && caption === other.run.caption && note === other.run.note
    if (!isSame || one.caption !== other.caption || one.rows.length !== other.rows.length) return false
    if (one.lanes !== other.lanes || one.allLanes !== other.allLanes) return false
    return one.rows.every((row, k) => sameHead(row.head, other.rows[k]!.head))
  })
}

function sameHead(a: LaneRow, b: LaneRow): boolean {
  if (a === b) return true
  const isSameRow = a.lane === b.lane && a.sub === b.sub && a.folded?.length === b.folded?.length
  return isSameRow && a.name === b.name && a.kind === b.kind && a.depth === b.depth && a.idle === b.idle
}

/** Where a row is seen, from the top of the lanes, when they are scrolled so far. */
export const shownTop = ({ size }: Layout, { top, pin }: PlacedRow, scroll: number): number =>
  pin === null ? top - scroll : Math.max(top - scroll, pinnedAir + pin * size.lane)

/** Down to where the rows that stay in sight cover the others, from the top of the lanes. */
export function pinnedBottom({ runs, pins, size }: Layout, scroll: number): number {
  return pins === 0 ? 0 : Math.max(runs[0]!.top - scroll, pinnedAir) + pins * size.lane
}

/** The row at a height from the top of the lanes, null between rows. */
export function rowAt(layout: Layout, y: number, scroll: number): PlacedRow | null {
  const { lane } = layout.size
  if (y < pinnedBottom(layout, scroll)) {
    const first = layout.runs[0]!
    const i = Math.floor((y - shownTop(layout, first.rows[0]!, scroll)) / lane)
    return i < 0 ? null : first.rows[i]!
  }
  for (const { top, bottom, rows } of layout.runs) {
    if (y + scroll >= top && y + scroll < bottom) return rows[Math.floor((y + scroll - top) / lane)] ?? null
  }
  return null
}

/** Rows of which at least a part is in sight: those that scroll, then the pinned ones, which cover them. */
export function* rowsInSight(layout: Layout, scroll: number): Generator<PlacedRow, void, undefined> {
  const { lane } = layout.size
  const from = scroll + pinnedBottom(layout, scroll)
  const to = scroll + layout.visible - axisHeight
  for (const { top, bottom, rows } of layout.runs) {
    if (bottom <= from || top >= to) continue
    for (let i = Math.max(0, Math.floor((from - top) / lane)); i < rows.length && rows[i]!.top < to; i++) {
      if (rows[i]!.pin === null) yield rows[i]!
    }
  }
  for (let i = 0; i < layout.pins; i++) yield layout.runs[0]!.rows[i]!
}

/** How far lanes are to be scrolled so that the row is seen whole: no further than needed. */
export function scrollToShow(layout: Layout, { top, pin }: PlacedRow, scroll: number): number {
  if (pin !== null) return scroll
  const { size, visible, pins } = layout
  const covered = pins > 0 ? pinnedAir + pins * size.lane : 0
  return Math.max(top + size.lane - (visible - axisHeight), Math.min(scroll, top - covered), 0)
}
