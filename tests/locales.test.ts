/** Every text is used, and every text that is used exists (which the types already say of each language). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from '../renderer/locales/en'
import { zh } from '../renderer/locales/zh'

const page = new URL('../renderer/', import.meta.url).pathname
const sources = readdirSync(page, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('locales'))
  .map((file) => readFileSync(join(page, file), 'utf8'))

/** Handed as a whole to the charts, which are typed by charts/words.ts. */
const wholes = ['timeline', 'legend', 'units', 'figure.order', 'figure.length', 'figure.level', 'statistics.histogram']
/** Looked up by a word of the protocol or of the state. */
const byWord = [
  'theme',
  'sidebar.groups',
  'tasks.columns',
  'measured.names',
  'export.kinds',
  'contrast.moments',
  'statistics.figures',
  'journey.parts',
  'journey.push',
]

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

const textsOf = (all: object) =>
  leaves(all).map((path) => path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], all))

test('every language has the same texts', () => {
  expect(leaves(zh)).toEqual(leaves(en))
})

test('what is a sentence in English is one in Chinese, with Chinese punctuation', () => {
  const source = readFileSync(join(page, 'locales/zh.ts'), 'utf8')
  expect(source.match(/.*[\u4e00-\u9fff][,;:!?](?!\S*').*/g) ?? []).toEqual([])
  const [english, chinese] = [textsOf(en), textsOf(zh)]
  const untranslated = chinese.filter(
    (text, i) => typeof text === 'string' && / /.test(String(english[i])) && text.length > 3 && !/[\u4e00-\u9fff]/.test(text),
  )
  expect(untranslated).toEqual(['5 3 1'])
})

test.each([
  ['en', en],
  ['zh', zh],
])('bold and code marks come in pairs: %s', (_name, all) => {
  const texts = textsOf(all)
  const odd = texts.filter(
    (text) => typeof text === 'string' && (text.split('**').length % 2 === 0 || text.split('`').length % 2 === 0),
  )
  expect(odd).toEqual([])
})
