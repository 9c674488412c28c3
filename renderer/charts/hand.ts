/** The pointer on the chart: what lies under it, what it frames, drags and picks. */
import type { Cursor, Ground } from './cursor'
import type { Spot } from './hit'
import { axisHeight } from './layout'
import type { MarkedRange } from './markedRange'
import { type Box, listenToPointer, slip } from './pointer'
import { taskUnder, type Under, under } from './under'

/** What it needs of the stage beside the cursor's ground. */
export interface HandGround extends Ground {
  readonly surface: HTMLElement
  readonly range: MarkedRange
  /** CSS px. */
  readonly width: number
  readonly plotWidth: number
  readonly captionEnds: readonly number[]
  readonly now: readonly number[]
  /** Programme seconds at CSS px from the left. */
  timeAt(x: number): number
  readonly cursor: Cursor
}

export class Hand {
  /** CSS px from the chart's left and top; null: it is not on it. */
  at: { readonly x: number; readonly y: number } | null = null
  /** The bar under it. */
  hover: Spot | null = null
  /** What it frames. */
  box: Box | null = null
  private readonly listening: ReturnType<typeof listenToPointer>

  constructor(private readonly ground: HandGround) {
    this.listening = listenToPointer(ground.surface, {
      hover: (at) => this.point(at),
      click: (x, y) => this.click(x, y),
      zoom: (x, factor) => ground.move((view) => view.zoom(ground.timeAt(x), factor)),
      pan: (by) => ground.move((view) => view.pan((-by * (view.t1 - view.t0)) / ground.plotWidth)),
      frame: (box) => {
        this.box = box
        ground.redraw()
      },
      enter: (box) => this.enter(box),
      isOnAxis: (y) => this.isOnAxis(y),
      measure: (from, to, snaps) => ground.range.drag(from, to, snaps),
      measured: () => ground.range.drop(),
      reset: () => ground.move((view) => view.reset()),
    })
  }

  stop(): void {
    this.listening.stop()
  }

  /** Ends a drag or a frame under way, as if nothing had been pressed. */
  letGo(): void {
    this.listening.letGo()
  }

  /** Nothing of what it pointed at is there any more. */
  forget(): void {
    this.letGo()
    this.hover = null
  }

  /** What is drawn has moved below it. */
  again(): void {
    this.point(this.at)
  }

  private point(at: { x: number; y: number } | null): void {
    const { ground } = this
    this.at = at
    const about = at && this.under(at.x, at.y)
    this.hover = about?.kind === 'bar' ? about.spot : null
    ground.surface.classList.toggle('over-bar', taskUnder(about) !== null)
    ground.surface.classList.toggle('over-axis', at !== null && this.isOnAxis(at.y))
    if (at && about) ground.events.tip({ about, x: at.x, y: at.y, byKeyboard: false })
    else if (!ground.cursor.spot) ground.events.tip(null)
    ground.redraw()
  }

  private click(x: number, y: number): void {
    const { ground } = this
    if (this.isOnAxis(y) && ground.range.marked) {
      ground.range.clear()
      return
    }
    ground.cursor.spot = null
    ground.events.select(taskUnder(this.under(x, y)))
  }

  /** As much of the frame as lies on the axis fills the view. */
  private enter({ x0, x1 }: Box): void {
    const { ground } = this
    const { left, right } = ground.axis
    const [from, to] = [Math.max(x0, left / ground.ratio), Math.min(x1, right / ground.ratio)]
    if (to - from >= slip) ground.move((view) => view.enter(ground.timeAt(from), ground.timeAt(to)))
  }

  private isOnAxis(y: number): boolean {
    const { layout } = this.ground
    return layout !== null && layout.runs.length > 0 && y >= layout.visible - axisHeight
  }

  private under(x: number, y: number): Under | null {
    const { layout, width, scroll, captionEnds, now, ratio, axis } = this.ground
    return layout && under({ layout, width, scroll, captionEnds, now, axis, ratio }, x, y)
  }
}
