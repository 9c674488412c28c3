/** The heads at the left of the lanes as one list, through which the focus goes: the caption of each run, where it has one, and each of its rows. */
import type { Layout, PlacedRow, PlacedRun } from './layout'

export interface HeadItem {
  readonly placed: PlacedRun
  /** Null: the caption. */
  readonly row: PlacedRow | null
}

/** By which a head is found again when the rows are others. */
export interface HeadPlace {
  readonly run: number
  /** Null: its caption. */
  readonly lane: number | null
  readonly sub: number
}

export const headPlace = ({ placed, row }: HeadItem): HeadPlace => ({
  run: placed.run.id,
  lane: row?.head.lane ?? null,
  sub: row?.head.sub ?? 0,
})

const captionsOf = ({ caption }: PlacedRun) => (caption === null ? 0 : 1)

export const headCount = ({ runs }: Layout) => runs.reduce((sum, run) => sum + captionsOf(run) + run.rows.length, 0)

export function headAt({ runs }: Layout, index: number): HeadItem | null {
  let left = index
  for (const placed of runs) {
    const captions = captionsOf(placed)
    if (left >= 0 && left < captions) return { placed, row: null }
    if (left >= captions && left < captions + placed.rows.length) return { placed, row: placed.rows[left - captions]! }
    left -= captions + placed.rows.length
  }
  return null
}

/** Where the head stands in the list. Of a lane that is folded meanwhile its row; −1: it is not seen any more. */
export function headIndex({ runs }: Layout, { run, lane, sub }: HeadPlace): number {
  let before = 0
  for (const placed of runs) {
    if (placed.run.id === run) {
      if (lane === null) return placed.caption === null ? -1 : before
      const exact = placed.rows.findIndex(({ head }) => head.lane === lane && head.sub === sub)
      const at = exact >= 0 ? exact : placed.rows.findIndex(({ head }) => head.lane === lane)
      return at < 0 ? -1 : before + captionsOf(placed) + at
    }
    before += captionsOf(placed) + placed.rows.length
  }
  return -1
}

/** Of the lane that the row belongs to: the first and the last of its rows. */
export function laneEnds({ rows }: PlacedRun, row: PlacedRow): readonly [PlacedRow, PlacedRow] {
  let from = rows.indexOf(row)
  let to = from
  while (from > 0 && rows[from - 1]!.head.lane === row.head.lane) from--
  while (to + 1 < rows.length && rows[to + 1]!.head.lane === row.head.lane) to++
  return [rows[from]!, rows[to]!]
}

/** A lane of the run that is seen above or below; null: there is none. */
export function laneBeside(placed: PlacedRun, row: PlacedRow, direction: 1 | -1): number | null {
  const ends = laneEnds(placed, row)
  const beside = placed.rows.indexOf(ends[direction < 0 ? 0 : 1]) + direction
  return placed.rows[beside]?.head.lane ?? null
}
