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
  /** `end` null: none is known. */
  readonly tasks: Iterable<{ readonly name: string; readonly lane: string; readonly end: End | null; readonly finish: number }>
  /** `task`: its place in `tasks`. In the order in which they began to be known. */
  readonly spans: Iterable<{ readonly task: number; readonly state: State; readonly start: number; readonly end: number }>
  readonly markers: Iterable<{ readonly kind: MarkerKind; readonly text: string; readonly seconds: number }>
  readonly output: Iterable<{ readonly lane: string; readonly text: string; readonly seconds: number }>
}

/** One for each index of a table. */
export const rows = <T>(length: number, row: (index: number) => T): T[] => Array.from({ length }, (_, index) => row(index))

export function makeDocument(facts: RunFacts): RunDocument {
  const { info } = facts
  const known = [...facts.tasks]
  const begun = known.map((): Begun => ({ created: null, ready: null, start: null }))
  const spans = Array.from(facts.spans, ({ task, state, start, end }): DocumentSpan => {
    const { name, lane } = known[task]!
    const span = { task: name, taskIndex: task, lane, state, startSeconds: at(start), endSeconds: at(end) }
    const first = state === 'created' || state === 'ready' ? state : 'start'
    begun[task]![first] ??= span.startSeconds
    return span
  })
  return {
    scenario: info.scenario,
    parameters: info.parameters,
    speed: info.speed,
    idealSeconds: info.idealSeconds,
    totalSeconds: at(facts.totalSeconds),
    mainEndSeconds: facts.mainEnd === null ? null : at(facts.mainEnd),
    droppedMarks: facts.droppedMarks,
    clockErrorSeconds: info.measured.clockErrorSeconds ?? 0,
    markCostSeconds: info.measured.markCostSeconds ?? 0,
    markers: Array.from(facts.markers, ({ kind, text, seconds }) => ({
      name: [kind, text].filter(Boolean).join(' '),
      seconds: at(seconds),
    })),
    tasks: known.map(({ name, lane, end, finish }, index): DocumentTask => {
      const { created, ready, start } = begun[index]!
      return {
        name,
        lane,
        createdSeconds: created ?? ready ?? start,
        readySeconds: ready,
        startSeconds: start,
        finishSeconds: end === null || end === 'pending' ? null : at(finish),
        end: end ?? 'pending',
      }
    }),
    spans,
    output: Array.from(facts.output, ({ lane, text, seconds }) => ({ seconds: at(seconds), lane, text })),
  }
}

interface Begun {
  created: number | null
  ready: number | null
  start: number | null
}
