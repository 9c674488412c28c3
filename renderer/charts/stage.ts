/**
 * What moves behind the Timeline component: the two canvases, the view, the pointer and the one loop that draws when something changed. The
 * component owns the DOM and is told when lanes or the tooltip are to be drawn anew.
 */
import { finderOf } from '../model/loopBlocked'
import type { RunStore } from '../model/runStore'
import { timeAt } from './axis'
import { LiveClock } from './clock'
import { Cursor, type Ground, selectionOf } from './cursor'
import { Frame } from './frame'
import type { Spot } from './hit'
import type { ChartKey } from './keys'
import { axisHeight, type Layout, Layouts, type PlacedRow, sameWords } from './layout'
import { MarkedRange } from './markedRange'
import type { MapPicture } from './minimapStage'
import { restsAfter, ViewMoves } from './moves'
import { drawOverlay } from './overlay'
import { type Box, listenToPointer, slip } from './pointer'
import { work } from './rowRaster'
import type { StageEvents, StageInput } from './stageTypes'
import { forgetTheme, theme } from './theme'
import { TimelineChart } from './timelineChart'
import { areMoved, extentOf, offsetOf, sameRuns } from './timelineRun'
import { Told } from './told'
import { taskUnder, type Under, under } from './under'

/** Share of the window that one key press moves, and factor by which it zooms. */
const panStep = 0.1
const zoomStep = 1.35
/** Device px by which narrow bars may be drawn wider while the view moves. */
const movingTolerance = 0.5

export class Stage implements Ground {
  private readonly moves = new ViewMoves()
  private readonly told: Told
  private readonly chart: TimelineChart
  private readonly frame = new Frame((time) => this.draw(time))
  private readonly clocks = new WeakMap<RunStore, LiveClock>()
  private readonly listening: ReturnType<typeof listenToPointer>
  layout: Layout | null = null
  private readonly layouts = new Layouts()
  private panelsWereOpen = false
  private width = 0
  scroll = 0
  private now: number[] = []
  private hover: Spot | null = null
  private readonly cursor = new Cursor(this)
  private readonly range = new MarkedRange(this)
  private pointer: { x: number; y: number } | null = null
  private baseDirty = true
  private drawnVersions = ''
  private captionEnds: readonly number[] = []
  private focused = false
  private box: Box | null = null
  private restTimer: ReturnType<typeof setTimeout> | null = null

  constructor(
    base: HTMLCanvasElement,
    private readonly overlay: HTMLCanvasElement,
    /** On top of both: takes pointer and focus. */
    private readonly surface: HTMLElement,
    public input: StageInput,
    readonly events: StageEvents,
  ) {
    this.chart = new TimelineChart(base)
    this.told = new Told(this.view, events)
    this.listening = listenToPointer(surface, {
      hover: (at) => this.point(at),
      click: (x, y) => this.click(x, y),
      zoom: (x, factor) => this.move((view) => view.zoom(this.timeAt(x), factor)),
      pan: (by) => this.move((view) => view.pan((-by * (view.t1 - view.t0)) / this.plotWidth())),
      frame: (box) => {
        this.box = box
        this.frame.request()
      },
      enter: (box) => this.enter(box),
      isOnAxis: (y) => this.isOnAxis(y),
      measure: (from, to, snaps) => this.range.drag(from, to, snaps),
      measured: () => this.range.drop(),
      reset: () => this.move((view) => view.reset()),
    })
  }

  destroy(): void {
    this.frame.cancel()
    this.listening.stop()
    this.told.destroy()
    if (this.restTimer !== null) clearTimeout(this.restTimer)
    this.chart.destroy()
  }

  update(input: StageInput): void {
    if (input.theme !== this.input.theme) forgetTheme()
    const known = new Set(this.input.runs.map(({ id }) => id))
    if (input.runs.length > 0 && !input.runs.some(({ id }) => known.has(id))) this.forget()
    else if (areMoved(input.runs, this.input.runs)) {
      this.moves.forget()
      this.range.clear()
    }
    const { words, height, panelsOpen, placeholder, arrangement } = this.input
    const same =
      input.theme === this.input.theme &&
      input.words === words &&
      input.height === height &&
      input.panelsOpen === panelsOpen &&
      input.placeholder === placeholder &&
      input.arrangement === arrangement &&
      sameRuns(input.runs, this.input.runs)
    this.input = input
    // A new selection, or a page that drew itself again for reasons of its own, leaves the bars as they are.
    if (same) this.frame.request()
    else this.request()
  }

  resize(width: number): void {
    this.width = width
    this.request()
  }

  scrollTo(top: number): void {
    this.scroll = top
    this.request()
  }

  /** Where captions end, CSS px: known once they are in the page. */
  setCaptionEnds(ends: readonly number[]): void {
    if (ends.join() === this.captionEnds.join()) return
    this.captionEnds = ends
    this.request()
  }

