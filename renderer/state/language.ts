/** The language of the page: as it was chosen, else as the browser says it. */
import { computed, effect } from '@preact/signals'
import { type LanguageSetting, languageSettings } from '#protocol/settings'
import { isLocale, type Locale, locale } from '../locales'
import { browserLanguage, languageSetting } from './index'
import { changeSettings } from './settings'

/** English where the page does not speak the language. */
export function localeFor(setting: LanguageSetting, browser: string): Locale {
  const wanted = setting === 'system' ? browser.split('-')[0] : setting
  return isLocale(wanted) ? wanted : 'en'
}

/** What the browser's own language comes to. */
const systemLocale = computed(() => localeFor('system', browserLanguage.value))

/** To the other language, and back to the system's where that is the same. */
export function chooseLocale(next: Locale): void {
  changeSettings({ language: next === systemLocale.value ? 'system' : next })
}

/** What of the browser is needed; tests hand in their own. */
export interface LanguageSurroundings {
  readonly browser: () => string
  readonly onChange: (listener: () => void) => void
  readonly root: { lang: string; readonly dataset: DOMStringMap }
}

export function setUpLanguage({ browser, onChange, root }: LanguageSurroundings): void {
  const read = () => {
    browserLanguage.value = browser()
  }
  read()
  onChange(read)
  const served = languageSettings.find((setting) => setting === root.dataset['languageSetting'])
  if (served) languageSetting.value = served
  effect(() => {
    locale.value = localeFor(languageSetting.value, browserLanguage.value)
    root.lang = locale.value
  })
}
