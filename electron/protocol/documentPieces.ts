/** A document as text, in pieces: of millions of spans it is longer than any string may be. */
import type { OpenDocument } from './makeDocument'
import { inPieces } from './spanRows'

/** Together they are what `JSON.stringify(document, null, 2)` would be, and a line break. */
export const documentPieces = (document: OpenDocument): Iterable<string> => inPieces(parts(document))

function* parts(document: OpenDocument): Generator<string, void, undefined> {
  let before = '{'
  for (const [name, value] of Object.entries(document)) {
    yield `${before}\n  ${JSON.stringify(name)}: `
    if (isList(value)) yield* list(value)
    else yield indented(value, '  ')
    before = ','
  }
  yield '\n}\n'
}

function* list(rows: Iterable<unknown>): Generator<string, void, undefined> {
  let before = '['
  for (const row of rows) {
    yield `${before}\n    ${indented(row, '    ')}`
    before = ','
  }
  yield before === '[' ? '[]' : '\n  ]'
}

const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

const indented = (value: unknown, by: string) => JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`)
