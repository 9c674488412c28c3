/** The door for a file that is said to hold what `run --json` printed: read whole, checked by a schema, refused in one sentence. */
import { readFile, stat } from 'node:fs/promises'
import * as v from 'valibot'
import type { RunDocument } from '#protocol/document'
import { plainText } from '#protocol/plainText'
import { ends, envelopeKinds, laneKinds, settlements, states } from '#protocol/vocabulary'
import { UsageError } from './usage'

/** Of a file. Node's longest text is a little longer. */
const maxBytes = 500_000_000
/** Programme seconds, 317 years: beyond it a nanosecond has long been lost. */
const maxSeconds = 1e10

const remedy = 'make the file with “run <scenario> --json”'

const finite = v.pipe(v.number('is not a number'), v.finite('is not a number'))
const seconds = v.pipe(
  finite,
  v.check((value) => Math.abs(value) <= maxSeconds, 'is a time beyond 10,000,000,000 s'),
)
const text = v.string('is not a text')
const place = v.pipe(finite, v.integer('is not a whole number'), v.minValue(0, 'is below 0'))
const list = <S extends v.GenericSchema>(item: S) => v.array(item, 'is not a list')
const fields = <E extends v.ObjectEntries>(entries: E) => v.object(entries, missingOr('is not an object'))

const span = v.pipe(
  fields({
    task: text,
    taskIndex: v.optional(place),
    lane: text,
    state: v.picklist(states, `is none of ${states.join(', ')}`),
    startSeconds: seconds,
    endSeconds: seconds,
    label: v.optional(text),
  }),
  v.check(({ startSeconds, endSeconds }) => endSeconds >= startSeconds, 'ends before it starts'),
)

const journey = fields({
  envelope: v.picklist(envelopeKinds, `is none of ${envelopeKinds.join(', ')}`),
  pushedSeconds: v.optional(seconds),
  claimedSeconds: seconds,
  sentSeconds: v.optional(seconds),
  settledSeconds: v.optional(seconds),
  settlement: v.optional(v.picklist(settlements, `is none of ${settlements.join(', ')}`)),
})

const document: v.GenericSchema<unknown, RunDocument> = fields({
  scenario: text,
  parameters: v.record(v.string(), v.union([finite, text, list(finite)], 'is no value of a parameter'), 'is not an object'),
  speed: v.pipe(
    finite,
    v.check((value) => value > 0, 'is not above 0'),
  ),
  idealSeconds: v.nullable(seconds),
  totalSeconds: seconds,
  mainEndSeconds: v.nullable(seconds),
  droppedMarks: place,
  synthetic: v.optional(fields({ seed: place })),
  clockErrorSeconds: seconds,
  markCostSeconds: seconds,
  markers: list(fields({ name: text, seconds, laneIndex: v.optional(place), taskIndex: v.optional(place) })),
  tasks: list(
    fields({
      name: text,
      lane: text,
      createdSeconds: v.nullable(seconds),
      readySeconds: v.nullable(seconds),
      startSeconds: v.nullable(seconds),
      finishSeconds: v.nullable(seconds),
      end: v.picklist(ends, `is none of ${ends.join(', ')}`),
      laneIndex: v.optional(place),
      parentIndex: v.optional(place),
      earliestSeconds: v.optional(seconds),
      error: v.optional(text),
      journey: v.optional(journey),
    }),
  ),
  spans: list(span),
  output: list(fields({ seconds, lane: text, text })),
  lanes: v.optional(list(fields({ name: text, kind: v.picklist(laneKinds, `is none of ${laneKinds.join(', ')}`) }))),
  losses: v.optional(list(fields({ laneIndex: place, fromSeconds: seconds, untilSeconds: seconds, marks: place }))),
})

/** Throws UsageError, which names the file, the place in it, what is wrong there and what to do. */
export async function readDocument(file: string): Promise<RunDocument> {
  const refuse = (problem: string) => new UsageError(`${shown(file)} ${problem}; ${remedy}.`)
  const json = parse(await read(file, refuse), refuse)
  const parsed = v.safeParse(document, json, { abortEarly: true })
  if (parsed.success) {
    const wrong = wrongPlace(parsed.output)
    if (wrong === null) return parsed.output
    throw refuse(`cannot be read: ${wrong}`)
  }
  const issue = parsed.issues[0]
  const at = pathOf(issue.path ?? [])
  throw refuse(at === '' ? `is not the document of a run: it ${issue.message}` : `cannot be read: ${at} ${issue.message}`)
}

/** What points at a lane or a task that is not there, or is another; null: nothing does. */
function wrongPlace({ spans, tasks, markers, lanes = [], losses = [] }: RunDocument): string | null {
  const first = <T>(name: string, rows: readonly T[], isWrong: (row: T, index: number) => boolean, what: string) => {
    const wrong = rows.findIndex(isWrong)
    return wrong < 0 ? null : `${name}[${wrong}].${what}`
  }
  const isBeyond = (index: number | undefined, { length }: readonly unknown[]) => index !== undefined && index >= length
  return (
    first(
      'spans',
      spans,
      ({ task, taskIndex }) => taskIndex !== undefined && tasks[taskIndex]?.name !== task,
      'taskIndex names no task called as the span says',
    ) ??
    first(
      'tasks',
      tasks,
      ({ lane, laneIndex }) => laneIndex !== undefined && lanes[laneIndex]?.name !== lane,
      'laneIndex names no lane called as the task says',
    ) ??
    first('tasks', tasks, ({ parentIndex = -1 }, index) => parentIndex >= index, 'parentIndex names no task before it') ??
    first('markers', markers, ({ laneIndex }) => isBeyond(laneIndex, lanes), 'laneIndex names no lane') ??
    first('markers', markers, ({ taskIndex }) => isBeyond(taskIndex, tasks), 'taskIndex names no task') ??
    first('losses', losses, ({ laneIndex }) => isBeyond(laneIndex, lanes), 'laneIndex names no lane') ??
    first('losses', losses, ({ fromSeconds, untilSeconds }) => untilSeconds < fromSeconds, 'untilSeconds is before fromSeconds')
  )
}

async function read(file: string, refuse: (problem: string) => UsageError): Promise<Buffer> {
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw refuse('is a folder and not a file')
    if (!found.isFile()) throw refuse('is not an ordinary file')
    if (found.size > maxBytes) throw refuse(`has ${Math.ceil(found.size / 1e6)} MB, and more than ${maxBytes / 1e6} are not read`)
    return await readFile(file)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw refuse(
      code === 'ENOENT' ? 'does not exist' : code === 'EACCES' ? 'may not be read' : `cannot be read (${code ?? message})`,
    )
  }
}

function parse(bytes: Buffer, refuse: (problem: string) => UsageError): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    // Nested deeper than the parser's stack, it is a RangeError. Of the file's content nothing is said again.
    if (error instanceof SyntaxError || error instanceof RangeError) throw refuse('is not JSON')
    throw refuse('is not text in UTF-8')
  }
}

/** Of an object that lacks a key valibot says so at the key, with the message of the object. */
function missingOr(otherwise: string): (issue: v.BaseIssue<unknown>) => string {
  return ({ path, expected }) => (path?.at(-1) && expected?.startsWith('"') ? 'is missing' : otherwise)
}

const pathOf = (path: readonly { readonly key?: unknown }[]) =>
  path.reduce((at, { key }) => (typeof key === 'number' ? `${at}[${key}]` : `${at && `${at}.`}${shown(String(key))}`), '')

const longest = 200
/** On one line of a terminal, whatever the name holds. */
const shown = (name: string) => plainText(name, longest)
