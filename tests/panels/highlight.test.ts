import { expect, test } from 'vitest'
import { withoutLabels } from '../../renderer/model/labels'
import { highlight } from '../../renderer/panels/highlight'

/** A line as `keyword:export function:main …`; plain text without its kind. */
const shown = (text: string) =>
  highlight(text, 'typescript').map((line) =>
    line.map(({ kind, text }) => (kind === 'text' ? text : `[${kind} ${text}]`)).join(''),
  )

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
  expect(withoutLabels('\na() // @first\nb() // why\n')).toBe('a()\nb() // why\n')
})

test('nothing of the text is lost', () => {
  const text = 'const a = `x`\n\n  if (a) { /* here */ g("q") }'
  expect(
    highlight(text, 'typescript')
      .map((line) => line.map((piece) => piece.text).join(''))
      .join('\n'),
  ).toBe(text)
})

test('Python has its own words, strings and comments', () => {
  const lines = highlight('"""Why."""\nasync def work(n):  # @x\n    print(f"if {n}")  # so', 'python')
  expect(lines.map((line) => line.filter(({ kind }) => kind !== 'text').map(({ kind, text }) => `${kind} ${text}`))).toEqual([
    ['comment """Why."""'],
    ['keyword async', 'keyword def', 'function work'],
    ['function print', 'comment # so'],
  ])
})
