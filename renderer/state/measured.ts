/** How well one run is measured, in plain words with its own values. Errors are real time: at a speed factor they are larger on the axis. */
import type { Lateness } from '#protocol/messages'
import { endCode } from '#protocol/vocabulary'
import { t } from '../locales'
import { brief, exact, prose } from '../model/format'
import type { RunStore } from '../model/runStore'
import { isLive } from './derived'
import type { RunView } from './index'

export interface MeasuredFact {
  readonly id: 'clock' | 'marks' | 'lost' | 'killed' | 'timers' | 'speed' | 'time' | 'late' | 'apart'
  readonly text: string
  /** What must not be overlooked. */
  readonly alert?: boolean
}

/** Ends that are only known to lie between two moments: how many, and how far these are apart at most, real seconds. */
export function killedEnds({ tasks, taskCount, seen, speed }: RunStore): { readonly count: number; readonly widest: number } {
  let count = 0
  let widest = 0
  if ((seen.ends & (1 << endCode.killed)) === 0) return { count, widest }
  for (let task = 0; task < taskCount; task++) {
    const between = tasks.endTime.get(task) - tasks.earliest.get(task)
    if (tasks.end.get(task) !== endCode.killed || !(between > 0)) continue
    count++
    widest = Math.max(widest, between / speed)
  }
  return { count, widest }
}

export function measuredFacts(run: RunView): readonly MeasuredFact[] {
  const words = t().measured
  const { info, store } = run
  const { markCostSeconds, startedApartSeconds, lateness } = info.measured
  const time = (seconds: number) => prose(seconds, t().units)
  // The store knows of what has arrived, the run's own report of what was counted at its end.
  const marks = Math.max(store.marks, info.measured.marks)
  const dropped = Math.max(store.dropped, info.measured.droppedMarks)
  const { count, widest } = killedEnds(store)
  const programme = info.totalSeconds ?? store.now
  const real = programme / info.speed
  const { idealSeconds: ideal } = info
  const isWhole = !isLive(run) && info.phase === 'finished' && info.totalSeconds !== null
  const facts: (MeasuredFact | null)[] = [
    { id: 'clock', text: clockText(run) },
    {
      id: 'marks',
      text:
        markCostSeconds === null
          ? words.marks(marks)
          : words.marksCost(marks, time(markCostSeconds), time(marks * markCostSeconds)),
    },
    dropped > 0 ? { id: 'lost', text: words.lost(dropped), alert: true } : { id: 'lost', text: words.noneLost },
    { id: 'timers', text: lateness === null ? words.noTimers : timersText(lateness) },
    count > 0 ? { id: 'killed', text: words.killed(count, time(widest)) } : null,
    {
      id: 'speed',
      text: info.speed === 1 ? words.realSpeed : words.speed(info.speed, brief(0.001 * info.speed, t().units)),
    },
    {
      id: 'time',
      text: info.speed === 1 ? words.realTime(exact(programme, t().units)) : words.time(exact(programme, t().units), time(real)),
    },
    isWhole && ideal !== null ? { id: 'late', text: words.late(time(Math.max(0, programme - ideal) / info.speed)) } : null,
    startedApartSeconds === null ? null : { id: 'apart', text: words.apart(time(startedApartSeconds)) },
  ]
  return facts.filter((fact) => fact !== null)
}

function clockText({ info, source }: RunView): string {
  const words = t().measured
  const { clockErrorSeconds } = info.measured
  if (clockErrorSeconds === null) return words.clockUnknown
  const error = prose(clockErrorSeconds, t().units)
  return source?.status.watch?.clockErrorSeconds == null ? words.clock(error) : words.clockElsewhere(error)
}

function timersText({ count, medianSeconds, largestSeconds }: Lateness): string {
  const words = t().measured
  const [median, largest] = [medianSeconds, largestSeconds].map((seconds) => prose(seconds, t().units)) as [string, string]
  return `${words.timers(count, median, largest)} ${words.timersBusy}`
}
