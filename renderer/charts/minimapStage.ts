/** What moves in the minimap: its canvas, drawn anew only where the runs have grown, the frame around what is seen, and the pointer that moves it. */
import type { Range, TimeView } from '../model/timeView'
import { drawMinimap, minimapHeight } from './drawMinimap'
import { slip } from './pointer'
import { theme } from './theme'
import { offsetOf, type TimelineRun } from './timelineRun'

/** What the stage has drawn. */
export interface MapPicture {
  readonly runs: readonly TimelineRun[]
  /** Of each run: up to when open spans reach. */
  readonly now: readonly number[]
  readonly view: TimeView
  readonly theme: string
}

/** ms between two drawings of a live run: of all its lanes a glance is enough. */
const drawnEvery = 500
/** How far from its edge a press still means the frame's edge, CSS px. Where the frame is narrower than three of them it has none. */
const edge = 5

type Part = 'from' | 'to' | 'all'

export class MinimapStage {
  private picture: MapPicture | null = null
  private drawnKey = ''
  private placedAt = ''
  private drawnAt = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | null = null
  private readonly observer = new ResizeObserver(() => this.draw())
  private drag: { readonly id: number; readonly part: Part; readonly x: number; readonly seen: Range; moved: boolean } | null =
    null

  constructor(
    private readonly surface: HTMLElement,
    private readonly canvas: HTMLCanvasElement,
    private readonly frame: HTMLElement,
    private readonly move: (move: (view: TimeView) => boolean) => void,
  ) {
    surface.addEventListener('pointerdown', this.down)
    surface.addEventListener('pointermove', this.over)
    surface.addEventListener('pointerup', this.up)
    surface.addEventListener('pointercancel', this.up)
    this.observer.observe(surface)
  }

  destroy(): void {
    this.surface.removeEventListener('pointerdown', this.down)
    this.surface.removeEventListener('pointermove', this.over)
    this.surface.removeEventListener('pointerup', this.up)
    this.surface.removeEventListener('pointercancel', this.up)
    this.observer.disconnect()
    if (this.timer !== null) clearTimeout(this.timer)
  }

  /** After each drawing of the lanes. */
  update(picture: MapPicture): void {
    this.picture = picture
    this.placeFrame()
    const wait = this.drawnAt + drawnEvery - performance.now()
    if (wait <= 0) this.draw()
    else {
      this.timer ??= setTimeout(() => {
        this.timer = null
        this.draw()
      }, wait)
    }
  }

  /** The time at a CSS px from its left, and how long a px is. */
  timeAt(x: number): { readonly time: number; readonly perPixel: number } {
    const { t0, t1 } = this.whole
    const perPixel = (t1 - t0) / Math.max(1, this.surface.clientWidth)
    return { time: t0 + x * perPixel, perPixel }
  }

  private get whole(): Range {
    return this.picture?.view.bounds() ?? { t0: 0, t1: 1 }
  }

  private placeFrame(): void {
    const { picture, frame } = this
    if (!picture) return
    const { t0, t1 } = this.whole
    const [from, to] = [picture.view.t0, picture.view.t1].map((time) => (100 * (time - t0)) / (t1 - t0))
    const placed = `${from} ${to}`
    if (placed === this.placedAt) return
    this.placedAt = placed
    frame.classList.toggle('whole', from! <= 0 && to! >= 100)
    frame.style.left = `${Math.max(0, from!)}%`
    frame.style.width = `${Math.min(100, to!) - Math.max(0, from!)}%`
  }

  private draw(): void {
    const { picture, canvas } = this
    const ratio = window.devicePixelRatio || 1
    const width = Math.round(this.surface.clientWidth * ratio)
    const g = canvas.getContext('2d')
    if (!picture || !g || width <= 0) return
    const { runs, now } = picture
    const whole = this.whole
    const shown = runs.map((run, i) => `${run.id} ${run.store.version} ${offsetOf(run)} ${run.live ? now[i] : ''}`)
    const key = [picture.theme, width, ratio, whole.t0, whole.t1, ...shown].join()
    if (key === this.drawnKey) return
    this.drawnKey = key
    this.drawnAt = performance.now()
    const height = Math.round(minimapHeight * ratio)
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
    }
    drawMinimap({ g, ratio, ...theme() }, runs, now, whole, width)
  }

  private place(event: PointerEvent): number {
    return event.clientX - this.surface.getBoundingClientRect().left
  }

  private readonly down = (event: PointerEvent) => {
    const { picture } = this
    if (event.button !== 0 || !picture) return
    const x = this.place(event)
    const { t0, t1 } = picture.view
    const { time } = this.timeAt(x)
    this.surface.setPointerCapture(event.pointerId)
    if (time < t0 || time > t1) this.move((view) => view.pan(time - (t0 + t1) / 2))
    const { view } = picture
    this.drag = { id: event.pointerId, part: this.partAt(x), x, seen: { t0: view.t0, t1: view.t1 }, moved: false }
    this.placeFrame()
  }

  private readonly over = (event: PointerEvent) => {
    const x = this.place(event)
    const { drag } = this
    this.surface.dataset['over'] = drag?.part ?? this.partAt(x)
    if (drag?.id !== event.pointerId) return
    if (!drag.moved && Math.abs(x - drag.x) < slip) return
    drag.moved = true
    const by = (x - drag.x) * this.timeAt(x).perPixel
    const { t0, t1 } = drag.seen
    if (drag.part === 'all') this.move((view) => view.pan(t0 + by - view.t0))
    else if (drag.part === 'from') this.move((view) => view.enter(Math.min(t0 + by, t1), t1))
    else this.move((view) => view.enter(t0, Math.max(t1 + by, t0)))
  }

  private readonly up = (event: PointerEvent) => {
    if (this.drag?.id === event.pointerId) this.drag = null
  }

  private partAt(x: number): Part {
    const { view } = this.picture ?? {}
    if (!view) return 'all'
    const { t0 } = this.whole
    const { perPixel } = this.timeAt(0)
    const [from, to] = [(view.t0 - t0) / perPixel, (view.t1 - t0) / perPixel]
    if (to - from < 3 * edge) return 'all'
    return Math.abs(x - from) <= edge ? 'from' : Math.abs(x - to) <= edge ? 'to' : 'all'
  }
}
