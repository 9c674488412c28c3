/** What the charts are given: the runs to draw, from top to bottom, under one axis. */
import type { RunStore } from '../model/runStore'
import { type Extent, type Range, TimeView } from '../model/timeView'

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
  /**
   * Programme seconds by which its 0 stands right of that of the axis, negative: left of it. Missing: all runs stand at their start; null: this one
   * does, for it has not the moment at which the others are aligned.
   */
  readonly offset?: number | null
}

export const offsetOf = ({ offset }: TimelineRun) => offset ?? 0

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
      run.offset === other.offset &&
      run.caption === other.caption &&
      run.note === other.note
    )
  })

/** The same runs, but some stand elsewhere on the axis: what was seen of it is now something else. */
export const areMoved = (a: readonly TimelineRun[], b: readonly TimelineRun[]) =>
  a.some((run) => b.some((other) => run.id === other.id && offsetOf(run) !== offsetOf(other)))

/** What there is to see of all of them, on the axis that they share. `now`: of each run, up to when open spans reach. */
export function extentOf(runs: readonly TimelineRun[], now: readonly number[], live: boolean): Extent {
  const onAxis = (time: number, index: number) => time + offsetOf(runs[index]!)
  const latest = Math.max(0, ...now.map(onAxis))
  const ends = runs.map((run, index) => onAxis(run.total ?? (run.live ? (run.expected ?? 0) : now[index]!), index))
  const start = Math.min(0, ...runs.map(offsetOf))
  return { start, end: runs.length === 0 ? 9 : Math.max(0, ...ends), now: live ? latest : Math.max(0, ...ends), live }
}

/** What a chart of runs that are over shows until it is moved. */
export function wholeView(runs: readonly TimelineRun[]): Range {
  const view = new TimeView()
  view.update(
    extentOf(
      runs,
      runs.map(({ store }) => store.now),
      false,
    ),
  )
  return { t0: view.t0, t1: view.t1 }
}

/** When the selected task was there, on the axis; null: none is selected, or nothing is known of it but its name. */
export function timesOf({ runs, selection }: { readonly runs: readonly TimelineRun[]; readonly selection: Selection | null }) {
  const run = selection && runs.find(({ id }) => id === selection.run)
  if (!run || selection.task >= run.store.taskCount) return null
  const { tasks, now } = run.store
  const from = tasks.startOf(selection.task)
  if (Number.isNaN(from)) return null
  const offset = offsetOf(run)
  return { from: from + offset, to: Math.min(tasks.endOf(selection.task), Math.max(now, from)) + offset }
}
