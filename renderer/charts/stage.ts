/**
 * What moves behind the Timeline component: the two canvases, the view, the keys and the one loop that draws when something changed. The
 * component owns the DOM and is told when lanes or the tooltip are to be drawn anew.
 */
import { finderOf } from '../model/loopBlocked'
import type { RunStore } from '../model/runStore'
import { timeAt } from './axis'
import { LiveClock } from './clock'
import { Cursor, selectionOf } from './cursor'
import { Frame } from './frame'
import { Hand, type HandGround } from './hand'
import type { Spot } from './hit'
import type { ChartKey } from './keys'
import { type Layout, Layouts, sameWords } from './layout'
import { MarkedRange } from './markedRange'
import type { MapPicture } from './minimapStage'
import { restsAfter, ViewMoves } from './moves'
import { drawOverlay, stillOverlay } from './overlay'
import { work } from './rowRaster'
import type { StageEvents, StageInput } from './stageTypes'
import { forgetTheme, theme } from './theme'
import { TimelineChart } from './timelineChart'
import { areMoved, extentOf, sameRuns, timesOf } from './timelineRun'
import { Told } from './told'

/** Share of the window that one key press moves, and factor by which it zooms. */
const panStep = 0.1
const zoomStep = 1.35
/** Device px by which narrow bars may be drawn wider while the view moves, and while a run grows. */
const movingTolerance = 1
const growingTolerance = 2
/** ms after which the bars of a live run are drawn again at the latest; sooner where time has moved by a pixel. */
const stalest = 33
/** Of the time in which a run that is over comes in. */
const drawingShare = 0.2

export class Stage implements HandGround {
  private readonly moves = new ViewMoves()
  private readonly told: Told
  private readonly chart: TimelineChart
  private readonly frame = new Frame((time) => this.draw(time))
  private readonly clocks = new WeakMap<RunStore, LiveClock>()
  private readonly hand: Hand
  layout: Layout | null = null
  /** What was told last. */
  private pointed: number | null = null
  private readonly layouts = new Layouts()
  width = 0
  scroll = 0
  now: number[] = []
  readonly cursor = new Cursor(this)
  readonly range = new MarkedRange(this)
  private baseDirty = true
  private drawnVersions = ''
  /** What the overlay shows, see `stillOverlay`. */
  private still: string | null = null
  private drawnAt = Number.NEGATIVE_INFINITY
  /** ms that the last picture took. */
  private drawnIn = 0
  captionEnds: readonly number[] = []
  private focused = false
  private restTimer: ReturnType<typeof setTimeout> | null = null

  constructor(
    base: HTMLCanvasElement,
    private readonly overlay: HTMLCanvasElement,
    /** On top of both: takes pointer and focus. */
    readonly surface: HTMLElement,
    public input: StageInput,
    readonly events: StageEvents,
  ) {
    this.chart = new TimelineChart(base)
    this.told = new Told(this.view, events)
    this.hand = new Hand(this)
  }

