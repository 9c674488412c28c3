/** How what is seen is known: marks, losses, cost of a mark, error of the clock, speed, and the line to the engine. */
import { t } from '../locales'
import { brief, prose } from '../model/format'
import { connection, host, place, type RunView, slowFrames, unreadable, warmThreads } from '../state'
import { alignment, sayMoment } from '../state/alignment'
import { secondsUntil } from '../state/clock'
import { isLive, shown } from '../state/derived'
import { comingOf, syntheticText } from '../state/synthetic'
import { MeasuredLink } from './Measured'

interface Fact {
  readonly text: string
  readonly tone?: 'alert' | 'live' | 'made-up'
}

export function StatusLine() {
  slowFrames.value
  const words = t().status
  return (
    <footer class="status">
      <ul aria-label={words.label}>
        {facts().map((fact) => (
          <li key={fact.text} class={fact.tone}>
            {fact.text}
          </li>
        ))}
      </ul>
      <span class="runtime">{host.value?.runtime}</span>
      <MeasuredLink />
    </footer>
  )
}

function facts(): readonly Fact[] {
  const words = t().status
  const all: Fact[] = []
  if (connection.value.phase === 'lost') all.push({ text: t().connection.lostShort, tone: 'alert' })
  if (unreadable.value > 0) all.push({ text: words.unreadable(unreadable.value), tone: 'alert' })
  if (place.value.kind === 'legend') return [...all, { text: words.legend }]
  const runs = shown.value
  if (runs.length === 0) {
    if (connection.value.phase === 'connected')
      all.push({ text: t().connection.connected }, { text: words.warm(warmThreads.value) })
    return all
  }
  const [first] = runs
  const made = first ? syntheticText(first) : null
  // What is made up is live when it has come to go on in real time.
  const goesOn = runs.some(isLive) && (made === null || (first && comingOf(first) === null))
  if (goesOn && connection.value.phase === 'connected') all.push({ text: t().connection.live, tone: 'live' })
  if (runs.length > 1) all.push({ text: zero(runs) })
  // What does not fit into the line is left out from the end: speed and losses must never be.
  if (made !== null) return [...all, { text: made, tone: 'made-up' }]
  return [...all, ...ofSource(runs[0]), ...pace(runs), ...measured(runs), ...apart(runs)]
}

/** What the 0 of stacked runs is. */
function zero(runs: readonly RunView[]): string {
  const words = t().status
  if (alignment.value.kind !== 'start') return words.zeroAt(runs.length, sayMoment(alignment.value))
  return oneByOne(runs) ? words.oneByOne(runs.length) : words.oneZero(runs.length)
}

/** The engine starts large contrasts one after another: then one run waits while another has begun, or began long after it. */
const longApart = 0.2
const oneByOne = (runs: readonly RunView[]) =>
  (runs.some((run) => run.info.phase === 'preparing') && runs.some((run) => run.info.phase !== 'preparing')) ||
  (runs[0]?.info.measured.startedApartSeconds ?? 0) > longApart

/** The zeros of stacked runs differ by so much: without it nobody could trust the common axis. */
function apart(runs: readonly RunView[]): readonly Fact[] {
  const seconds = runs[0]?.info.measured.startedApartSeconds ?? null
  return seconds === null || oneByOne(runs) ? [] : [{ text: t().status.apart(prose(seconds, t().units)) }]
}

function ofSource(run: RunView | undefined): readonly Fact[] {
  const words = t().status
  const source = run?.source
  if (!source) return []
  const { phase, address, attempt } = source.status
  if (phase === 'consuming' || phase === 'paused' || phase === 'watching' || phase === 'asking')
    return [{ text: words.redisConnected(address) }]
  if (phase === 'memory') return [{ text: words.redisMemory }]
  if (phase !== 'unreachable') return []
  const left = secondsUntil(source.nextAttemptAt)
  const next = left > 0 ? [{ text: words.redisAttempt(attempt + 1, brief(left, t().units)) }] : []
  return [{ text: words.redisUnreachable, tone: 'alert' }, ...next]
}

function measured(runs: readonly RunView[]): readonly Fact[] {
  const words = t().status
  const sum = (of: (run: RunView) => number) => runs.reduce((all, run) => all + of(run), 0)
  // The store knows of what has arrived, the run's own report of what was counted at its end.
  const marks = sum((run) => Math.max(run.store.marks, run.info.measured.marks))
  const dropped = sum((run) => Math.max(run.store.dropped, run.info.measured.droppedMarks))
  const worst = (values: readonly (number | null)[]) =>
    values.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.max(a, b)), null)
  const cost = worst(runs.map((run) => run.info.measured.markCostSeconds))
  const clock = worst(runs.map((run) => run.info.measured.clockErrorSeconds))
  const late = worst(runs.map((run) => run.info.measured.lateness?.largestSeconds ?? null))
  return [
    dropped > 0 ? { text: words.marksDropped(marks, dropped), tone: 'alert' } : { text: words.marks(marks) },
    ...(cost === null ? [] : [{ text: words.markCost(prose(cost, t().units)) }]),
    ...(clock === null ? [] : [{ text: words.clock(prose(clock, t().units)) }]),
    ...(late === null ? [] : [{ text: words.timers(prose(late, t().units)) }]),
  ]
}

function pace(runs: readonly RunView[]): readonly Fact[] {
  const words = t().status
  const run = runs[0]
  if (!run) return []
  const { speed } = run.info
  if (speed === 1) return [{ text: words.realTime }]
  const total = Math.max(...runs.map((one) => one.info.totalSeconds ?? one.store.now))
  return [{ text: words.speed(speed, brief(total / speed, t().units)) }]
}
