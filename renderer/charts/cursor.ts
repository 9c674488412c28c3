/** Where the keyboard stands on the chart, and the ways it goes: from bar to bar, from row to row, from one failure to the next. */
import type { RunStore } from '../model/runStore'
import { nextHit } from '../model/searchHits'
import type { TimeView } from '../model/timeView'
import { type Axis, column } from './axis'
import { nextFailure } from './failures'
import type { Spot } from './hit'
import { type Layout, type PlacedRow, scrollToShow, shownTop } from './layout'
import { edgeOfRow, firstSpot, neighbour, rowOf, spotAtTime, spotOfTask } from './places'
import type { StageEvents, StageInput } from './stageTypes'
import { offsetOf, type Selection } from './timelineRun'

/** What it goes over, as the stage last drew it. */
export interface Ground {
  readonly layout: Layout | null
  readonly input: StageInput
  readonly events: StageEvents
  readonly view: TimeView
  readonly axis: Axis
  readonly ratio: number
  /** Of the lanes, CSS px. */
  scroll: number
  /** Up to when open spans of the run reach. */
  nowOf(index: number): number
  storeOf(run: number): RunStore | null
  move(move: (view: TimeView) => boolean): void
  focus(): void
  request(): void
  /** The overlay alone. */
  redraw(): void
}

export class Cursor {
  /** Null: nowhere. */
  spot: Spot | null = null
  private cameFromHead = false

  constructor(private readonly ground: Ground) {}

  /** To where the selection is. */
  enter(): void {
    this.spot = this.selected()
  }

  /** From here on the pointer speaks. */
  leave(): void {
    this.cameFromHead = false
    this.spot = null
    this.ground.events.tip(null)
  }

  step(direction: 'left' | 'right' | 'up' | 'down'): void {
    const { layout } = this.ground
    if (!layout) return
    const from = this.spot ?? this.selected()
    const next = from ? neighbour(layout, from, direction, (index) => this.ground.nowOf(index)) : firstSpot(layout)
    const spot = next ?? from
    if (!next && from && direction === 'left') this.toHead(from)
    else if (spot) this.goTo(spot)
  }

  /** To the first or the last place of the row that it is in. */
  toEdge(which: 'first' | 'last'): void {
    const { layout } = this.ground
    const from = this.spot ?? this.selected() ?? (layout && firstSpot(layout))
    const placed = layout && from && rowOf(layout, from)
    const edge = placed && edgeOfRow(layout, placed, which)
    if (edge) this.goTo(edge)
  }

  /** Back to where it came from, if that was the head of a row. */
  escape(): void {
    const { spot, cameFromHead } = this
    this.leave()
    if (spot && cameFromHead) this.toHead(spot)
  }

  private toHead(spot: Spot): void {
    const { layout, events } = this.ground
    const row = layout && rowOf(layout, spot)
    if (row) events.toHead(row)
  }

  /** Into a row from its head: to the first place of it that is in the view, else to its first. */
  enterRow({ run, head }: PlacedRow): void {
    const { layout, view } = this.ground
    // Its head may be of an earlier layout.
    const row = layout?.runs[run]?.rows.find((one) => one.head.lane === head.lane && one.head.sub === head.sub)
    const spot = layout && row && spotAtTime(layout, row, view.t0, this.ground.nowOf(run))
    if (!spot) return
    this.ground.focus()
    this.cameFromHead = true
    this.goTo(spot)
  }

  goToFailure(direction: 1 | -1): void {
    const { layout, view, input, events } = this.ground
    if (!layout) return
    const found = nextFailure(layout, { task: input.selection, seconds: direction > 0 ? view.t0 : view.t1 }, direction)
    if (!found) {
      events.noFailure()
      return
    }
    // From here on the arrows go, and Escape lets go of what is said.
    this.ground.focus()
    this.goTo(found)
  }

  /** To the next of what was found, by time, or the one before. */
  goToHit(direction: 1 | -1): void {
    const { layout, view, input } = this.ground
    const from = { task: input.selection, seconds: direction > 0 ? view.t0 : view.t1 }
    const found = input.hits && nextHit(input.hits, from, direction)
    const spot = layout && found && spotOfTask(layout, found.run, found.task)
    this.ground.focus()
    if (spot) this.goTo(spot)
    // Its lane is not seen: it is in the table, and the way goes on from there.
    else if (found) this.ground.events.select({ run: found.run, task: found.task })
  }

  /** Selects it and says what it is, in the middle of the view if it was not in it. */
  goTo(spot: Spot): void {
    const { ground } = this
    const store = ground.storeOf(spot.run)
    if (!store) return
    this.spot = spot
    const index = ground.input.runs.findIndex(({ id }) => id === spot.run)
    const [start, end] =
      spot.span === null
        ? [store.tasks.startOf(spot.task), store.tasks.startOf(spot.task)]
        : [store.spans.start.get(spot.span), store.spans.endAt(spot.span, ground.nowOf(index))]
    const offset = offsetOf(ground.input.runs[index]!)
    ground.move((view) => view.reveal(start + offset, end + offset))
    ground.events.select(selectionOf(spot))
    this.tell(spot, start + offset, end + offset)
    ground.request()
  }

  private selected(): Spot | null {
    const { layout, input } = this.ground
    return layout && input.selection && spotOfTask(layout, input.selection.run, input.selection.task)
  }

  /** Times on the axis. */
  private tell(spot: Spot, start: number, end: number): void {
    const { ground } = this
    const { layout, events } = ground
    const placed = layout && rowOf(layout, spot)
    if (!placed) return
    const scroll = scrollToShow(layout, placed, ground.scroll)
    if (scroll !== ground.scroll) events.scroll(scroll)
    ground.scroll = scroll
    const { t0, t1 } = ground.view
    const x = column(ground.axis, (Math.max(start, t0) + Math.min(end, t1)) / 2) / ground.ratio
    events.tip({ about: { kind: 'bar', spot }, x, y: shownTop(layout, placed, scroll) + layout.size.lane, byKeyboard: true })
  }
}

export const selectionOf = ({ run, task, span }: Spot): Selection => ({ run, task, span })
