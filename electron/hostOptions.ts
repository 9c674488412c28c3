/** What `--scenario`, `--set` and `--speed` mean to a host: what the page shows first, ready to run. */
import { parseArgs } from 'node:util'
import type { ScenarioInfo } from '#protocol/catalogue'
import { type ParameterValue, parseParameter } from '#protocol/parameters'
import { failure, type Result, success } from '#protocol/result'
import type { Opening } from './engine/engine'
import { joinNegatives, optionTakes } from './usage'

type Known = Pick<ScenarioInfo, 'id' | 'parameters'>

/** The flags that every host takes, for parseArgs. */
export const openingFlags = {
  scenario: { type: 'string' },
  set: { type: 'string', multiple: true },
  speed: { type: 'string' },
} as const

export interface OpeningFlags {
  readonly scenario?: string | undefined
  readonly set?: readonly string[] | undefined
  readonly speed?: string | undefined
}

/** Null: nothing was asked for, so the page shows its first programme. */
export function readOpening(flags: OpeningFlags, catalogue: readonly Known[]): Result<Opening | null> {
  const speed = readSpeed(flags.speed)
  if (!speed.ok) return speed
  if (flags.scenario === undefined) {
    if (flags.set || flags.speed !== undefined) return failure('--set and --speed need --scenario.')
    return success(null)
  }
  const scenario = catalogue.find(({ id }) => id === flags.scenario)
  if (!scenario) return failure(`--scenario: “${flags.scenario}” is none of ${catalogue.map(({ id }) => id).join(', ')}.`)
  const parameters = readSettings(flags.set ?? [], scenario)
  if (!parameters.ok) return parameters
  return success({ scenario: scenario.id, parameters: parameters.value, speed: flags.speed === undefined ? null : speed.value })
}

/** `name=value` texts → parameters of the scenario; those that are not named are not there. */
export function readSettings(settings: readonly string[], scenario: Known): Result<Readonly<Record<string, ParameterValue>>> {
  const values = new Map<string, ParameterValue>()
  for (const setting of settings) {
    const at = setting.indexOf('=')
    // Without the value: it may hold a password.
    const given = setting.slice(0, Math.max(at, 0))
    const info = scenario.parameters.find(({ name }) => name === given)
    if (!info) {
      const names = scenario.parameters.map(({ name }) => name).join(', ')
      return failure(
        `--set${given && ` ${given}`}: ${scenario.id} takes name=value with ${names ? `one of ${names}` : 'no names at all'}.`,
      )
    }
    const value = parseParameter(info, setting.slice(at + 1))
    if (!value.ok) return failure(value.problem.en)
    values.set(info.name, value.value)
  }
  return success(Object.fromEntries(values))
}

export function readSpeed(typed: string | undefined): Result<number> {
  if (typed === undefined) return success(1)
  const speed = /^(\d+\.?\d*|\.\d+)$/.test(typed) ? Number(typed) : Number.NaN
  return speed >= 1 && speed <= 100 ? success(speed) : failure(`--speed: “${typed}” is not ${optionTakes.speed}.`)
}

/**
 * Of the environment's `LOOPSCOPE_RING_SLOTS`: with small rings the loss of marks can be seen on any programme. Undefined: as the engine has
 * them.
 */
export function readRingSlots(env: Readonly<Record<string, string | undefined>>): Result<number | undefined> {
  const given = env['LOOPSCOPE_RING_SLOTS']
  if (given === undefined || given === '') return success(undefined)
  const slots = /^\d{1,7}$/.test(given) ? Number(given) : 0
  return slots >= 64 && slots <= 2 ** 20 && (slots & (slots - 1)) === 0
    ? success(slots)
    : failure(`LOOPSCOPE_RING_SLOTS: “${given}” is not a power of two from 64 to 1,048,576.`)
}

/**
 * Flags of the desktop app. Chromium and test drivers add their own, so what is not ours is passed over; the start script has checked what
 * the user typed.
 */
export function desktopFlags(argv: readonly string[]): OpeningFlags {
  const { values } = parseArgs({
    args: joinNegatives(argv),
    options: openingFlags,
    strict: false,
    allowPositionals: true,
  })
  // Without a value it is `true`: none was given, which is refused like any other wrong one.
  const text = (value: unknown) => (value === undefined ? undefined : value === true ? '' : String(value))
  const texts = Array.isArray(values.set) ? values.set.map((value) => text(value) ?? '') : undefined
  return { scenario: text(values.scenario), set: texts, speed: text(values.speed) }
}
