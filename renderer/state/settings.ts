/** What lasts from one start to the next: what the engine says of it, and what the person changes here. */
import { batch } from '@preact/signals'
import { formatParameter } from '#protocol/parameters'
import { changed, publicChange, type Settings, type SettingsChange } from '#protocol/settings'
import { send } from './commands'
import * as state from './index'

/** Changed while the engine could not be reached. */
const unsent: SettingsChange[] = []

/** Here at once; kept, and told to other pages, by the engine. A password that was just typed goes there and is not seen again. */
export function changeSettings(change: SettingsChange): void {
  batch(() => {
    dropTyped(change, () => true)
    apply(publicChange(change))
  })
  if (state.connection.value.phase === 'connected') send({ type: 'settings', change })
  else unsent.push(change)
}

/** Changed by another page, or the echo of this one: what is being typed stays unless its value is another one now. */
export function takeOver(change: SettingsChange): void {
  batch(() => {
    const before = state.lastValues.value
    apply(change)
    const textIn = (values: Settings['parameters'], scenario: string, name: string) => {
      const value = values[scenario]?.[name]
      return value === undefined ? null : formatParameter(value)
    }
    dropTyped(change, (scenario, name) => textIn(before, scenario, name) !== textIn(state.lastValues.value, scenario, name))
  })
}

export function welcomeSettings(settings: Settings): void {
  batch(() => {
    state.lastValues.value = {}
    apply(settings)
  })
  for (const change of unsent.splice(0)) changeSettings(change)
}

/** Of the fields that the change names. */
function dropTyped({ parameters = {} }: SettingsChange, isDropped: (scenario: string, name: string) => boolean): void {
  const typed = new Map(Object.entries(state.typed.value))
  for (const [scenario, values] of Object.entries(parameters)) {
    const stays = (name: string) => (values !== null && !(name in values)) || !isDropped(scenario, name)
    const left = Object.entries(typed.get(scenario) ?? {}).filter(([name]) => stays(name))
    typed.set(scenario, Object.fromEntries(left))
  }
  state.typed.value = Object.fromEntries(typed)
}

function apply(change: SettingsChange): void {
  const { themeSetting, languageSetting, speed, lastValues } = state
  const now = { theme: themeSetting.value, language: languageSetting.value, speed: speed.value, parameters: lastValues.value }
  const next = changed(now, change)
  themeSetting.value = next.theme
  languageSetting.value = next.language
  speed.value = next.speed
  lastValues.value = next.parameters
}
