/** What goes into the stage, and what it tells. */
import type { HitsOfRun } from '../model/searchHits'
import type { Arrangement, Layout, PlacedRow } from './layout'
import type { Range, RangeNews } from './markedRange'
import type { Selection, TimelineRun } from './timelineRun'
import type { ViewNews } from './told'
import type { Under } from './under'
import type { TimelineWords } from './words'

export interface StageInput {
  readonly runs: readonly TimelineRun[]
  readonly version: number
  readonly theme: string
  readonly selection: Selection | null
  readonly words: TimelineWords
  readonly height: number
  readonly panelsOpen: boolean
  readonly placeholder: readonly string[]
  /** What was found; null: nothing is looked for. */
  readonly hits: readonly HitsOfRun[] | null
  readonly arrangement: Arrangement
}

/** What the tooltip is about, and where: CSS px from the chart's left and top. */
export interface TipAt {
  readonly about: Under
  readonly x: number
  readonly y: number
  readonly byKeyboard: boolean
}

export interface StageEvents extends ViewNews {
  layout(layout: Layout): void
  tip(tip: TipAt | null): void
  select(selection: Selection | null): void
  /** The lanes shall be scrolled so far, CSS px. */
  scroll(top: number): void
  /** The focus goes from the bars to the head of their row. */
  toHead(row: PlacedRow): void
  /** There is no task that failed to go to. */
  noFailure(): void
  /** What is measured is another part of time, or none; not while it is being drawn. */
  measured(range: Range | null): void
  /** What there is to say of it, and where it is seen. */
  range(news: RangeNews | null): void
  /** The pointer, or the bar at which the keyboard is, is at that time on the axis; null: neither is on the chart. */
  point(seconds: number | null): void
  /** Drawn from `t0` to `t1`. */
  drawn(t0: number, t1: number): void
}
