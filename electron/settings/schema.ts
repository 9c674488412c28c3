/** What a settings file may hold. Each field that does not hold it falls to its default alone; what is wrong is told by its path. */
import * as v from 'valibot'
import type { ScenarioInfo } from '#protocol/catalogue'
import { checkParameter, type ParameterValue, publicParameters } from '#protocol/parameters'
import { defaultSettings, languageSettings, themeSettings } from '#protocol/settings'
import type { Kept } from './keptSettings'
import type { Reason } from './notices'

export const fileVersion = 1

/** Screen px. Where the window is when it is not maximized. */
export interface WindowBounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

export interface FileContent extends Kept {
  /** Null: never shown, or a host without a window. */
  readonly window: WindowBounds | null
}

/** `wrong`: paths of the fields that were not taken, such as `parameters.join.threads`. */
export type Reading =
  | { readonly kind: 'content'; readonly content: FileContent; readonly wrong: readonly string[] }
  | { readonly kind: 'unusable'; readonly reason: Reason }
  | { readonly kind: 'newer' }

export type KnownScenario = Pick<ScenarioInfo, 'id' | 'parameters'>

const px = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))
const side = v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(100_000))
const finite = v.pipe(v.number(), v.finite())
const scenarioId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,99}$/))
const parameterName = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9]{0,49}$/))

const fields = {
  theme: v.picklist(themeSettings),
  language: v.picklist(languageSettings),
  speed: v.pipe(v.number(), v.minValue(1), v.maxValue(100)),
  window: v.nullable(v.strictObject({ x: px, y: px, width: side, height: side, maximized: v.boolean() })),
}
const parameterValue = v.union([finite, v.pipe(v.string(), v.maxLength(500)), v.pipe(v.array(finite), v.maxLength(1000))])
const ciphertext = v.pipe(v.string(), v.base64(), v.maxLength(8192))

export function readContent(bytes: Uint8Array, scenarios: readonly KnownScenario[]): Reading {
  const json = parseJson(bytes)
  if (json === undefined) return { kind: 'unusable', reason: 'notJson' }
  if (!isObject(json)) return { kind: 'unusable', reason: 'noSettings' }
  const { version, parameters = {}, passwords = {}, ...rest } = json
  if (typeof version !== 'number' || !Number.isInteger(version) || version < fileVersion)
    return { kind: 'unusable', reason: 'noSettings' }
  if (version > fileVersion) return { kind: 'newer' }
  const wrong = Object.keys(rest).filter((name) => !Object.hasOwn(fields, name))
  const field = <T>(name: keyof typeof fields, schema: v.GenericSchema<unknown, T>, otherwise: T): T => {
    if (!Object.hasOwn(rest, name)) return otherwise
    const parsed = v.safeParse(schema, rest[name])
    if (parsed.success) return parsed.output
    wrong.push(name)
    return otherwise
  }
  const settings = {
    theme: field('theme', fields.theme, defaultSettings.theme),
    language: field('language', fields.language, defaultSettings.language),
    speed: field('speed', fields.speed, defaultSettings.speed),
    parameters: Object.fromEntries(
      Object.entries(
        nested('parameters', parameters, wrong, (scenario, name, value) => isValue(scenarios, scenario, name, value)),
        // A password that somebody wrote into the file stays out of the page.
      ).map(([scenario, values]) => [scenario, publicParameters(values)]),
    ),
  }
  const window = field('window', fields.window, null)
  const isCiphertext = (_scenario: string, _name: string, value: unknown): value is string => v.is(ciphertext, value)
  return { kind: 'content', content: { settings, window, passwords: nested('passwords', passwords, wrong, isCiphertext) }, wrong }
}

/** By scenario and parameter, those that hold; the paths of all others go to `wrong`. */
function nested<T>(
  path: string,
  json: unknown,
  wrong: string[],
  holds: (scenario: string, name: string, value: unknown) => value is T,
): Record<string, Record<string, T>> {
  if (!isObject(json)) {
    wrong.push(path)
    return {}
  }
  const scenarios = Object.entries(json).flatMap(([scenario, values]) => {
    if (!v.is(scenarioId, scenario) || !isObject(values)) {
      wrong.push(`${path}.${scenario}`)
      return []
    }
    const held = Object.entries(values).flatMap(([name, value]) => {
      if (v.is(parameterName, name) && holds(scenario, name, value)) return [[name, value] as const]
      wrong.push(`${path}.${scenario}.${name}`)
      return []
    })
    return [[scenario, Object.fromEntries(held)] as const]
  })
  return Object.fromEntries(scenarios)
}

/** Of scenarios and parameters that this app does not have only the shape is known: they are another version's, and are kept for it. */
function isValue(scenarios: readonly KnownScenario[], scenario: string, name: string, value: unknown): value is ParameterValue {
  if (!v.is(parameterValue, value)) return false
  const info = scenarios.find(({ id }) => id === scenario)?.parameters.find((parameter) => parameter.name === name)
  return info === undefined || checkParameter(info, value).ok
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

/** undefined: it is none, or not UTF-8. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

export const writeContent = ({ settings, window, passwords }: FileContent): string =>
  `${JSON.stringify({ version: fileVersion, ...settings, window, passwords }, null, 2)}\n`
