/** The languages of the page: one catalogue each, all of the same shape. A new language is one file and one line here. */
import { signal } from '@preact/signals'
import type { LocalText } from '#protocol/catalogue'
import { en, type Texts } from './en'
import { zh } from './zh'

export type { Texts }

const catalogues = { en, zh } satisfies Record<string, Texts>
export type Locale = keyof typeof catalogues

export const locales = Object.keys(catalogues) as Locale[]
export const isLocale = (name: string | undefined): name is Locale => name !== undefined && Object.hasOwn(catalogues, name)

export const locale = signal<Locale>('en')

/** The texts in the language of the page; a component that calls it is drawn again when the language changes. */
export const t = (): Texts => catalogues[locale.value]

/** A text that came over the wire, in the language of the page. */
export const local = (text: LocalText): string => text[locale.value]
