/** What the charts are given: the runs to draw, from top to bottom, under one axis. */
import type { RunStore } from '../model/runStore'
import type { Extent } from '../model/timeView'

export interface TimelineRun {
  readonly id: number
  readonly store: RunStore
  /** Still running: open bars reach the now-line, and the view follows. */
  readonly live: boolean
  /** Above its lanes where runs are stacked. */
  readonly caption?: string
  /** A few words beside the caption: what sets this run apart. */
  readonly note?: string
  /** Last end of anything, programme seconds; null until the run is over. */
  readonly total: number | null
  /** Ideal total, programme seconds: the axis makes room for it from the start. */
  readonly expected?: number | null
}

export interface Selection {
  readonly run: number
  readonly task: number
  /** The one of its bars that is meant, null or missing: the task as a whole. */
  readonly span?: number | null
  /** The task of the same run that is to blame for what the selected one shows. */
  readonly culprit?: number | null
}

/** Nothing about the runs themselves is another; their stores may have grown. */
export const sameRuns = (a: readonly TimelineRun[], b: readonly TimelineRun[]) =>
  a.length === b.length &&
  a.every((run, i) => {
    const other = b[i]!
    return (
      run.id === other.id &&
      run.store === other.store &&
      run.live === other.live &&
      run.total === other.total &&
      run.expected === other.expected &&
      run.caption === other.caption &&
      run.note === other.note
    )
  })

/** What there is to see of all of them. `now`: of each run, up to when open spans reach. */
export function extentOf(runs: readonly TimelineRun[], now: readonly number[], live: boolean): Extent {
  const latest = Math.max(0, ...now)
  const ends = runs.map((run, index) => run.total ?? (run.live ? (run.expected ?? 0) : now[index]!))
  return { end: runs.length === 0 ? 9 : Math.max(0, ...ends), now: live ? latest : Math.max(0, ...ends), live }
}