  setFocus(focused: boolean): void {
    this.focused = focused
    if (!focused) {
      this.cursor.leave()
    } else this.cursor.enter()
    this.frame.request()
  }

  press(key: ChartKey): void {
    switch (key.type) {
      case 'pan':
        this.move((view) => view.pan(key.direction * (view.t1 - view.t0) * panStep))
        break
      case 'zoom':
        this.move((view) => view.zoom(this.zoomCentre(), key.direction > 0 ? zoomStep : 1 / zoomStep))
        break
      case 'reset':
        this.move((view) => view.reset())
        break
      case 'fit':
        this.fit()
        break
      case 'measure':
        this.measure()
        break
      case 'history':
        this.moved(this.moves.step(key.direction))
        break
      case 'failure':
        this.cursor.goToFailure(key.direction)
        break
      case 'hit':
        this.cursor.goToHit(key.direction)
        break
      case 'move':
        this.cursor.step(key.direction)
        break
      case 'edge':
        this.cursor.toEdge(key.which)
        break
      case 'select':
        if (this.cursor.spot) this.events.select(selectionOf(this.cursor.spot))
        break
      case 'clear':
        if (this.box) {
          this.listening.letGo()
          break
        }
        if (this.range.marked) {
          this.range.clear()
          break
        }
        this.cursor.escape()
        this.events.select(null)
        this.frame.request()
        break
    }
  }

  get view() {
    return this.moves.view
  }

  /** Other runs are shown: nothing that was pointed at is there any more. */
  private forget(): void {
    this.moves.forget()
    this.listening.letGo()
    this.hover = null
    this.cursor.leave()
    this.range.clear()
  }

  get ratio(): number {
    return window.devicePixelRatio || 1
  }

  get axis() {
    return this.chart.axis(this.view.t0, this.view.t1)
  }

  /** For the minimap. */
  get mapPicture(): MapPicture {
    const { runs, theme: of } = this.input
    return { runs, now: this.now, view: this.view, theme: of }
  }

  /** From the head of a row into its bars. */
  enterRow(row: PlacedRow): void {
    const { lane, sub } = row.head
    const placed = this.layout?.runs[row.run]?.rows.find(({ head }) => head.lane === lane && head.sub === sub)
    if (placed) this.cursor.enterRow(placed)
  }

  private timeAt(x: number): number {
    return timeAt(this.axis, x * this.ratio)
  }

  private plotWidth(): number {
    const { left, right } = this.axis
    return Math.max(1, (right - left) / this.ratio)
  }

  request(): void {
    this.baseDirty = true
    this.frame.request()
  }

  /** As much of the frame as lies on the axis fills the view. */
  private enter({ x0, x1 }: Box): void {
    const { left, right } = this.axis
    const [from, to] = [Math.max(x0, left / this.ratio), Math.min(x1, right / this.ratio)]
    if (to - from >= slip) this.move((view) => view.enter(this.timeAt(from), this.timeAt(to)))
  }

  move(move: (view: ViewMoves['view']) => boolean): void {
    this.moved(this.moves.make(move))
  }

  private moved(changed: boolean): void {
    if (!changed) return
    this.point(this.pointer)
    this.request()
  }

  /** A zoom by key keeps the selection where it is, else the middle. */
  private zoomCentre(): number {
    const { t0, t1 } = this.view
    const at = this.selectedTimes()?.from
    return at !== undefined && at >= t0 && at <= t1 ? at : (t0 + t1) / 2
  }

  /** When the selected task was there, on the axis; null: none is selected. */
  private selectedTimes() {
    const { selection } = this.input
    const store = selection && this.storeOf(selection.run)
    if (!store || selection.task >= store.taskCount) return null
    const offset = offsetOf(this.input.runs.find(({ id }) => id === selection.run)!)
    const from = store.tasks.startOf(selection.task)
    return { from: from + offset, to: Math.min(store.tasks.endOf(selection.task), Math.max(store.now, from)) + offset }
  }

  /** The selected task, else everything. */
  private fit(): void {
    const times = this.selectedTimes()
    this.move((view) => (times ? view.fit(times.from, times.to) : view.reset()))
  }

  storeOf(run: number): RunStore | null {
    return this.input.runs.find(({ id }) => id === run)?.store ?? null
  }

  nowOf(index: number): number {
    return this.now[index] ?? 0
  }

  focus(): void {
    this.surface.focus({ preventScroll: true })
  }

  redraw(): void {
    this.frame.request()
  }

  clearRange(): void {
    this.range.clear()
    this.focus()
  }

