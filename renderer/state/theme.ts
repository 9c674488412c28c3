/** Light, dark or as the system: what the setting comes to is written on <html>. */
import { computed, effect } from '@preact/signals'
import { themeSettings } from '#protocol/settings'
import { forcedColours, systemDark, themeSetting } from './index'
import { changeSettings } from './settings'

/** What is really shown. */
export const theme = computed<'light' | 'dark'>(() => {
  if (themeSetting.value !== 'system') return themeSetting.value
  return systemDark.value ? 'dark' : 'light'
})

/** What the charts are drawn for: they read the colours again when it changes. */
export const drawnTheme = computed(() => (forcedColours.value ? `${theme.value}, forced colours` : theme.value))

export function nextTheme(): void {
  changeSettings({ theme: themeSettings[(themeSettings.indexOf(themeSetting.value) + 1) % themeSettings.length]! })
}

/** What of the browser is needed; tests hand in their own. */
export interface ThemeSurroundings {
  readonly dark: Pick<MediaQueryList, 'matches' | 'addEventListener'>
  /** The system replaces every colour by its own few. */
  readonly forced: Pick<MediaQueryList, 'matches' | 'addEventListener'>
  readonly root: { readonly dataset: DOMStringMap }
}

export function setUpTheme({ dark, forced, root }: ThemeSurroundings): void {
  const served = themeSettings.find((setting) => setting === root.dataset['themeSetting'])
  if (served) themeSetting.value = served
  systemDark.value = dark.matches
  dark.addEventListener('change', (event) => {
    systemDark.value = event.matches
  })
  forcedColours.value = forced.matches
  forced.addEventListener('change', (event) => {
    forcedColours.value = event.matches
  })
  effect(() => {
    root.dataset['theme'] = theme.value
  })
}
