/**
 * Reads the painted pixels back and compares them with what every single span says, column by column. It knows the spans as the engine sent them and
 * how times become columns; of the tree, the raster and the painters it knows nothing. The rules are those of `renderer/charts/rowRaster.ts`.
 */
import type { Frame } from '#protocol/frame'
import { endCode, ends, holdsThread, type State, states } from '#protocol/vocabulary'
import { headWidth, type Layout, rightSpace } from '../../../renderer/charts/layout'
import { measure } from '../../../renderer/charts/pen'

/** How many columns were looked at, and how many of them were wrong in which way. */
export interface Findings {
  checked: number
  /** Nothing is painted where a span is (R1). */
  empty: number
  /** The body is another than the state with the most time, or at another height (R3). */
  otherState: number
  /** The body is painted where no span is, nor beside it (R4). */
  invented: number
  /** The strip is less urgent than an end that is there (R2). */
  alert: number
  /** A strip where no end is near. */
  strayStrip: number
  /** An end that stands alone has no shape on its bar. */
  noShape: number
}

interface LaneSpans {
  readonly start: number[]
  readonly end: number[]
  readonly state: number[]
  /** How its task ended, of its last span; else −1. */
  readonly how: number[]
}

/** The picture: device pixels of the canvas, and what it shows. */
export interface Picture {
  readonly image: ImageData
  readonly layout: Layout
  readonly t0: number
  readonly t1: number
  readonly ratio: number
  /** It was drawn while the view moved: columns may show their neighbours'. */
  readonly moving: boolean
}

type Rgb = readonly [number, number, number]
/** From the least urgent. */
const urgency = ['cancelled', 'killed', 'failed'] as const
const shaped: readonly number[] = urgency.map((end) => endCode[end])
/** Device px around an end in which its shape may cover what is there. */
const shapeReach = 32
const narrowUnder = 6
const inkOf: Readonly<Record<State, string>> = {
  created: 'ready',
  ready: 'ready',
  running: 'running',
  sleeping: 'sleeping',
  waiting: 'waiting',
  suspended: 'suspended',
}

export class Oracle {
  private readonly lanes: LaneSpans[] = []
  private readonly lastOfTask = new Map<number, [lane: number, index: number]>()

  take({ slices }: Frame): void {
    const { start, end, lane, state, task } = slices.spans.columns
    for (let i = 0; i < slices.spans.count; i++) {
      this.lanes[lane[i]!] ??= { start: [], end: [], state: [], how: [] }
      const own = this.lanes[lane[i]!]!
      own.start.push(start[i]! / 1e9)
      own.end.push(end[i]! / 1e9)
      own.state.push(state[i]!)
      this.lastOfTask.set(task[i]!, [lane[i]!, own.how.push(-1) - 1])
    }
    for (let i = 0; i < slices.ends.count; i++) {
      const last = this.lastOfTask.get(slices.ends.columns.task[i]!)
      if (last) this.lanes[last[0]]!.how[last[1]] = slices.ends.columns.end[i]!
    }
  }

  check(picture: Picture): Findings {
    const findings: Findings = { checked: 0, empty: 0, otherState: 0, invented: 0, alert: 0, strayStrip: 0, noShape: 0 }
    for (const placed of picture.layout.runs[0]!.rows) {
      const spans = this.lanes[placed.head.lane]
      if (spans) new RowCheck(picture, placed.top, spans, findings).run()
    }
    return findings
  }
}

class RowCheck {
  private readonly left: number
  private readonly width: number
  private readonly map: (time: number) => number
  private readonly time: Float64Array
  private readonly narrow: Uint8Array
  private readonly wide: Uint8Array
  private readonly urgent: Uint8Array
  /** 1: a shape may stand here; 2: one that may cut a wide bar. */
  private readonly near: Uint8Array
  private readonly shapes: { readonly x1: number; readonly how: number }[] = []
  private readonly inks = new Map<string, Rgb>()

  constructor(
    private readonly picture: Picture,
    private readonly top: number,
    spans: LaneSpans,
    private readonly findings: Findings,
  ) {
    const { image, t0, t1, ratio } = picture
    this.left = Math.round(headWidth * ratio)
    this.width = image.width - this.left
    const scale = (image.width - Math.round(rightSpace * ratio) - this.left) / (t1 - t0)
    this.map = (time) => Math.round(this.left + (time - t0) * scale) - this.left
    this.time = new Float64Array(this.width * states.length)
    this.narrow = new Uint8Array(this.width)
    this.wide = new Uint8Array(this.width)
    this.urgent = new Uint8Array(this.width)
    this.near = new Uint8Array(this.width)
    for (let i = 0; i < spans.start.length; i++) this.add(spans, i, (time) => (time - t0) * scale)
  }

