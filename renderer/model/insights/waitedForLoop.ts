import type { Marker, RunStore } from '../runStore'
import { type Bar, nameOrNothing, type Rule } from './insight'
import { waitOf } from './waits'

/** What a thread's own loop is called by those who wait in its `run…`. */
const ownLoop = 'loop'

/** It waited in the call that runs its loop. To blame is who stopped that loop, else the last that ended on it before it stopped. */
export const waitedForLoop: Rule = (question) => {
  const { store } = question
  const wait = waitOf(question)
  if (wait?.state !== 'waiting' || wait.label !== ownLoop) return null
  const run = loopRun(store, wait)
  if (!run) return null
  const stopper = run.stop?.task ?? null
  const culprit = stopper ?? (run.stop ? lastEnded(store, run.start.lane, wait.start, run.stop.seconds) : null)
  const values = { other: nameOrNothing(store, culprit), stopped: stopper !== null, start: wait.start, end: wait.end }
  return { kind: 'waitedForLoop', values, culprit }
}

/** The run of the loop that the waiting encloses. */
function loopRun({ markers, now }: RunStore, wait: Bar): { readonly start: Marker; readonly stop: Marker | undefined } | null {
  const within = ({ seconds }: Marker) => seconds >= wait.start && seconds <= (wait.end ?? now)
  const start = markers.find((marker) => marker.kind === 'loopStart' && within(marker))
  if (!start) return null
  const stops = markers.filter((marker) => marker.kind === 'loopStop' && marker.lane === start.lane && within(marker))
  return { start, stop: stops.at(-1) }
}

function lastEnded({ tasks, taskCount }: RunStore, lane: number, from: number, until: number): number | null {
  let last: number | null = null
  for (let task = 0; task < taskCount; task++) {
    const ended = tasks.endOf(task)
    if (tasks.lane.get(task) !== lane || !(ended >= from && ended <= until)) continue
    if (last === null || ended >= tasks.endOf(last)) last = task
  }
  return last
}
