/**
 * What the rows of a live run had in their columns when they were drawn last. Its view follows by whole pixels (`timeView.ts`), so of most rows only the last
 * few columns are new: the others are moved, and the tree is walked over from where it changed.
 */
import type { RunStore } from '../model/runStore'
import type { SpanTree } from '../model/spanTree'
import { column } from './axis'
import { Cells } from './cells'
import type { RasterView, RowRaster } from './rowRaster'

interface Drawn {
  readonly view: RasterView
  readonly cells: Cells
  /** Positions of the bars that are drawn by themselves. */
  readonly wide: readonly number[]
  /** When the first item began that was open. */
  readonly openFrom: number
}

/** Device px by which a view may be off whole pixels: numbers are not exact. */
const nearlyWhole = 1e-3

export class GrownRows {
  private drawn: WeakMap<SpanTree, Drawn> | null = null

  /** As `raster.walk`, which has the row's columns afterwards. */
  walk(raster: RowRaster, store: RunStore, tree: SpanTree, view: RasterView): void {
    const changedFrom = tree.takeChanges()
    this.drawn ??= new WeakMap()
    const known = this.drawn.get(tree)
    const by = known ? moved(known.view, view) : null
    const cells = known && by !== null ? known.cells : new Cells(view.right - view.left)
    let from = view.left
    let kept: readonly number[] = []
    if (known && by !== null) {
      if (by > 0) cells.shift(by)
      const stale = column(view.axis, Math.min(changedFrom, known.openFrom))
      from = Math.max(view.left, Math.min(stale, view.right - by))
      kept = known.wide.filter((position) => {
        if (position >= tree.length) return false
        const item = tree.items.get(position)
        const end = column(view.axis, store.items.endAt(item, view.now))
        return end > view.left && end <= from && column(view.axis, store.items.startOf(item)) < from
      })
    }
    raster.walkOn(store, tree, view, cells, from)
    raster.wide.unshift(...kept)
    this.drawn.set(tree, { view, cells, wide: [...raster.wide], openFrom: raster.openFrom })
  }

  /** Nothing grows any more. */
  clear(): void {
    this.drawn = null
  }
}

/** Whole device px by which the later view is further right; null: it shows otherwise what was there. */
function moved(before: RasterView, after: RasterView): number | null {
  const sameColumns = before.left === after.left && before.right === after.right
  if (!sameColumns || before.narrow !== after.narrow || before.tolerance !== after.tolerance || after.now < before.now)
    return null
  const [a, b] = [before.axis, after.axis]
  const [lengthBefore, length] = [a.t1 - a.t0, b.t1 - b.t0]
  const width = b.right - b.left
  if (a.left !== b.left || a.right !== b.right || Math.abs(lengthBefore / length - 1) * width > nearlyWhole) return null
  const by = (b.t0 - a.t0) * (width / length)
  const whole = Math.round(by)
  return whole >= 0 && whole < after.right - after.left && Math.abs(by - whole) < nearlyWhole ? whole : null
}