  private add({ start, end, state, how }: LaneSpans, i: number, exact: (time: number) => number): void {
    const x0 = this.map(start[i]!)
    const x1 = Math.max(x0 + 1, this.map(end[i]!))
    const isWide = x1 - x0 >= narrowUnder * this.picture.ratio
    if (shaped.includes(how[i]!)) {
      const reach = shapeReach * this.picture.ratio
      for (let c = Math.max(0, x1 - reach); c < Math.min(this.width, x1 + reach); c++) this.near[c]! |= isWide ? 3 : 1
      const column = x1 - 1
      if (column >= 0 && column < this.width) {
        this.shapes.push({ x1, how: how[i]! })
        this.urgent[column] = Math.max(this.urgent[column]!, 1 + shaped.indexOf(how[i]!))
      }
    }
    for (let c = Math.max(0, x0); c < Math.min(this.width, x1); c++) {
      if (isWide) {
        this.wide[c] = 1
        continue
      }
      this.narrow[c]! |= 1 << state[i]!
      this.time[c * states.length + state[i]!]! += Math.max(
        0,
        Math.min(exact(end[i]!), c + 0.5) - Math.max(exact(start[i]!), c - 0.5),
      )
    }
  }

  run(): void {
    const { findings, narrow, wide, near, urgent } = this
    const m = measure(this.picture, this.picture.layout.size)
    const y = Math.round(this.top * this.picture.ratio)
    for (let c = 0; c < this.width; c++) {
      findings.checked++
      const body = this.at(c, y + m.slotBottom - 1)
      const covered = narrow[c] !== 0 || wide[c] !== 0
      if (covered && (near[c]! & 2) === 0 && isPaper(body)) findings.empty++
      if (near[c] === 0) {
        if (!covered && this.isInk(body) && !(this.picture.moving && (this.coveredAt(c - 1) || this.coveredAt(c + 1))))
          findings.invented++
        if (narrow[c] !== 0 && !this.picture.moving && !this.showsState(c, body, this.at(c, y + m.slotTop))) findings.otherState++
      }
      const strip = this.urgencyOf(this.at(c, y + m.stripTop + m.strip - 1))
      if (strip < urgent[c]!) findings.alert++
      if (strip > 0 && near[c] === 0) findings.strayStrip++
    }
    this.shapes.forEach(({ x1, how }, i) => {
      // One that begins under the shape before it has none of its own.
      const before = this.shapes[i - 1]?.x1 ?? -Infinity
      const reach = shapeReach * this.picture.ratio
      if (how !== endCode.failed || x1 - before < 2 * reach || x1 < reach || x1 > this.width - reach) return
      const colours = Array.from({ length: 2 * reach }, (_, k) => this.at(x1 - reach + k, y + m.slotBottom - 1))
      if (!colours.some((rgb) => same(rgb, this.ink('failed')))) findings.noShape++
    })
  }

  private coveredAt = (c: number) => this.narrow[c] !== 0 || this.wide[c] !== 0

  /** Where two states are nearly equal either may be shown; of a tick that stands alone what holds the thread. */
  private showsState(c: number, lower: Rgb, upper: Rgb): boolean {
    if (this.wide[c] !== 0) return true
    let from = c
    while (from > 0 && this.narrow[from - 1] !== 0) from--
    let to = c + 1
    while (to < this.width && this.narrow[to] !== 0) to++
    const here = states.filter((_, code) => (this.narrow[c]! & (1 << code)) !== 0)
    const holding = here.filter(holdsThread)
    const among = to - from <= 2 && holding.length > 0 ? holding : here
    const timeOf = (state: State) => this.time[c * states.length + states.indexOf(state)]!
    const most = Math.max(...among.map(timeOf))
    return among.some((state) => {
      if (timeOf(state) < most - 1e-3) return false
      const ink = this.ink(inkOf[state])
      return same(lower, ink) && (holdsThread(state) ? same(upper, ink) : isPaper(upper))
    })
  }

  private at(c: number, y: number): Rgb {
    const { data, width } = this.picture.image
    const i = (y * width + this.left + c) * 4
    // The canvas is transparent where nothing is drawn; below it is paper.
    const onPaper = (channel: number) => Math.round(255 + (channel - 255) * (data[i + 3]! / 255))
    return [onPaper(data[i]!), onPaper(data[i + 1]!), onPaper(data[i + 2]!)]
  }

  private urgencyOf = (rgb: Rgb) => 1 + urgency.findIndex((end) => same(rgb, this.ink(end)))
  private isInk = (rgb: Rgb) =>
    [...Object.values(inkOf), ...ends].some((token) => token in inkTokens && same(rgb, this.ink(token)))

  private ink(token: string): Rgb {
    const known = this.inks.get(token)
    if (known) return known
    const value = Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim().slice(1), 16)
    const rgb = [value >> 16, (value >> 8) & 255, value & 255] as const
    this.inks.set(token, rgb)
    return rgb
  }
}

const inkTokens = { ready: 1, running: 1, sleeping: 1, waiting: 1, suspended: 1, failed: 1, cancelled: 1, killed: 1 }
const same = (a: Rgb, b: Rgb) => a[0] === b[0] && a[1] === b[1] && a[2] === b[2]
/** The surface, or a line of the grid on it. */
const isPaper = (rgb: Rgb) => rgb.every((channel) => channel >= 0xe6)
