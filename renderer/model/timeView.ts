/**
 * Which part of time is seen, in programme seconds. Untouched, the view shows the whole run; of a live one that outgrows a minute, the last
 * minute, following. Any pan or zoom takes it out of that until `reset`.
 */
import { niceStep } from './format'

export interface Range {
  readonly t0: number
  readonly t1: number
}

/** A view as it can be come back to. */
export interface ViewState extends Range {
  readonly automatic: boolean
}

/** What there is to see. */
export interface Extent {
  /** Where the first run begins that stands left of 0; missing: none does. */
  readonly start?: number
  /** The total, of a live run the one that is expected; 0 where nobody knows. */
  readonly end: number
  /** Last known moment. */
  readonly now: number
  readonly live: boolean
}

/** A live run longer than this is followed instead of shown whole. */
export const wholeUpTo = 60
/** Room to the right of the now-line, as a share of the window: its label must fit. */
const ahead = 0.04
/** Closest zoom: ten nanoseconds across, for the clock's own step is one; of a very long run as much as a number can still tell apart. */
const smallest = (end: number) => Math.max(1e-8, end * 1e-12)

/** A round end a little beyond `end`: 10 for 9.002, 7 for 6.002. */
export function niceEnd(end: number): number {
  if (!(end > 0)) return 1
  const step = niceStep(end / 11)
  return Number((Math.ceil((end * 1.04) / step - 1e-9) * step).toPrecision(12))
}

/** A round part of time around all that there is to see. */
function niceRange(start: number, end: number): Range {
  if (!(start < 0)) return { t0: 0, t1: niceEnd(Math.max(end, 0)) }
  const step = niceStep((end - start) / 25)
  const round = (time: number) => Number((Math.ceil(time / step - 1e-9) * step).toPrecision(12))
  const air = (end - start) * 0.04
  return { t0: -round(air / 4 - start), t1: round(end + air) }
}

const growing = (now: number) => [1, 2, 5, 10, 20, 30, 45].find((end) => end >= now * (1 + ahead)) ?? wholeUpTo * (1 + ahead)

export class TimeView {
  t0 = 0
  t1 = 10
  /** False once the user has moved the view. */
  automatic = true
  /** Of the picture, in pixels: a view that follows moves by whole ones, so that what was drawn stays what it is and only moves. 0: not known. */
  columns = 0
  private extent: Extent = { end: 10, now: 0, live: false }

  /** What there is to see has changed. True if the view moved. */
  update(extent: Extent): boolean {
    this.extent = extent
    return this.automatic ? this.set(this.whole()) : false
  }

  /** Shows the window at the newest moment, not all of the run. */
  get following(): boolean {
    return this.automatic && this.extent.live && this.extent.now > wholeUpTo
  }

  get state(): ViewState {
    const { t0, t1, automatic } = this
    return { t0, t1, automatic }
  }

  /** Back to a view that was left. One that followed follows again. True if the view moved. */
  restore({ automatic, ...range }: ViewState): boolean {
    return automatic ? this.reset() : this.move(range)
  }

  /** All of it, and following again. */
  reset(): boolean {
    this.automatic = true
    return this.set(this.whole())
  }

  /** Exactly this part, with a little air on both sides. */
  fit(from: number, to: number): boolean {
    const air = Math.max((to - from) * 0.06, this.smallest())
    return this.move({ t0: from - air, t1: to + air })
  }

  /** Exactly this part, without any. */
  enter(from: number, to: number): boolean {
    const missing = Math.max(0, this.smallest() - (to - from)) / 2
    return this.move({ t0: from - missing, t1: to + missing })
  }

  /** Factor over 1 comes closer. `at` stays where it is. */
  zoom(at: number, factor: number): boolean {
    const { t0, t1 } = this
    const { t0: first, t1: last } = this.bounds()
    const span = Math.min(Math.max((t1 - t0) / factor, this.smallest()), last - first)
    const share = (at - t0) / (t1 - t0)
    return this.move({ t0: at - share * span, t1: at + (1 - share) * span })
  }

  /** By a number of programme seconds; positive: later. */
  pan(by: number): boolean {
    return this.move({ t0: this.t0 + by, t1: this.t1 + by })
  }

  /** Moves no further than needed to have [from, to] in view. */
  reveal(from: number, to: number): boolean {
    if (from >= this.t0 && to <= this.t1) return false
    const span = this.t1 - this.t0
    if (to - from > span) return from > this.t1 || to < this.t0 ? this.pan((from + to) / 2 - (this.t0 + this.t1) / 2) : false
    return this.pan(from < this.t0 ? from - this.t0 - span * 0.05 : to - this.t1 + span * 0.05)
  }

  private whole(): Range {
    const { start = 0, end, now, live } = this.extent
    if (live && now > wholeUpTo) {
      const length = wholeUpTo * (1 + ahead)
      const latest = now + wholeUpTo * ahead
      const t1 = this.columns > 0 ? (Math.ceil((latest * this.columns) / length) * length) / this.columns : latest
      return { t0: t1 - length, t1 }
    }
    // A live run that has outgrown what was expected grows in few steps: every step moves the whole picture.
    if (live) return { t0: 0, t1: Math.max(end > 0 ? niceEnd(end) : 0, now >= end ? growing(now) : 0) }
    return niceRange(start, end)
  }

  /** Within what the view can be moved. */
  bounds(): Range {
    const { start = 0, end, now } = this.extent
    const { t0, t1 } = niceRange(start, Math.max(end, now))
    return { t0, t1: Math.max(t1, this.whole().t1) }
  }

  private smallest(): number {
    const { t0, t1 } = this.bounds()
    return smallest(Math.max(-t0, t1))
  }

  /** A move by the user: within the run, keeping the length of the view. */
  private move({ t0, t1 }: Range): boolean {
    this.automatic = false
    const bounds = this.bounds()
    const span = Math.min(t1 - t0, bounds.t1 - bounds.t0)
    const from = Math.min(Math.max(t0, bounds.t0), bounds.t1 - span)
    return this.set({ t0: from, t1: from + span })
  }

  private set({ t0, t1 }: Range): boolean {
    if (t0 === this.t0 && t1 === this.t1) return false
    this.t0 = t0
    this.t1 = t1
    return true
  }
}
