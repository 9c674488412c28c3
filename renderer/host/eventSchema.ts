/** The shape of every event of the engine. What does not fit is counted and shown, never trusted and never dropped in silence. */
import * as v from 'valibot'
import { groups } from '#protocol/catalogue'
import { type EngineEvent, type RunId, refusals } from '#protocol/messages'
import { failure, type Result, success } from '#protocol/result'
import { languageSettings, themeSettings } from '#protocol/settings'
import { mostWorkers } from '#protocol/watchReport'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const orNull = <T extends v.GenericSchema>(schema: T) => v.nullable(schema)
const runId = v.pipe(
  v.number(),
  v.integer(),
  v.transform((id) => id as RunId),
)
const localText = v.object({ en: v.string(), zh: v.string() })
const parameterValue = v.union([v.number(), v.string(), v.array(v.number())])
const parameters = v.record(v.string(), parameterValue)

const speed = v.pipe(v.number(), v.minValue(1), v.maxValue(100))
const theme = v.picklist(themeSettings)
const language = v.picklist(languageSettings)

const parameterInfo = v.object({
  name: v.string(),
  kind: v.picklist(['integer', 'seconds', 'secondsOrNone', 'secondsList', 'integerList', 'choice', 'text', 'url']),
  choices: v.optional(v.array(v.string())),
  default: parameterValue,
  min: v.optional(v.number()),
  max: v.optional(v.number()),
  maxLength: v.optional(v.number()),
})

const scenarioInfo = v.object({
  id: v.string(),
  group: v.picklist(groups),
  title: localText,
  menu: localText,
  lookFor: localText,
  contrastNote: localText,
  parameters: v.array(parameterInfo),
  contrast: v.array(v.string()),
  endless: v.boolean(),
  reported: orNull(localText),
  reportedWith: v.optional(parameters),
  source: orNull(v.picklist(['redis', 'watch'])),
  typescript: v.string(),
  python: v.string(),
  figure: v.optional(v.picklist(['order', 'length'])),
})

const measured = v.object({
  clockErrorSeconds: orNull(v.number()),
  markCostSeconds: orNull(v.number()),
  lateness: orNull(v.object({ count, medianSeconds: v.number(), largestSeconds: v.number() })),
  droppedMarks: count,
  marks: count,
  rows: count,
  startedApartSeconds: orNull(v.number()),
})

const runInfo = v.object({
  id: runId,
  scenario: v.string(),
  parameters,
  speed,
  phase: v.picklist(['preparing', 'running', 'stopping', 'finished', 'stopped', 'failed']),
  group: orNull(v.number()),
  idealSeconds: orNull(v.number()),
  idealFormula: orNull(v.string()),
  totalSeconds: orNull(v.number()),
  error: orNull(v.string()),
  synthetic: orNull(v.object({ seed: count, spans: count })),
  measured,
})

const watched = v.object({
  oldestSeconds: orNull(v.number()),
  growthPerSecond: orNull(v.number()),
  startedPerSecond: orNull(v.number()),
  endedPerSecond: orNull(v.number()),
  consumers: orNull(count),
  inFlight: orNull(count),
  retry: orNull(count),
  suspects: orNull(count),
  deadLetters: orNull(count),
  fleet: v.pipe(
    v.array(
      v.object({
        id: v.string(),
        name: v.string(),
        host: orNull(v.string()),
        pid: orNull(count),
        concurrency: orNull(count),
        running: count,
        finished: count,
        failed: count,
        lostFrames: count,
        aheadSeconds: orNull(v.number()),
        errorSeconds: orNull(v.number()),
        heardSecondsAgo: orNull(v.number()),
      }),
    ),
    v.maxLength(mostWorkers),
  ),
  moreWorkers: count,
  lostFrames: count,
  refusedRecords: count,
  clockErrorSeconds: orNull(v.number()),
  notes: v.array(localText),
  receipt: v.array(
    v.object({ command: v.string(), count, refused: count, totalSeconds: v.number(), longestSeconds: v.number() }),
  ),
})

const sourceStatus = v.object({
  phase: v.picklist(['connecting', 'asking', 'consuming', 'paused', 'watching', 'unreachable', 'refused', 'memory', 'stopped']),
  address: v.string(),
  queue: v.string(),
  waiting: orNull(count),
  inFlight: count,
  finished: count,
  failed: count,
  recovered: count,
  reason: orNull(localText),
  refusal: orNull(v.picklist(refusals)),
  warning: orNull(localText),
  attempt: count,
  nextAttemptInSeconds: orNull(v.number()),
  watch: v.optional(watched),
  deadLetters: orNull(count),
  concurrency: count,
  paused: v.boolean(),
  privateServer: v.picklist(['none', 'available', 'running', 'inUse']),
})

const deadLetter = {
  digest: v.string(),
  place: count,
  ord: orNull(count),
  at: orNull(count),
  reason: orNull(v.string()),
  consumer: v.string(),
  deaths: count,
  payload: v.string(),
  bytes: count,
}
const deadLetterAnswer = v.variant('kind', [
  v.object({ kind: v.literal('list'), letters: v.array(v.object(deadLetter)), next: count, total: count }),
  v.object({
    kind: v.literal('export'),
    letters: v.array(v.object({ ...deadLetter, encoding: v.picklist(['utf-8', 'base64']) })),
    next: count,
    total: count,
  }),
  v.object({ kind: v.literal('settled'), done: count, kept: count, next: count, total: count }),
  v.object({ kind: v.literal('problem'), problem: localText }),
])

const event = v.variant('type', [
  v.object({
    type: v.literal('welcome'),
    host: v.object({ kind: v.picklist(['electron', 'browser']), runtime: v.string(), version: v.string() }),
    catalogue: v.array(scenarioInfo),
    runs: v.array(runInfo),
    open: orNull(v.string()),
    settings: v.object({ theme, language, speed, parameters: v.record(v.string(), parameters) }),
    warmThreads: count,
  }),
  v.object({ type: v.literal('run'), run: runInfo }),
  v.object({ type: v.literal('forgotten'), runs: v.array(runId) }),
  v.object({ type: v.literal('source'), run: runId, status: sourceStatus }),
  v.object({
    type: v.literal('settings'),
    change: v.object({
      theme: v.optional(theme),
      language: v.optional(language),
      speed: v.optional(speed),
      parameters: v.optional(v.record(v.string(), orNull(parameters))),
    }),
  }),
  v.object({ type: v.literal('dead'), run: runId, id: count, answer: deadLetterAnswer }),
  v.object({ type: v.literal('notice'), text: localText }),
  v.object({
    type: v.literal('refused'),
    command: v.picklist([
      'attach',
      'start',
      'stop',
      'forget',
      'ack',
      'visible',
      'push',
      'answer',
      'source',
      'limit',
      'dead',
      'settings',
      'unknown',
    ]),
    problem: localText,
  }),
  v.object({ type: v.literal('warm'), threads: count }),
])

/** Anything from the wire → an event, or one sentence that says where it is wrong. */
export function parseEvent(message: unknown): Result<EngineEvent> {
  const parsed = v.safeParse(event, message)
  if (parsed.success) return success(parsed.output)
  const issue = parsed.issues[0]
  return failure(`${v.getDotPath(issue) ?? 'message'}: ${issue.message}`)
}
