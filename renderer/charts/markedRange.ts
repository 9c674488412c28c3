/** The part of time that is measured: marked by a drag on the axis or by a key, it stays until it is let go of. */
import { type RangeSums, rangeSums } from '../model/rangeSums'
import { spanLabel } from '../model/timeLabels'
import { pixelStep, timeAt } from './axis'
import type { Ground } from './cursor'
import { type Edge, nearestEdge } from './snap'
import { offsetOf } from './timelineRun'

/** Programme seconds on the axis. */
export interface Range {
  readonly from: number
  readonly to: number
}

export interface Marked extends Range {
  /** Edges of bars at which it begins or ends. */
  readonly edges: readonly Edge[]
}

/** What is told of it. */
export interface RangeNews extends Range {
  readonly lasted: string
  readonly tasks: number
  /** Share of the time for which threads were taken, over all lanes. */
  readonly held: number
  readonly lanes: number
  /** It is still being drawn. */
  readonly dragged: boolean
  /** CSS px from the chart's left: of as much as is seen; null: nothing of it is. */
  readonly x: { readonly left: number; readonly right: number } | null
}

/** CSS px within which an edge takes it, and which it must be wide at least. */
const reach = 4
/** ms between two looks at a live run. */
const every = 250

export class MarkedRange {
  private range: Marked | null = null
  private dragged = false
  private known: { readonly key: string; readonly at: number; readonly sums: readonly RangeSums[] } | null = null
  private told = ''

  constructor(private readonly ground: Ground) {}

  get marked(): Marked | null {
    return this.range
  }

  /** Between two positions, CSS px; `snaps`: it takes the edges of bars nearby. */
  drag(x0: number, x1: number, snaps: boolean): void {
    const { ground } = this
    const { layout, axis, ratio } = ground
    if (!layout) return
    const at = (x: number): [number, Edge | null] => {
      const px = Math.min(Math.max(x * ratio, axis.left), axis.right)
      const edge = snaps ? nearestEdge(layout, ground.scroll, axis, px, reach * ratio, (run) => ground.nowOf(run)) : null
      return [edge?.seconds ?? timeAt(axis, px), edge]
    }
    const [[a, first], [b, second]] = [at(x0), at(x1)]
    this.dragged = true
    this.range = { from: Math.min(a, b), to: Math.max(a, b), edges: [first, second].filter((edge) => edge !== null) }
    ground.redraw()
  }

  /** The drag is over; too short a one marks nothing. */
  drop(): void {
    this.dragged = false
    if (this.range && !(this.range.to > this.range.from)) this.range = null
    this.settle()
  }

  set(from: number, to: number): void {
    this.range = to > from ? { from, to, edges: [] } : null
    this.settle()
  }

  /** The selected bar. False: none is. */
  setToBar(): boolean {
    const { selection, runs } = this.ground.input
    const index = runs.findIndex(({ id }) => id === selection?.run)
    const run = runs[index]
    const span = selection?.span ?? null
    if (!run || span === null || span >= run.store.spans.length) return false
    const { start } = run.store.spans
    this.set(start.get(span) + offsetOf(run), run.store.spans.endAt(span, this.ground.nowOf(index)) + offsetOf(run))
    return true
  }

  clear(): void {
    this.dragged = false
    this.range = null
    this.settle()
  }

  private settle(): void {
    const { ground, range } = this
    ground.events.measured(range && { from: range.from, to: range.to })
    ground.redraw()
  }

  /** After each frame: whoever shows it is told what is new. `time` in ms. */
  tell(time: number): void {
    const news = this.news(time)
    const key = JSON.stringify(news)
    if (key === this.told) return
    this.told = key
    this.ground.events.range(news)
  }

  private news(time: number): RangeNews | null {
    const { range, ground } = this
    if (!range) return null
    const { axis, input, ratio } = ground
    const { from, to } = range
    const length = to - from
    const sums = this.sums(range, time)
    const lanes = sums.reduce((count, { held }) => count + held.length, 0)
    const held = sums.reduce((sum, one) => sum + one.held.reduce((seconds, lane) => seconds + lane, 0), 0)
    const x = (seconds: number) => axis.left + ((seconds - axis.t0) / (axis.t1 - axis.t0)) * (axis.right - axis.left)
    const [left, right] = [Math.max(x(from), axis.left), Math.min(x(to), axis.right)]
    return {
      from,
      to,
      lasted: spanLabel(length, Math.max(1e-9, Math.min(pixelStep(axis), length / 100))),
      tasks: sums.reduce((count, { tasks }) => count + tasks, 0),
      held: lanes > 0 && length > 0 ? held / (length * lanes) : 0,
      lanes: input.runs.length > 0 ? lanes : 0,
      dragged: this.dragged,
      x: right > left ? { left: Math.round(left / ratio), right: Math.round(right / ratio) } : null,
    }
  }

  private sums({ from, to }: Range, time: number): readonly RangeSums[] {
    const { input } = this.ground
    const same = `${from} ${to} ${input.runs.map((run) => `${run.id} ${offsetOf(run)}`).join()}`
    const key = `${same} ${input.runs.map(({ store }) => store.version).join()}`
    const { known } = this
    if (known && (known.key === key || (known.key.startsWith(same) && time - known.at < every))) return known.sums
    const sums = input.runs.map((run, index) => {
      const offset = offsetOf(run)
      return rangeSums(run.store, from - offset, to - offset, this.ground.nowOf(index))
    })
    this.known = { key, at: time, sums }
    return sums
  }
}
