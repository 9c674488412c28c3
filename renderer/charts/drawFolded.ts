/**
 * A lane folded into one row: what its sub-rows have in each column, by rule R5 of `rowRaster.ts`. What is merged has no pattern, shape or label. Where
 * the thread was taken for most of a column that is shown, whatever many others waited for it: a lane is one thread.
 */
import { holdsThread, states } from '#protocol/vocabulary'
import { subRowsOf } from '../model/laneLayout'
import { stateCount } from '../model/spanTree'
import type { Cells } from './cells'
import { addBlocked, addEnds } from './drawAlerts'
import { drawLost } from './drawMarks'
import { paintCells, type RowPicture } from './drawRow'
import type { Measures, Pen } from './pen'
import { RowRaster } from './rowRaster'
import { Strip } from './strip'

const raster = new RowRaster()
const holding = states.flatMap((state, code) => (holdsThread(state) ? [code] : []))

/** What each column shows, as `Cells.states`. */
export function takenFirst(cells: Cells): Int8Array {
  const shown = cells.states()
  const { time } = cells
  for (let column = 0; column < shown.length; column++) {
    let taken = 0
    let longest = holding[0]!
    for (const code of holding) {
      const own = time[column * stateCount + code]!
      taken += own
      if (own > time[column * stateCount + longest]!) longest = code
    }
    if (taken >= 0.5) shown[column] = longest
  }
  return shown
}

export function drawFolded(pen: Pen, m: Measures, picture: RowPicture): void {
  const { store, head, top, left, right, lost } = picture
  raster.begin({ ...picture, narrow: Infinity })
  for (const { tree } of subRowsOf(head)) raster.add(store, tree)
  drawColumns(pen, left, top + m.slotTop, m.slot, takenFirst(raster.cells))
  for (const { x0, x1 } of lost) drawLost(pen, m, { top, x0, x1, left, right })
  const strip = new Strip(pen, m, left, right)
  addEnds(strip, raster.cells, left)
  addBlocked(strip, picture)
  drawStripOf(pen, left, top + m.stripTop, m.strip, strip, right - left)
}

/** Columns by themselves, not on a sheet with other rows. Device px. */
export function drawColumns(pen: Pen, left: number, top: number, height: number, shown: Int8Array): void {
  if (paintCells(pen, pen.columns.begin(shown.length, 2), shown)) pen.columns.draw(pen.g, 0, 2, left, top, height)
}

export function drawStripOf(pen: Pen, left: number, top: number, height: number, strip: Strip, width: number): void {
  if (strip.paint(pen.columns.begin(width, 1))) pen.columns.draw(pen.g, 0, 1, left, top, height)
}
