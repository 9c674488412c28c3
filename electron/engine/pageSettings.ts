/** The host's settings as pages see and change them, and the passwords that pages do not see. */
import type { LocalText } from '#protocol/catalogue'
import type { StartRequest } from '#protocol/messages'
import { checkParameter, hiddenPassword, type Parameters } from '#protocol/parameters'
import { failure, type Result, success } from '#protocol/result'
import { publicChange, type Settings, type SettingsChange } from '#protocol/settings'
import { findScenario, scenarioFiles } from '../scenarios/index'
import type { SettingsStore } from './engine'
import { addressWithoutPassword, withSecrets } from './secrets'

export class PageSettings {
  readonly #store: SettingsStore
  /** What pages gave in this run of the app, by scenario, with passwords: later than anything that was opened or started. */
  readonly #given = new Map<string, Parameters>()
  /** Notices that no page has had yet. */
  readonly #unsaid: LocalText[] = []

  /** `tellPages` says whether there was any. */
  constructor(store: SettingsStore, tellPages: (notice: LocalText) => boolean) {
    this.#store = store
    store.onNotice((notice) => {
      if (!tellPages(notice)) this.#unsaid.push(notice)
    })
  }

  get current(): Settings {
    return this.#store.settings
  }

  takeNotices(): readonly LocalText[] {
    return this.#unsaid.splice(0)
  }

  /** `known`: what was opened or started with its passwords, the latest last. The value is what every page may be told. */
  change(change: SettingsChange, known: readonly StartRequest[]): Result<SettingsChange> {
    const problem = whatIsWrong(change)
    if (problem !== null) return failure(problem)
    const given = Object.entries(change.parameters ?? {}).map(([scenario, values]) => {
      const whole = values && withSecrets({ scenario, parameters: values }, this.#knownWith(scenario, known)).parameters
      if (whole) this.#given.set(scenario, { ...this.#given.get(scenario), ...whole })
      else this.#given.delete(scenario)
      return [scenario, whole] as const
    })
    this.#store.change(change.parameters ? { ...change, parameters: Object.fromEntries(given) } : change)
    return success(publicChange(change))
  }

  /** The requests with the passwords that belong into them; the problem names one that nobody knows. */
  complete(requests: readonly StartRequest[], known: readonly StartRequest[]): Result<readonly StartRequest[]> {
    const whole = requests.map((request) => this.#complete(request, known))
    for (const request of whole) {
      const name = addressWithoutPassword(request)
      if (name === null) continue
      const at = `the password of ${String(request.parameters[name])}`
      return failure(`${name}: ${at} is not known any more; type it in place of the “${hiddenPassword}”.`)
    }
    return success(whole)
  }

  #complete(request: StartRequest, known: readonly StartRequest[]): StartRequest {
    const fromThisRun = withSecrets(request, this.#knownWith(request.scenario, known))
    if (addressWithoutPassword(fromThisRun) === null) return fromThisRun
    return withSecrets(fromThisRun, [{ ...request, parameters: this.#store.withPasswords(request.scenario) }])
  }

  #knownWith(scenario: string, known: readonly StartRequest[]): readonly StartRequest[] {
    const parameters = this.#given.get(scenario)
    return parameters ? [...known, { scenario, parameters }] : known
  }
}

function whatIsWrong({ speed, parameters = {} }: SettingsChange): string | null {
  if (speed !== undefined && !(speed >= 1 && speed <= 100)) return `speed: ${speed} is not a number from 1 to 100.`
  for (const [id, values] of Object.entries(parameters)) {
    const scenario = findScenario(id)
    if (!scenario) return `There is no scenario “${id}”; there are ${scenarioFiles.map((file) => file.scenario.id).join(', ')}.`
    for (const [name, value] of Object.entries(values ?? {})) {
      const info = scenario.parameters.find((parameter) => parameter.name === name)
      if (!info) return `${id} has no parameter “${name}”; it has ${scenario.parameters.map((one) => one.name).join(', ')}.`
      const checked = checkParameter(info, value)
      if (!checked.ok) return `${id}, ${checked.problem}`
    }
  }
  return null
}
