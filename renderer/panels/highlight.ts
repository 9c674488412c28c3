/**
 * Splits a line of TypeScript or Python into the few kinds that the page sets apart: keywords, names of functions, comments. Without colours a
 * whole grammar would buy nothing, so this knows no more than comments, strings, words, and what stands before a bracket.
 */
import { withoutLabel } from '../model/labels'

export type Language = 'typescript' | 'python'
export type Kind = 'text' | 'keyword' | 'function' | 'comment'
export interface Piece {
  readonly kind: Kind
  readonly text: string
}

const typescriptWords = new Set(
  (
    'as async await break case catch class const continue default delete do else export extends false finally for from function if import in ' +
    'instanceof interface let new null of readonly return satisfies static super switch this throw true try type typeof undefined void while yield'
  ).split(' '),
)
const pythonWords = new Set(
  (
    'and as assert async await break class continue def del elif else except finally for from global if import in is lambda None nonlocal not or ' +
    'pass raise return True False try while with yield'
  ).split(' '),
)
const typescriptToken =
  /(\/\/.*$|\/\*.*?(?:\*\/|$))|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`?)|([A-Za-z_$][\w$]*)(\s*\()?/g

const pythonToken = /(#.*$)|([fr]?'(?:[^'\\]|\\.)*'|[fr]?"(?:[^"\\]|\\.)*")|([A-Za-z_]\w*)(\s*\()?/g
const grammars = {
  typescript: { words: typescriptWords, token: typescriptToken, commentStart: '/*', commentEnd: '*/' },
  python: { words: pythonWords, token: pythonToken, commentStart: '"""', commentEnd: '"""' },
} as const

/** The lines of a text. A comment over several lines stays one; blank lines around the text are left out. */
export function highlight(text: string, language: Language): readonly (readonly Piece[])[] {
  const { commentStart, commentEnd } = grammars[language]
  let inComment = false
  return text
    .replace(/^\s*\n|\s+$/g, '')
    .split('\n')
    .map((line) => {
      const shown = withoutLabel(line)
      const text = shown.trimStart()
      if (inComment || text.startsWith(commentStart)) {
        inComment = !(inComment ? text : text.slice(commentStart.length)).includes(commentEnd)
        return [{ kind: 'comment', text: shown }]
      }
      return pieces(shown, language)
    })
}

function pieces(line: string, language: Language): readonly Piece[] {
  const { token, words } = grammars[language]
  const found: Piece[] = []
  let at = 0
  for (const match of line.matchAll(token)) {
    const [, comment, string, word, bracket] = match
    const text = comment ?? string ?? word ?? ''
    const kind: Kind = comment ? 'comment' : string ? 'text' : words.has(text) ? 'keyword' : bracket ? 'function' : 'text'
    if (kind === 'text') continue
    if (match.index > at) found.push({ kind: 'text', text: line.slice(at, match.index) })
    found.push({ kind, text })
    at = match.index + text.length
  }
  if (at < line.length) found.push({ kind: 'text', text: line.slice(at) })
  return found
}
