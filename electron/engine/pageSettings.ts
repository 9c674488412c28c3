/** The host's settings as pages see and change them. Pages see addresses without their passwords; what they send back gets them again. */
import type { LocalText } from '#protocol/catalogue'
import type { StartRequest } from '#protocol/messages'
import {
  checkParameter,
  formatParameter,
  hiddenPassword,
  type ParameterInfo,
  type ParameterValue,
  withoutPassword,
} from '#protocol/parameters'
import { failure, type Result, success } from '#protocol/result'
import { publicChange, type Settings, type SettingsChange } from '#protocol/settings'
import type { SettingsStore } from './engine'
import { findKnown } from './known'
import { checkSpeed, inScenario, noParameter, noScenario } from './runs'

export class PageSettings {
  readonly #store: SettingsStore
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

  /** The value is what every page may be told. */
  change(change: SettingsChange): Result<SettingsChange, LocalText> {
    const problem = whatIsWrong(change)
    if (problem !== null) return failure(problem)
    this.#store.change(change)
    return success(publicChange(change))
  }

  /**
   * What was started is what was set last; null: all of it was. In a contrast one programme lends the others its values for this once, so that
   * theirs stay.
   */
  changeBy(requests: readonly StartRequest[], speed: number): SettingsChange | null {
    const own = requests.length === 1 ? requests : []
    const parameters = own.flatMap(({ scenario, parameters }) => {
      const last = this.current.parameters[scenario] ?? {}
      const isNew = ({ name, default: standard }: ParameterInfo) => {
        const value = parameters[name]
        return value !== undefined && formatParameter(value) !== formatParameter(last[name] ?? standard)
      }
      const infos = findKnown(scenario)?.parameters.filter(isNew) ?? []
      return infos.length > 0 ? [[scenario, Object.fromEntries(infos.map(({ name }) => [name, parameters[name]!]))] as const] : []
    })
    return parameters.length === 0 && speed === this.current.speed ? null : { speed, parameters: Object.fromEntries(parameters) }
  }

  /** The requests with the passwords that belong into them; the problem names an address whose password nobody knows. */
  complete(requests: readonly StartRequest[]): Result<readonly StartRequest[], LocalText> {
    const whole = requests.map((request) => this.#complete(request))
    for (const { scenario, parameters } of whole) {
      const addresses = findKnown(scenario)?.parameters.filter(({ kind }) => kind === 'url') ?? []
      const name = addresses.map((info) => info.name).find((url) => lacksPassword(parameters[url]))
      if (name === undefined) continue
      const address = String(parameters[name])
      return failure({
        en: `${name}: the password of ${address} is not known any more; type it in place of the “${hiddenPassword}”.`,
        zh: `${name}：${address} 的密码已经不在了；请在“${hiddenPassword}”处重新输入。`,
      })
    }
    return success(whole)
  }

  /**
   * Only a value that is the whole public form of the known one is replaced, host and all: a password never goes to another server than the one
   * it was typed for.
   */
  #complete(request: StartRequest): StartRequest {
    if (!Object.values(request.parameters).some(lacksPassword)) return request
    const known = this.#store.withPasswords(request.scenario)
    const entries = Object.entries(request.parameters).map(([name, value]) => {
      const whole = known[name]
      return [name, typeof whole === 'string' && withoutPassword(whole) === value ? whole : value] as const
    })
    return { ...request, parameters: Object.fromEntries(entries) }
  }
}

const lacksPassword = (value: ParameterValue | undefined) => typeof value === 'string' && value.includes(hiddenPassword)

function whatIsWrong({ speed, parameters = {} }: SettingsChange): LocalText | null {
  const wrongSpeed = speed === undefined ? null : checkSpeed(speed)
  if (wrongSpeed) return wrongSpeed
  for (const [id, values] of Object.entries(parameters)) {
    const scenario = findKnown(id)
    if (!scenario) return noScenario(id)
    for (const [name, value] of Object.entries(values ?? {})) {
      const info = scenario.parameters.find((parameter) => parameter.name === name)
      if (!info) return noParameter(scenario, name)
      const checked = checkParameter(info, value)
      if (!checked.ok) return inScenario(id, checked.problem)
    }
  }
  return null
}
