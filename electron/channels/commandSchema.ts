/**
 * The door for what a page sends: shape and size only. Whether a scenario exists, a value is within its bounds or a run is alive is the
 * engine's to say. Every list has a cap, so that a message can never cost more than its bytes.
 */
import * as v from 'valibot'
import { deadLetterLimits } from '#protocol/deadLetters'
import type { EngineCommand, RunId } from '#protocol/messages'
import { failure, type Result, success } from '#protocol/result'
import { languageSettings, themeSettings } from '#protocol/settings'

const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max))
const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
const finite = v.pipe(v.number(), v.finite())

const runId = v.pipe(
  count(Number.MAX_SAFE_INTEGER),
  v.transform((id) => id as RunId),
)
const runs = v.pipe(v.array(runId), v.maxLength(1000))

const parameterValue = v.union([finite, text(500), v.pipe(v.array(finite), v.maxLength(1000))])
// Plain names; `__proto__`, `constructor` and `prototype` never become keys of anything, since valibot's records leave them out.
const parameterName = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9]{0,49}$/))
const parameters = v.pipe(
  v.record(parameterName, parameterValue),
  v.check((record) => Object.keys(record).length <= 64, 'holds more than 64 parameters'),
)
const settingsChange = v.strictObject({
  theme: v.optional(v.picklist(themeSettings)),
  language: v.optional(v.picklist(languageSettings)),
  speed: v.optional(finite),
  parameters: v.optional(
    v.pipe(
      v.record(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,99}$/)), v.nullable(parameters)),
      v.check((record) => Object.keys(record).length <= 64, 'holds more than 64 scenarios'),
    ),
  ),
})
const startRequest = v.strictObject({ scenario: text(100), parameters })

const deadLetterChoice = v.strictObject({
  names: v.nullable(
    v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/))), v.minLength(1), v.maxLength(deadLetterLimits.names)),
  ),
  find: text(deadLetterLimits.find),
  before: v.nullable(count(Number.MAX_SAFE_INTEGER)),
})
const deadLetterRequest = v.variant('kind', [
  v.strictObject({
    kind: v.literal('list'),
    choice: deadLetterChoice,
    want: v.pipe(count(deadLetterLimits.want), v.minValue(1)),
  }),
  v.strictObject({ kind: v.picklist(['export', 'retry', 'clear']), choice: deadLetterChoice }),
])

const command = v.variant('type', [
  v.strictObject({ type: v.literal('attach') }),
  v.strictObject({
    type: v.literal('start'),
    scenarios: v.pipe(v.array(startRequest), v.minLength(1), v.maxLength(8)),
    speed: finite,
  }),
  v.strictObject({ type: v.literal('stop'), runs }),
  v.strictObject({ type: v.literal('forget'), runs }),
  v.strictObject({ type: v.literal('ack'), sequence: count(Number.MAX_SAFE_INTEGER) }),
  v.strictObject({ type: v.literal('visible'), visible: v.boolean() }),
  v.strictObject({
    type: v.literal('push'),
    run: runId,
    payloads: v.pipe(v.array(text(1000)), v.minLength(1), v.maxLength(1000)),
  }),
  v.strictObject({ type: v.literal('answer'), run: runId, choice: v.picklist(['watch', 'consume']) }),
  v.strictObject({ type: v.literal('source'), run: runId, action: v.picklist(['retry', 'memory', 'private']) }),
  v.strictObject({ type: v.literal('limit'), run: runId, concurrency: count(1_000_000), paused: v.boolean() }),
  v.strictObject({ type: v.literal('dead'), run: runId, id: count(Number.MAX_SAFE_INTEGER), request: deadLetterRequest }),
  v.strictObject({ type: v.literal('settings'), change: settingsChange }),
])

/** Any message → a command of the right shape and size, or one sentence that says what is wrong with it and where. */
export function parseCommand(message: unknown): Result<EngineCommand> {
  // valibot reads properties through the prototype; only a plain object may be looked into.
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return failure('A command must be an object.')
  const parsed = v.safeParse(command, message, { abortEarly: true })
  if (parsed.success) return success(parsed.output)
  const issue = parsed.issues[0]
  const path = v.getDotPath(issue)
  return failure(`Command ${path ? `field “${cut(path, 60)}”` : 'message'}: ${cut(issue.message, 200)}.`)
}

const cut = (words: string, max: number) => (words.length > max ? `${words.slice(0, max - 1)}…` : words)
