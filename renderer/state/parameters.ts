/** The parameter fields of a programme: what was typed, what it comes to, and what is wrong with it. */
import type { LocalText, ScenarioInfo } from '#protocol/catalogue'
import type { StartRequest } from '#protocol/messages'
import { formatParameter, type ParameterInfo, type ParameterValue, parseParameter } from '#protocol/parameters'
import { failure, type Result, success } from '#protocol/result'
import { lastValues, typed } from './index'
import { changeSettings } from './settings'

export interface Field {
  readonly info: ParameterInfo
  readonly text: string
  /** One sentence for below the field; null: the text is fine. */
  readonly problem: LocalText | null
}

export const textOf = (scenario: string, info: ParameterInfo): string =>
  typed.value[scenario]?.[info.name] ?? formatParameter(lastValues.value[scenario]?.[info.name] ?? info.default)

export function fieldsOf(scenario: ScenarioInfo): readonly Field[] {
  return scenario.parameters.map((info) => {
    const text = textOf(scenario.id, info)
    const parsed = parseParameter(info, text)
    return { info, text, problem: parsed.ok ? null : parsed.problem }
  })
}

export function setParameter(scenario: string, name: string, text: string): void {
  typed.value = { ...typed.value, [scenario]: { ...typed.value[scenario], [name]: text } }
}

/** The field was left: what it holds is from now on the last value, if it is one. */
export function keepParameter(scenario: string, info: ParameterInfo): void {
  const parsed = parseParameter(info, textOf(scenario, info))
  if (parsed.ok) changeSettings({ parameters: { [scenario]: { [info.name]: parsed.value } } })
}

/** All fields were left, since a run begins with what they hold. */
export function keepParameters({ id, parameters }: ScenarioInfo): void {
  for (const info of parameters) if (typed.value[id]?.[info.name] !== undefined) keepParameter(id, info)
}

/** Every field shows its default. */
export const isReset = (scenario: ScenarioInfo): boolean =>
  scenario.parameters.every((info) => textOf(scenario.id, info) === formatParameter(info.default))

/** Back to the defaults, of this programme only. */
export function resetParameters(scenario: string): void {
  changeSettings({ parameters: { [scenario]: null } })
}

/** The run that the fields ask for; the problem is the list of names that are wrong. */
export function requestOf(scenario: ScenarioInfo): Result<StartRequest> {
  const parameters: Record<string, ParameterValue> = {}
  const wrong: string[] = []
  for (const info of scenario.parameters) {
    const parsed = parseParameter(info, textOf(scenario.id, info))
    if (parsed.ok) parameters[info.name] = parsed.value
    else wrong.push(info.name)
  }
  return wrong.length > 0 ? failure(wrong.join(', ')) : success({ scenario: scenario.id, parameters })
}

/**
 * In a contrast the programmes get the same values where they have the same parameter: that is what makes it a contrast. The chosen
 * programme's fields are the ones on the page; what only another one has is as it was last.
 */
export function requestsOf(chosen: ScenarioInfo, all: readonly ScenarioInfo[]): Result<readonly StartRequest[]> {
  const own = requestOf(chosen)
  if (!own.ok) return own
  return success(
    all.map((scenario) => ({
      scenario: scenario.id,
      parameters: Object.fromEntries(
        scenario.parameters.map((info) => {
          const mine = chosen.parameters.some((parameter) => parameter.name === info.name && parameter.kind === info.kind)
          return [
            info.name,
            mine ? own.value.parameters[info.name]! : (lastValues.value[scenario.id]?.[info.name] ?? info.default),
          ]
        }),
      ),
    })),
  )
}
