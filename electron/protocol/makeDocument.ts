/** What a run's history holds → its document; the same on the engine's side and on the page's. */
import type { DocumentJourney, DocumentLoss, DocumentMarker, DocumentSpan, DocumentTask, RunDocument } from './document'
import type { RunInfo } from './messages'
import { toNanosecond as at } from './units'
import type { End, EnvelopeKind, LaneKind, MarkerKind, Settlement, State } from './vocabulary'

/** What of a run's description is in its document. */
export type DocumentInfo = Pick<RunInfo, 'scenario' | 'parameters' | 'speed' | 'idealSeconds'> & {
  readonly measured: Pick<RunInfo['measured'], 'clockErrorSeconds' | 'markCostSeconds'>
  readonly synthetic: { readonly seed: number } | null
}

/** A finished run, as whoever keeps its history can tell it. Times are programme seconds, unrounded. */
export interface RunFacts {
  readonly info: DocumentInfo
  readonly totalSeconds: number
  /** Null if main did not end. */
  readonly mainEnd: number | null
  readonly droppedMarks: number
  // Each may be gone through more than once.
  readonly lanes: Iterable<{ readonly name: string; readonly kind: LaneKind }>
  readonly tasks: Iterable<TaskFacts>
  /** `task`: its place in `tasks`; `label` may be ''. In the order in which they began to be known. */
  readonly spans: Iterable<{
    readonly task: number
    readonly state: State
    readonly start: number
    readonly end: number
    readonly label: string
  }>
  readonly markers: Iterable<{
    readonly kind: MarkerKind
    readonly text: string
    readonly seconds: number
    readonly lane: number
    readonly task: number | null
  }>
  readonly output: Iterable<{ readonly lane: number; readonly text: string; readonly seconds: number }>
  readonly losses: Iterable<LossFacts>
}

/** `end` null: none is known. `earliest` NaN: the end is exact. */
export interface TaskFacts {
  readonly name: string
  readonly lane: number
  readonly parent: number | null
  readonly end: End | null
  readonly finish: number
  readonly earliest: number
  readonly error: string
  /** Null: it came from no queue. */
  readonly journey: JourneyFacts | null
}

/** NaN, and `how` null: not known. */
interface JourneyFacts {
  readonly envelope: EnvelopeKind
  readonly pushed: number
  readonly claimed: number
  readonly sent: number
  readonly settled: number
  readonly how: Settlement | null
}

interface LossFacts {
  readonly lane: number
  readonly from: number
  readonly until: number
  readonly count: number
}

/** One for each index of a table, made when it is come to. */
export const rows = <T>(length: number, row: (index: number) => T): Iterable<T> => ({
  *[Symbol.iterator]() {
    for (let index = 0; index < length; index++) yield row(index)
  },
})

/** The document with its lists still to be gone through: of millions of spans there need never be all at once. */
export interface OpenDocument extends Omit<RunDocument, Lists> {
  readonly markers: Iterable<DocumentMarker>
  readonly tasks: Iterable<DocumentTask>
  readonly spans: Iterable<DocumentSpan>
  readonly output: Iterable<RunDocument['output'][number]>
}
type Lists = 'markers' | 'tasks' | 'spans' | 'output'

export const makeDocument = (facts: RunFacts): RunDocument => wholeDocument(openDocument(facts))

export function wholeDocument(open: OpenDocument): RunDocument {
  return { ...open, markers: [...open.markers], tasks: [...open.tasks], spans: [...open.spans], output: [...open.output] }
}

export function openDocument(facts: RunFacts): OpenDocument {
  const { info } = facts
  const known = [...facts.tasks]
  const lanes = [...facts.lanes]
  const laneOf = (index: number) => lanes[index]?.name ?? ''
  const losses = [...each(facts.losses, lossOf)]
  return {
    scenario: info.scenario,
    parameters: info.parameters,
    speed: info.speed,
    idealSeconds: info.idealSeconds,
    totalSeconds: at(facts.totalSeconds),
    mainEndSeconds: facts.mainEnd === null ? null : at(facts.mainEnd),
    droppedMarks: facts.droppedMarks,
    ...(info.synthetic ? { synthetic: { seed: info.synthetic.seed } } : {}),
    clockErrorSeconds: info.measured.clockErrorSeconds ?? 0,
    markCostSeconds: info.measured.markCostSeconds ?? 0,
    markers: each(facts.markers, ({ kind, text, seconds, lane, task }) => ({
      name: [kind, text].filter(Boolean).join(' '),
      seconds: at(seconds),
      laneIndex: lane,
      ...(task !== null && { taskIndex: task }),
    })),
    tasks: {
      *[Symbol.iterator]() {
        const begun = beginnings(facts, known.length)
        for (const [index, { name, lane, parent, end, finish, earliest, error, journey }] of known.entries()) {
          const [created, ready, start] = begun.map((times) => orNull(times[index]!)) as [Time, Time, Time]
          yield {
            name,
            lane: laneOf(lane),
            createdSeconds: created ?? ready ?? start,
            readySeconds: ready,
            startSeconds: start,
            finishSeconds: end === null || end === 'pending' ? null : at(finish),
            end: end ?? 'pending',
            laneIndex: lane,
            ...(parent !== null && { parentIndex: parent }),
            ...(earliest < finish && { earliestSeconds: at(earliest) }),
            ...(error && { error }),
            ...(journey && { journey: journeyOf(journey) }),
          }
        }
      },
    },
    spans: each(facts.spans, ({ task, state, start, end, label }): DocumentSpan => {
      const { name, lane } = known[task]!
      const times = { startSeconds: at(start), endSeconds: at(end) }
      return { task: name, taskIndex: task, lane: laneOf(lane), state, ...times, ...(label && { label }) }
    }),
    output: each(facts.output, ({ lane, text, seconds }) => ({ seconds: at(seconds), lane: laneOf(lane), text })),
    lanes,
    ...(losses.length > 0 && { losses }),
  }
}

const lossOf = ({ lane, from, until, count }: LossFacts): DocumentLoss => ({
  laneIndex: lane,
  fromSeconds: at(from),
  untilSeconds: at(until),
  marks: count,
})

const journeyOf = ({ envelope, pushed, claimed, sent, settled, how }: JourneyFacts): DocumentJourney => ({
  envelope,
  ...(!Number.isNaN(pushed) && { pushedSeconds: at(pushed) }),
  claimedSeconds: at(claimed),
  ...(how && { sentSeconds: at(sent), settledSeconds: at(settled), settlement: how }),
})

type Time = number | null
const orNull = (time: number): Time => (Number.isNaN(time) ? null : time)

/** When each task was created, became ready and started; NaN: it did not. */
function beginnings({ spans }: RunFacts, tasks: number): readonly Float64Array[] {
  const times = Array.from({ length: 3 }, () => new Float64Array(tasks).fill(Number.NaN))
  for (const { task, state, start } of spans) {
    const first = times[state === 'created' ? 0 : state === 'ready' ? 1 : 2]!
    if (Number.isNaN(first[task]!)) first[task] = at(start)
  }
  return times
}

const each = <T, U>(rows: Iterable<T>, as: (row: T) => U): Iterable<U> => ({
  *[Symbol.iterator]() {
    for (const row of rows) yield as(row)
  },
})
