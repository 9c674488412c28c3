/** How the server answers, in memory that main and the server's thread share: a message could come after the first request. */

const delay = 0
const oneAtATime = 1
const open = 2

export interface Terms {
  /** Programme seconds from a request to its answer. */
  readonly delay: number
  /** Whether a request waits until those before it are answered. */
  readonly oneAtATime: boolean
}

export const createTerms = () => new SharedArrayBuffer(3 * 8)

export function writeTerms(shared: SharedArrayBuffer, terms: Terms): void {
  const words = new Float64Array(shared)
  words[delay] = terms.delay
  words[oneAtATime] = Number(terms.oneAtATime)
  words[open] = 1
}

/** Null until the programme has made its server. */
export function readTerms(shared: SharedArrayBuffer): Terms | null {
  const words = new Float64Array(shared)
  return words[open] === 1 ? { delay: words[delay]!, oneAtATime: words[oneAtATime] === 1 } : null
}
