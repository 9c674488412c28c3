/** What lasts from one start of the app to the next, as far as a page sees it. Where and how it is kept is the host's business. */
import { type Parameters, publicParameters } from './parameters'

export const themeSettings = ['system', 'light', 'dark'] as const
export type ThemeSetting = (typeof themeSettings)[number]

/** system: as the browser says it; English where the page does not speak that. */
export const languageSettings = ['system', 'en', 'zh'] as const
export type LanguageSetting = (typeof languageSettings)[number]

export interface Settings {
  readonly theme: ThemeSetting
  readonly language: LanguageSetting
  /** Speed factor of the next run, 1 to 100. */
  readonly speed: number
  /** Last values, by scenario and parameter; what is missing is at its default. URLs without their password. */
  readonly parameters: Readonly<Record<string, Parameters>>
}

/** What the page must know before it draws anything, and so before it has a line to the engine: it is on its first tag. */
export type Appearance = Pick<Settings, 'theme' | 'language'>

/** Whatever is missing stays as it is: also each parameter of a scenario. Null: all parameters of the scenario go back to their defaults. */
export interface SettingsChange {
  readonly theme?: ThemeSetting | undefined
  readonly language?: LanguageSetting | undefined
  readonly speed?: number | undefined
  readonly parameters?: Readonly<Record<string, Parameters | null>> | undefined
}

export const defaultSettings: Settings = { theme: 'system', language: 'system', speed: 1, parameters: {} }

export function changed(settings: Settings, change: SettingsChange): Settings {
  const parameters = new Map(Object.entries(settings.parameters))
  for (const [scenario, values] of Object.entries(change.parameters ?? {})) {
    if (values === null) parameters.delete(scenario)
    else parameters.set(scenario, { ...parameters.get(scenario), ...values })
  }
  return {
    theme: change.theme ?? settings.theme,
    language: change.language ?? settings.language,
    speed: change.speed ?? settings.speed,
    parameters: Object.fromEntries(parameters),
  }
}

/** The change as pages and files may hold it. */
export function publicChange(change: SettingsChange): SettingsChange {
  if (!change.parameters) return change
  const parameters = Object.entries(change.parameters).map(([scenario, values]) => [scenario, values && publicParameters(values)])
  return { ...change, parameters: Object.fromEntries(parameters) }
}
