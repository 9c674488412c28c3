/** The spans of a run as rows for other programs: the same columns in CSV and JSON, on the command line and on the page. */
import type { DocumentSpan, RunDocument } from './document'
import { toNanosecond } from './units'
import type { End, State } from './vocabulary'

/** Times are programme seconds. */
export interface SpanRow {
  readonly task: string
  readonly lane: string
  readonly state: State
  readonly startSeconds: number
  readonly endSeconds: number
  readonly durationSeconds: number
  /** Null where the document does not say which of several tasks of that name it is. */
  readonly taskEnd: End | null
  /** Only in a run that was made up: nobody may take its rows for measurements. */
  readonly syntheticSeed?: number
}

const columns = ['task', 'lane', 'state', 'startSeconds', 'endSeconds', 'durationSeconds', 'taskEnd'] as const

/** Characters of a piece: few enough to hold, enough to write at once. */
const pieceLength = 1 << 16

export function* spanRows({ spans, tasks, synthetic }: RunDocument): Generator<SpanRow, void, undefined> {
  const made = synthetic ? { syntheticSeed: synthetic.seed } : {}
  const endOf = endsByName(tasks)
  for (const span of spans) {
    const { task, taskIndex, lane, state, startSeconds, endSeconds } = span
    yield {
      task,
      lane,
      state,
      startSeconds,
      endSeconds,
      durationSeconds: toNanosecond(endSeconds - startSeconds),
      taskEnd: taskIndex === undefined ? endOf(span) : (tasks[taskIndex]?.end ?? null),
      ...made,
    }
  }
}

/** Pieces of a file by RFC 4180, in UTF-8 with a header and CRLF. */
export function spansCsv(document: RunDocument): Iterable<string> {
  return inPieces(csvLines(document))
}

/** Pieces of a JSON array, one row on each line. */
export function spansJson(document: RunDocument): Iterable<string> {
  return inPieces(jsonLines(document))
}

function* csvLines(document: RunDocument): Generator<string, void, undefined> {
  const all = document.synthetic ? ([...columns, 'syntheticSeed'] as const) : columns
  yield `${all.join(',')}\r\n`
  for (const row of spanRows(document)) yield `${all.map((column) => cell(row[column] ?? null)).join(',')}\r\n`
}

function* jsonLines(document: RunDocument): Generator<string, void, undefined> {
  let before = '[\n'
  for (const row of spanRows(document)) {
    yield `${before}  ${JSON.stringify(row)}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** What spreadsheets run as a formula if it begins a cell, also in its full-width form. */
const beginsFormula = /^[=+\-@\t\r\n＝＋－＠]/
const needsQuotes = /[",\p{Cc}]|^ | $/u

/** Text that begins a formula gets a `'` before it; so does text that begins with `'`, so that what was written can be told again. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = beginsFormula.test(value) || value.startsWith("'") ? `'${value}` : value
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The end of the one task that has the span's name on its lane. */
function endsByName(tasks: RunDocument['tasks']): (span: DocumentSpan) => End | null {
  const known = new Map<string, Map<string, End | null>>()
  for (const { lane, name, end } of tasks) {
    const ends = known.get(lane) ?? new Map<string, End | null>()
    known.set(lane, ends.set(name, ends.has(name) ? null : end))
  }
  return ({ lane, task }) => known.get(lane)?.get(task) ?? null
}

/** Lines put together, so that each piece is worth writing. */
export function* inPieces(lines: Iterable<string>): Generator<string, void, undefined> {
  let piece = ''
  for (const line of lines) {
    piece += line
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  if (piece) yield piece
}
