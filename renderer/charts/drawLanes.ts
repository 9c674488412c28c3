/** Lanes that are seen together: what stands in their rows, then the marks on them. */
import type { SubRow } from '../model/subRows'
import { drawFolded } from './drawFolded'
import { drawLaneMarks } from './drawLaneMarks'
import { drawLost } from './drawMarks'
import { drawRows, type RowPicture } from './drawRow'
import type { Measures, Pen } from './pen'
import type { TimelineWords } from './words'

/** A row that may have nothing in it yet. */
export type LanePicture = Omit<RowPicture, 'row'> & { readonly row: SubRow | null }

const hasRow = (lane: LanePicture): lane is RowPicture => lane.row !== null

export function drawLanes(pen: Pen, m: Measures, words: TimelineWords, lanes: readonly LanePicture[]): void {
  const filled = lanes.filter(hasRow)
  const rows = filled.filter(({ head }) => !head.folded)
  const labels = new Map(drawRows(pen, m, words, rows).map((taken, i) => [rows[i] as LanePicture, taken]))
  for (const lane of filled) if (lane.head.folded) drawFolded(pen, m, lane)
  for (const lane of lanes) {
    if (!lane.row) for (const { x0, x1 } of lane.lost) drawLost(pen, m, { ...lane, x0, x1 })
    drawLaneMarks(pen, m, { ...lane, labels: labels.get(lane) ?? [] })
  }
}
