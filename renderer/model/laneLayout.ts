/** Which rows a run is drawn in, what stands at their heads, and which of the five lane sizes fits. */
import type { LaneKind } from '#protocol/vocabulary'
import type { RunStore } from './runStore'
import type { SubRow } from './subRows'

export interface LaneRow {
  readonly lane: number
  /** Which sub-row of the lane; of a folded one the first. */
  readonly sub: number
  /** The lane's name, its task's name, "loop · 2", or inside a task "outer · 2". As it is on the wire: names are not translated. */
  readonly name: string
  /** Second line of the head; null: none. */
  readonly kind: LaneKind | 'onLoop' | 'onServer' | null
  /** How many tasks, one in another, the row is inside of. */
  readonly depth: number
  /** A loop that has no task yet: its row says so. */
  readonly idle: boolean
  /** Null while it is empty. */
  readonly row: SubRow | null
  /** All sub-rows of the lane, where they are drawn as this one row; else null. */
  readonly folded: readonly SubRow[] | null
}

/** One row for each sub-row of each lane, in the order of the lanes. */
export const laneRows = (store: RunStore): LaneRow[] => store.lanes.flatMap((_, lane) => rowsOfLane(store, lane))

export function rowsOfLane(store: RunStore, lane: number): LaneRow[] {
  const { name, kind } = store.lanes[lane]!
  const { rows } = store.subRows[lane]!
  const base = { lane, depth: 0, idle: false, folded: null }
  if (rows.length === 0) return [{ ...base, sub: 0, name, kind, idle: kind === 'loop', row: null }]
  const outermost = rows.filter(({ outer }) => outer === null)
  const ofOneTask = (kind === 'loop' || kind === 'server') && outermost.every((row) => row.tasks.length === 1)
  const nameOf = (row: SubRow): string => {
    if (ofOneTask && row.tasks.length === 1) return store.nameOf(row.tasks[0]!)
    return `${row.outer ? nameOf(row.outer) : name} · ${row.place + 1}`
  }
  return rows.map((row, sub) => {
    const at = { ...base, sub, depth: row.depth, row }
    if (ofOneTask) return { ...at, name: nameOf(row), kind: row.tasks.length === 1 ? placeOf(kind) : null }
    return rows.length === 1 ? { ...at, name, kind } : { ...at, name: nameOf(row), kind: null }
  })
}

/** All sub-rows of a lane as one row with the lane's own name. */
export function foldedRow(store: RunStore, lane: number): LaneRow {
  const { name, kind } = store.lanes[lane]!
  const { rows } = store.subRows[lane]!
  return { lane, sub: 0, name, kind, depth: 0, idle: false, row: rows[0]!, folded: rows }
}

/** Whether what stands in that sub-row of the lane is drawn in the row. */
export const holds = (row: LaneRow, lane: number, sub: number) => row.lane === lane && (row.folded !== null || row.sub === sub)

/** The sub-rows that are drawn in it. */
export const subRowsOf = ({ folded, row }: LaneRow): readonly SubRow[] => folded ?? (row ? [row] : [])

const placeOf = (kind: LaneKind) => (kind === 'server' ? 'onServer' : 'onLoop')

/** How tall a lane and its parts are, CSS px. Half is always half a slot, at the bottom of the slot. */
export interface LaneSize {
  readonly lane: 14 | 20 | 28 | 44 | 64
  /** Space above the slot. */
  readonly above: number
  readonly slot: number
  readonly half: number
  /** Between slot and strip. */
  readonly gap: number
  readonly strip: number
  readonly outline: number
  /** Size of text in a bar; 0: no text. */
  readonly label: number
  /** Size of text above a half bar; 0: no text. */
  readonly labelAbove: number
}

/** From the largest to the smallest. */
export const laneSizes: readonly LaneSize[] = [
  { lane: 64, above: 6, slot: 48, half: 24, gap: 2, strip: 7, outline: 2, label: 15, labelAbove: 15 },
  { lane: 44, above: 4, slot: 32, half: 16, gap: 2, strip: 5, outline: 2, label: 15, labelAbove: 13 },
  { lane: 28, above: 3, slot: 20, half: 10, gap: 1, strip: 3, outline: 2, label: 12, labelAbove: 11 },
  { lane: 20, above: 3, slot: 12, half: 6, gap: 1, strip: 3, outline: 1, label: 0, labelAbove: 0 },
  { lane: 14, above: 2, slot: 8, half: 4, gap: 1, strip: 2, outline: 1, label: 0, labelAbove: 0 },
]
export const sizeOf = (lane: LaneSize['lane']) => laneSizes.find((size) => size.lane === lane)!

/** The largest size at which all fits `height`; the smallest if none does: then lanes scroll. `heightOf`: what all takes at a size. */
export const pickLaneSize = (heightOf: (size: LaneSize) => number, height: number): LaneSize =>
  laneSizes.find((size) => heightOf(size) <= height) ?? laneSizes[laneSizes.length - 1]!
