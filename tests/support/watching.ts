/** A `Watch` without a thread: what it draws is kept as rows. */
import type { SourceReport } from '#protocol/messages'
import type { End } from '#protocol/vocabulary'
import type { WatchReport } from '#protocol/watchReport'
import { Watch, type WatchSink } from '../../electron/sources/watch/watch'
import { until } from './until'

export interface Bar {
  readonly lane: string
  readonly name: string
  readonly ready: number
  run: number | null
  end: { readonly kind: End; readonly time: number; readonly why: string } | null
}

export interface Missing {
  readonly lane: string
  readonly from: number
  readonly until: number
  readonly count: number
}

export function barSink() {
  const lanes: string[] = []
  const bars: Bar[] = []
  const gaps: Missing[] = []
  return {
    lanes,
    bars,
    gaps,
    lane: (name: string) => lanes.push(name) - 1,
    task: (lane: number, name: string, ready: number) => bars.push({ lane: lanes[lane]!, name, ready, run: null, end: null }) - 1,
    run: (task: number, _lane: number, time: number) => {
      bars[task]!.run = time
    },
    end: (task: number, _lane: number, kind: End, time: number, why: string) => {
      if (bars[task]!.end) throw new Error(`${bars[task]!.name} ended twice`)
      bars[task]!.end = { kind, time, why }
    },
    missing: (lane: number, from: number, untilTime: number, count: number) => {
      gaps.push({ lane: lanes[lane]!, from, until: untilTime, count })
    },
  }
}

export function watching(url: string, queue = 'queue', room: () => Promise<void> = () => Promise.resolve()) {
  const sink = barSink()
  const epoch = process.hrtime.bigint()
  const statuses: SourceReport[] = []
  const failures: string[] = []
  const whole: WatchSink = {
    ...sink,
    now: () => Number(process.hrtime.bigint() - epoch),
    room,
    status: (status) => statuses.push(status),
    activity: () => undefined,
    attemptFailed: (reason) => failures.push(reason),
  }
  const watch = new Watch({ url, queue, feedMillis: 20 }, whole)
  watch.start()
  const last = () => statuses.at(-1)
  return {
    ...sink,
    watch,
    statuses,
    failures,
    now: whole.now,
    last,
    report: () => last()?.watch,
    notes: () => last()?.watch?.notes.map(({ en }) => en) ?? [],
    until: (holds: (status: SourceReport) => boolean, what: string) =>
      until(() => last() !== undefined && holds(last()!), `${what}; the last status was ${JSON.stringify(last())}`),
    untilReport: (holds: (report: WatchReport) => boolean, what: string) =>
      until(() => last()?.watch !== undefined && holds(last()!.watch!), `${what}; the last status was ${JSON.stringify(last())}`),
    untilBar: (name: string, holds: (bar: Bar) => boolean) =>
      until(() => sink.bars.some((bar) => bar.name === name && holds(bar)), `the bar ${name} among ${JSON.stringify(sink.bars)}`),
  }
}
