import { expect, test } from 'vitest'
import { highlight, withoutLabels } from '../../renderer/panels/highlight'

/** A line as `keyword:export function:main …`; plain text without its kind. */
const shown = (text: string) =>
  highlight(text).map((line) => line.map(({ kind, text }) => (kind === 'text' ? text : `[${kind} ${text}]`)).join(''))

test('keywords, names of functions, comments', () => {
  expect(shown('export function* work(seconds: number) { // why')).toEqual([
    '[keyword export] [keyword function]* [function work](seconds: number) { [comment // why]',
  ])
  expect(shown("print('if (x) return // no')")).toEqual(["[function print]('if (x) return // no')"])
  expect(shown('for (const x of y) new Thread(x)')).toEqual([
    '[keyword for] ([keyword const] x [keyword of] y) [keyword new] [function Thread](x)',
  ])
})

test('a comment over several lines is one, and labels are not shown', () => {
  expect(shown('/**\n * if so\n */\nrun() // @first')).toEqual([
    '[comment /**]',
    '[comment  * if so]',
    '[comment  */]',
    '[function run]()',
  ])
  expect(withoutLabels('\na() // @first\nb() // why\n')).toBe('a()\nb() // why')
})

test('nothing of the text is lost', () => {
  const text = 'const a = `x`\n\n  if (a) { /* here */ g("q") }'
  expect(
    highlight(text)
      .map((line) => line.map((piece) => piece.text).join(''))
      .join('\n'),
  ).toBe(text)
})