  /** The selected bar, else the selected task, else all that is seen. */
  private measure(): void {
    const { from, to } = this.selectedTimes() ?? { from: this.view.t0, to: this.view.t1 }
    if (!this.range.setToBar()) this.range.set(from, to)
    // From here on Escape lets go of it.
    this.focus()
  }

  private isOnAxis(y: number): boolean {
    const { layout } = this
    return layout !== null && layout.runs.length > 0 && y >= layout.visible - axisHeight
  }

  private point(at: { x: number; y: number } | null): void {
    this.pointer = at
    const about = at && this.under(at.x, at.y)
    this.hover = about?.kind === 'bar' ? about.spot : null
    this.surface.classList.toggle('over-bar', taskUnder(about) !== null)
    this.surface.classList.toggle('over-axis', at !== null && this.isOnAxis(at.y))
    if (at && about) this.events.tip({ about, x: at.x, y: at.y, byKeyboard: false })
    else if (!this.cursor.spot) this.events.tip(null)
    this.frame.request()
  }

  private click(x: number, y: number): void {
    if (this.isOnAxis(y) && this.range.marked) {
      this.range.clear()
      return
    }
    this.cursor.spot = null
    this.events.select(taskUnder(this.under(x, y)))
  }

  private under(x: number, y: number): Under | null {
    const { layout, width, scroll, captionEnds, now, ratio } = this
    return layout && under({ layout, width, scroll, captionEnds, now, axis: this.axis, ratio }, x, y)
  }

  private draw(time: number): void {
    if (this.width <= 0) return
    const { input } = this
    const live = input.runs.some((run) => run.live)
    this.now = input.runs.map((run) => this.clockOf(run.store).at(time, run.live))
    if (this.view.update(extentOf(input.runs, this.now, live))) this.baseDirty = true
    const layout = this.arrange()
    const versions = input.runs.map(({ store }) => store.version).join()
    const grew = versions !== this.drawnVersions
    if (this.baseDirty || live || grew) {
      this.drawnVersions = versions
      this.baseDirty = false
      const blocked = input.runs.map((run, index) => finderOf(run.store).find(this.now[index]!, run.live))
      const { words, placeholder } = input
      const { width, scroll, now, captionEnds } = this
      const tolerance = live || grew || this.moves.isMoving ? movingTolerance : 0
      const { split } = work
      const scene = { layout, words, width, scroll, now, blocked, placeholder, captionEnds, tolerance }
      this.chart.draw(scene, this.view.t0, this.view.t1)
      if (work.split > split) this.drawAgainAtRest()
      this.events.drawn(this.view.t0, this.view.t1)
    }
    this.drawOverlay(layout)
    this.range.tell(time)
    this.told.tell(time, live)
    if (live) this.frame.request()
  }

  /** What stands is drawn exactly; while a run grows the next frame comes anyway. */
  private drawAgainAtRest(): void {
    if (this.restTimer !== null) clearTimeout(this.restTimer)
    this.restTimer = setTimeout(() => {
      this.restTimer = null
      this.request()
    }, restsAfter)
  }

  private arrange(): Layout {
    const { runs, height, placeholder, panelsOpen, arrangement } = this.input
    const layout = this.layouts.of(runs, height, placeholder, arrangement)
    const known = this.layout
    this.layout = layout
    if (!known || panelsOpen !== this.panelsWereOpen || !sameWords(known, layout)) {
      this.panelsWereOpen = panelsOpen
      this.baseDirty = true
      this.scroll = Math.min(this.scroll, layout.total - layout.visible)
      this.events.layout(layout)
    }
    return layout
  }

  private drawOverlay(layout: Layout): void {
    const { overlay, ratio, width } = this
    const [w, h] = [Math.round(width * ratio), Math.round(layout.visible * ratio)]
    if (overlay.width !== w || overlay.height !== h) {
      overlay.width = w
      overlay.height = h
    }
    const g = overlay.getContext('2d')
    if (!g) return
    const axis = this.axis
    const x = this.pointer && Math.round(this.pointer.x * ratio)
    const crosshair = x !== null && x >= axis.left && x <= axis.right && this.input.runs.length > 0 ? x : null
    const { scroll, now, captionEnds, hover } = this
    const cursor = this.focused ? this.cursor.spot : null
    const box = this.box && { x0: Math.round(this.box.x0 * ratio), x1: Math.round(this.box.x1 * ratio) }
    const over = {
      hover,
      cursor,
      crosshair,
      box,
      range: this.range.marked,
      selection: this.input.selection,
      hits: this.input.hits,
    }
    const scene = { layout, width, scroll, now, captionEnds, ...over }
    drawOverlay({ g, ratio, ...theme() }, scene, axis)
  }

  private clockOf(store: RunStore): LiveClock {
    const known = this.clocks.get(store) ?? new LiveClock(store)
    this.clocks.set(store, known)
    return known
  }
}
