/**
 * Splits a line of TypeScript into the few kinds that the page sets apart: keywords, names of functions, comments. Without colours a whole
 * grammar would buy nothing, so this knows no more than comments, strings, words, and what stands before a bracket.
 */
export type Kind = 'text' | 'keyword' | 'function' | 'comment'
export interface Piece {
  readonly kind: Kind
  readonly text: string
}

const keywords = new Set(
  (
    'as async await break case catch class const continue default delete do else export extends false finally for from function if import in ' +
    'instanceof interface let new null of readonly return satisfies static super switch this throw true try type typeof undefined void while yield'
  ).split(' '),
)
const token = /(\/\/.*$|\/\*.*?(?:\*\/|$))|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`?)|([A-Za-z_$][\w$]*)(\s*\()?/g

/** `// @label` ties a line to bars and to the other language; it is not for reading. */
const label = /\s*\/\/\s*@[\w-]+\s*$/

/** The lines of a text. A comment over several lines stays one; blank lines around the text are left out. */
export function highlight(text: string): readonly (readonly Piece[])[] {
  let inComment = false
  return text
    .replace(/^\s*\n|\s+$/g, '')
    .split('\n')
    .map((line) => {
      const shown = line.replace(label, '')
      if (inComment || shown.trimStart().startsWith('/*')) {
        inComment = !shown.includes('*/')
        return [{ kind: 'comment', text: shown }]
      }
      return pieces(shown)
    })
}

function pieces(line: string): readonly Piece[] {
  const found: Piece[] = []
  let at = 0
  for (const match of line.matchAll(token)) {
    const [, comment, string, word, bracket] = match
    const text = comment ?? string ?? word ?? ''
    const kind: Kind = comment ? 'comment' : string ? 'text' : keywords.has(text) ? 'keyword' : bracket ? 'function' : 'text'
    if (kind === 'text') continue
    if (match.index > at) found.push({ kind: 'text', text: line.slice(at, match.index) })
    found.push({ kind, text })
    at = match.index + text.length
  }
  if (at < line.length) found.push({ kind: 'text', text: line.slice(at) })
  return found
}

/** The text as it is copied: without the labels. */
export const withoutLabels = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replace(label, ''))
    .join('\n')
    .trim()
