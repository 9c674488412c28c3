/** Every text is used, and every text that is used exists (which the types already say of each language). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from '../renderer/locales/en'

const page = new URL('../renderer/', import.meta.url).pathname
const sources = readdirSync(page, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('locales'))
  .map((file) => readFileSync(join(page, file), 'utf8'))

/** Handed as a whole to the charts, which are typed by charts/words.ts. */
const wholes = ['timeline', 'legend', 'units']
/** Looked up by a word of the protocol or of the state. */
const byWord = ['theme', 'sidebar.groups', 'tasks.columns', 'measured.names']

function leaves(texts: object, path: readonly string[] = []): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' ? leaves(value, [...path, key]) : [[...path, key].join('.')],
  )
}

/** A file that takes up the section and names the text. */
const uses = (source: string, path: readonly string[]) =>
  new RegExp(`\\.${path[0]}\\b`).test(source) && new RegExp(`[.'"]${path.at(-1)}\\b`).test(source)

test('no text is left over', () => {
  const unused = leaves(en)
    .filter((path) => ![...wholes, ...byWord].some((whole) => path.startsWith(`${whole}.`)))
    .filter((path) => !sources.some((source) => uses(source, path.split('.'))))
  expect(unused).toEqual([])
})

test('the sections that are looked up by a word are', () => {
  expect(
    [...wholes, ...byWord].filter((path) => !sources.some((source) => source.includes(`.${path.split('.').at(-1)}`))),
  ).toEqual([])
})

test('bold and code marks come in pairs', () => {
  const texts = leaves(en).map((path) => path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], en))
  const odd = texts.filter(
    (text) => typeof text === 'string' && (text.split('**').length % 2 === 0 || text.split('`').length % 2 === 0),
  )
  expect(odd).toEqual([])
})
