/** All lanes of all runs merged into one row over the whole time (R5 of `rowRaster.ts`), with the most urgent end of each column below it. */
import { sizeOf } from '../model/laneLayout'
import type { Range } from '../model/timeView'
import { axisOf } from './axis'
import { addEnds } from './drawAlerts'
import { drawColumns, drawStripOf } from './drawFolded'
import { measure, type Pen } from './pen'
import { RowRaster } from './rowRaster'
import { Strip } from './strip'
import type { TimelineRun } from './timelineRun'

/** 30 CSS px of lanes, the strip below them. */
const size = { ...sizeOf(44), above: 0, slot: 30, half: 15, gap: 1, strip: 4 }
export const minimapHeight = size.slot + size.gap + size.strip

/** Nodes of the trees that are narrower than so many device px need not be looked into: nothing here is to be read to the pixel. */
const tolerance = 8

const raster = new RowRaster()

/** `width`: device px. `now`: of each run, up to when open spans reach. */
export function drawMinimap(pen: Pen, runs: readonly TimelineRun[], now: readonly number[], whole: Range, width: number): void {
  const m = measure(pen, size)
  const axis = { ...whole, left: 0, right: width }
  runs.forEach((run, index) => {
    const view = { axis: axisOf(axis, run), left: 0, right: width, now: now[index] ?? 0, narrow: Infinity, tolerance }
    raster.begin(view, index > 0)
    for (const { rows } of run.store.subRows) for (const { tree } of rows) raster.add(run.store, tree)
  })
  pen.g.clearRect(0, 0, pen.g.canvas.width, pen.g.canvas.height)
  if (runs.length === 0) return
  drawColumns(pen, 0, m.slotTop, m.slot, raster.cells.states())
  const strip = new Strip(pen, m, 0, width)
  addEnds(strip, raster.cells, 0)
  drawStripOf(pen, 0, m.stripTop, m.strip, strip, width)
}
