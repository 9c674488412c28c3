/** What lasts from one start to the next: what the engine says of it, and what the person changes here. */
import { batch } from '@preact/signals'
import { changed, publicChange, type Settings, type SettingsChange } from '#protocol/settings'
import { send } from './commands'
import * as state from './index'

/** Changed while the engine could not be reached. */
let unsent: SettingsChange[] = []

/** Here at once; kept, and told to other pages, by the engine. */
export function changeSettings(change: SettingsChange): void {
  // A password that was just typed goes to the engine and is not seen again.
  takeOver(publicChange(change))
  if (state.connection.value.phase === 'connected') send({ type: 'settings', change })
  else unsent.push(change)
}

/** A change from this page or another one: what it sets wins over what was typed into the same field. */
export function takeOver(change: SettingsChange): void {
  batch(() => {
    apply(change)
    const typed = new Map(Object.entries(state.typed.value))
    for (const [scenario, values] of Object.entries(change.parameters ?? {})) {
      const left = Object.entries(typed.get(scenario) ?? {}).filter(([name]) => values !== null && !(name in values))
      typed.set(scenario, Object.fromEntries(left))
    }
    state.typed.value = Object.fromEntries(typed)
  })
}

/** `speed` is of the next run and may have been chosen by the command line: only the first welcome sets it. */
export function welcomeSettings(settings: Settings, first: boolean): void {
  batch(() => {
    state.lastValues.value = {}
    apply(first ? settings : { ...settings, speed: undefined })
  })
  for (const change of unsent) {
    apply(publicChange(change))
    send({ type: 'settings', change })
  }
  unsent = []
}

function apply(change: SettingsChange): void {
  const { themeSetting, languageSetting, speed, lastValues } = state
  const now = { theme: themeSetting.value, language: languageSetting.value, speed: speed.value, parameters: lastValues.value }
  const next = changed(now, change)
  batch(() => {
    themeSetting.value = next.theme
    languageSetting.value = next.language
    speed.value = next.speed
    lastValues.value = next.parameters
  })
}
