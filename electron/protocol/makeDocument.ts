/** What a run's history holds → its document; the same on the engine's side and on the page's. */
import type { DocumentSpan, DocumentTask, RunDocument } from './document'
import type { RunInfo } from './messages'
import { toNanosecond as at } from './units'
import type { End, MarkerKind, State } from './vocabulary'

/** A finished run, as whoever keeps its history can tell it. Times are programme seconds, unrounded. */
export interface RunFacts {
  readonly info: RunInfo
  readonly totalSeconds: number
  /** Null if main did not end. */
  readonly mainEnd: number | null
  readonly droppedMarks: number
  // Each may be gone through more than once.
  /** `end` null: none is known. */
  readonly tasks: Iterable<{ readonly name: string; readonly lane: string; readonly end: End | null; readonly finish: number }>
  /** `task`: its place in `tasks`. In the order in which they began to be known. */
  readonly spans: Iterable<{ readonly task: number; readonly state: State; readonly start: number; readonly end: number }>
  readonly markers: Iterable<{ readonly kind: MarkerKind; readonly text: string; readonly seconds: number }>
  readonly output: Iterable<{ readonly lane: string; readonly text: string; readonly seconds: number }>
}

/** One for each index of a table, made when it is come to. */
export const rows = <T>(length: number, row: (index: number) => T): Iterable<T> => ({
  *[Symbol.iterator]() {
    for (let index = 0; index < length; index++) yield row(index)
  },
})

/** The document with its lists still to be gone through: of millions of spans there need never be all at once. */
export interface OpenDocument extends Omit<RunDocument, Lists> {
  readonly markers: Iterable<RunDocument['markers'][number]>
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
    markers: each(facts.markers, ({ kind, text, seconds }) => ({
      name: [kind, text].filter(Boolean).join(' '),
      seconds: at(seconds),
    })),
    tasks: {
      *[Symbol.iterator]() {
        const begun = beginnings(facts, known.length)
        for (const [index, { name, lane, end, finish }] of known.entries()) {
          const [created, ready, start] = begun.map((times) => orNull(times[index]!)) as [Time, Time, Time]
          yield {
            name,
            lane,
            createdSeconds: created ?? ready ?? start,
            readySeconds: ready,
            startSeconds: start,
            finishSeconds: end === null || end === 'pending' ? null : at(finish),
            end: end ?? 'pending',
          }
        }
      },
    },
    spans: each(facts.spans, ({ task, state, start, end }): DocumentSpan => {
      const { name, lane } = known[task]!
      return { task: name, taskIndex: task, lane, state, startSeconds: at(start), endSeconds: at(end) }
    }),
    output: each(facts.output, ({ lane, text, seconds }) => ({ seconds: at(seconds), lane, text })),
  }
}

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
