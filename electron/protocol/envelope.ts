/**
 * A producer who wants to see how long its items wait in Redis puts each into an envelope: `{"ls":1,"at":<Unix time, µs>,"payload":"5"}`. Everything else
 * is the payload itself. A producer's clock costs no task its run: an envelope whose time is no time is opened all the same, and when it was pushed is not
 * known.
 */

export interface Envelope {
  readonly payload: string
  /** When it was pushed by the producer's clock, µs since 1970; NaN: what it says is no number. */
  readonly at: number
}

const brace = 0x7b
const fields = new Set(['ls', 'at', 'payload'])

/** Null: it is none. */
export function openEnvelope(text: string): Envelope | null {
  if (text.charCodeAt(0) !== brace) return null
  const found = parse(text)
  if (typeof found !== 'object' || found === null) return null
  const { ls, at, payload } = found as Readonly<Record<string, unknown>>
  if (ls !== 1 || typeof payload !== 'string' || !Object.keys(found).every((name) => fields.has(name))) return null
  return { payload, at: typeof at === 'number' ? at : Number.NaN }
}

/** Undefined: it is no JSON, and so no envelope. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
