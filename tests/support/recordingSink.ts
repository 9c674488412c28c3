/** A sink that runs each item for so long (or until told) and keeps what it was told. */
import type { SourceReport } from '#protocol/messages'
import type { QueueSource, SourceSink, TakenItem } from '../../electron/sources/source'
import { until } from './until'

export interface Recording extends SourceSink {
  readonly taken: TakenItem[]
  readonly texts: string[]
  readonly finished: string[]
  /** `acknowledged 1`: the server has confirmed it. */
  readonly settlements: string[]
  readonly statuses: SourceReport[]
  readonly activities: string[]
  readonly failures: string[]
  /** Items running now, and the most at any time. */
  running: number
  most: number
  last(): SourceReport
  until(holds: (status: SourceReport) => boolean, what: string, ms?: number): Promise<void>
}

/** `ms`: how long an item runs; null: until the test says `done`. `source` is asked for only when an item ends. */
export function recordingSink(source: () => QueueSource, ms: number | null): Recording {
  const recording: Recording = {
    taken: [],
    texts: [],
    finished: [],
    settlements: [],
    statuses: [],
    activities: [],
    failures: [],
    running: 0,
    most: 0,
    take(item) {
      recording.taken.push(item)
      recording.texts.push(item.text)
      recording.running += 1
      recording.most = Math.max(recording.most, recording.running)
      if (ms === null) return
      const finish = () => {
        recording.running -= 1
        recording.finished.push(item.text)
        source().done(item.id)
      }
      if (ms === 0) setImmediate(finish)
      else setTimeout(finish, ms)
    },
    settled: (ids, how) => recording.settlements.push(...ids.map((id) => `${how} ${id}`)),
    status: (status) => recording.statuses.push(status),
    activity: (state, label) => recording.activities.push(`${state} ${label}`),
    attemptFailed: (reason) => recording.failures.push(reason),
    last: () => recording.statuses[recording.statuses.length - 1]!,
    until: (holds, what, limit) => until(() => recording.statuses.length > 0 && holds(recording.last()), what, limit),
  }
  return recording
}