  destroy(): void {
    this.frame.cancel()
    this.hand.stop()
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
    if (focused) this.cursor.enter()
    else this.cursor.leave()
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
        if (this.hand.box) {
          this.hand.letGo()
          break
        }
        if (this.range.marked) {
          // Who still drags would mark it again.
          this.hand.letGo()
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
    this.hand.forget()
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

  timeAt(x: number): number {
    return timeAt(this.axis, x * this.ratio)
  }

  get plotWidth(): number {
    const { left, right } = this.axis
    return Math.max(1, (right - left) / this.ratio)
  }

  request(): void {
    this.baseDirty = true
    this.frame.request()
  }

  move(move: (view: ViewMoves['view']) => boolean): void {
    this.moved(this.moves.make(move))
  }

  private moved(changed: boolean): void {
    if (!changed) return
    this.hand.again()
    this.request()
  }

  /** A zoom by key keeps the selection where it is, else the middle. */
  private zoomCentre(): number {
    const { t0, t1 } = this.view
    const at = timesOf(this.input)?.from
    return at !== undefined && at >= t0 && at <= t1 ? at : (t0 + t1) / 2
  }

  /** The selected task, else everything. */
  private fit(): void {
    const times = timesOf(this.input)
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
    const { from, to } = timesOf(this.input) ?? { from: this.view.t0, to: this.view.t1 }
    if (!this.range.setToBar()) this.range.set(from, to)
    const { marked } = this.range
    if (marked) this.move((view) => view.reveal(marked.from, marked.to))
    // From here on Escape lets go of it.
    this.focus()
  }

  private draw(time: number): void {
    if (this.width <= 0) return
    const { input } = this
    const live = input.runs.some((run) => run.live)
    const versions = input.runs.map(({ store }) => store.version).join()
    const grew = versions !== this.drawnVersions
    // Of a long run that is coming in not every frame is drawn: it would come the later.
    if (grew && !live && !this.baseDirty && time - this.drawnAt < this.drawnIn / drawingShare) {
      this.frame.request()
      return
    }
    this.now = input.runs.map((run) => this.clockOf(run.store).at(time, run.live))
    this.view.columns = this.plotWidth * this.ratio
    if (this.view.update(extentOf(input.runs, this.now, live))) this.baseDirty = true
    const layout = this.arrange()
    if (this.baseDirty || (live ? time - this.drawnAt >= this.stale : grew)) {
      this.drawnVersions = versions
      this.drawnAt = time
      this.baseDirty = false
      const blocked = input.runs.map((run, index) => finderOf(run.store).find(this.now[index]!, run.live))
      const { words, placeholder } = input
      const { width, scroll, now, captionEnds } = this
      const tolerance = live || grew ? growingTolerance : this.moves.isMoving ? movingTolerance : 0
      const { split } = work
      const scene = { layout, words, width, scroll, now, blocked, placeholder, captionEnds, tolerance, isGrowing: live }
      const began = performance.now()
      this.chart.draw(scene, this.view.t0, this.view.t1)
      this.drawnIn = performance.now() - began
      if (work.split > split) this.drawAgainAtRest()
      this.events.drawn(this.view.t0, this.view.t1)
    }
    this.drawOverlay(layout)
    this.range.tell(time)
    this.told.tell(time, live)
    if (live) this.frame.request()
  }

  /** ms after which the bars of a live run have grown by a pixel, or ends may have come that are to be seen. */
  private get stale(): number {
    const { t0, t1 } = this.view
    const speed = Math.max(1, ...this.input.runs.map(({ store }) => store.speed))
    // Frames come a little early at times.
    return Math.min(stalest, (1000 * (t1 - t0)) / speed / (this.plotWidth * this.ratio)) - 1
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
    const { runs, height, placeholder, arrangement } = this.input
    const layout = this.layouts.of(runs, height, placeholder, arrangement)
    const known = this.layout
    this.layout = layout
    if (!known || !sameWords(known, layout)) {
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
    const x = this.hand.at && Math.round(this.hand.at.x * ratio)
    const crosshair = x !== null && x >= axis.left && x <= axis.right && this.input.runs.length > 0 ? x : null
    const { scroll, now, captionEnds } = this
    const { hover, box: framed } = this.hand
    const cursor = this.focused ? this.cursor.spot : null
    this.tellPoint(crosshair === null ? cursor && this.startOf(cursor) : timeAt(axis, crosshair))
    const box = framed && { x0: Math.round(framed.x0 * ratio), x1: Math.round(framed.x1 * ratio) }
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
    const pen = { g, ratio, ...theme() }
    const still = stillOverlay(pen, scene, axis)
    if (still !== null && still === this.still) return
    this.still = still
    drawOverlay(pen, scene, axis)
  }

  private tellPoint(seconds: number | null): void {
    if (seconds === this.pointed) return
    this.pointed = seconds
    this.events.point(seconds)
  }

  private startOf({ run, task, span }: Spot): number | null {
    const store = this.storeOf(run)
    return store && (span === null ? store.tasks.startOf(task) : store.spans.start.get(span))
  }

  private clockOf(store: RunStore): LiveClock {
    const known = this.clocks.get(store) ?? new LiveClock(store)
    this.clocks.set(store, known)
    return known
  }
}
