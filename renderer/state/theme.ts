/** Light, dark or as the system: the setting is kept on this machine, what it comes to is written on <html>. */
import { computed, effect } from '@preact/signals'
import type { ThemeSetting } from './index'
import { forcedColours, systemDark, themeSetting } from './index'

const key = 'loopscope.theme'
const order: readonly ThemeSetting[] = ['system', 'light', 'dark']

/** What is really shown. */
export const theme = computed<'light' | 'dark'>(() => {
  if (themeSetting.value !== 'system') return themeSetting.value
  return systemDark.value ? 'dark' : 'light'
})

/** What the charts are drawn for: they read the colours again when it changes. */
export const drawnTheme = computed(() => (forcedColours.value ? `${theme.value}, forced colours` : theme.value))

export function nextTheme(): void {
  themeSetting.value = order[(order.indexOf(themeSetting.value) + 1) % order.length]!
}

/** What of the browser is needed; tests hand in their own. */
export interface ThemeSurroundings {
  readonly storage: () => Pick<Storage, 'getItem' | 'setItem'>
  readonly dark: Pick<MediaQueryList, 'matches' | 'addEventListener'>
  /** The system replaces every colour by its own few. */
  readonly forced: Pick<MediaQueryList, 'matches' | 'addEventListener'>
  readonly root: { readonly dataset: DOMStringMap }
}

export function setUpTheme({ storage, dark, forced, root }: ThemeSurroundings): void {
  const stored = guarded(() => storage().getItem(key))
  if (stored === 'light' || stored === 'dark') themeSetting.value = stored
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
  effect(() => {
    const setting = themeSetting.value
    guarded(() => storage().setItem(key, setting))
  })
}

/** A browser may forbid storage (private window, policy); then the setting lasts as long as the page, which is right. */
function guarded<T>(use: () => T): T | null {
  try {
    return use()
  } catch (error) {
    console.info(`The theme is not kept: ${String(error)}`)
    return null
  }
}
