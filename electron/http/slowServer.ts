/** The programme's own HTTP server: slow on purpose, on 127.0.0.1, in a thread of its own with a lane of its own. */
import { type Terms, writeTerms } from './terms'

interface Prepared {
  readonly url: string
  readonly terms: SharedArrayBuffer
}

let prepared: Prepared | undefined
/** Set by the programme's worker before main runs. */
export function setServer(server: Prepared): void {
  prepared = server
}

export class SlowServer {
  /** `http://127.0.0.1:40123`; the pages are `/1`, `/2` … */
  readonly url: string

  /** Answers each request after `delay` programme seconds: many at once, or one after another. A programme has one server. */
  constructor({ delay, oneAtATime = false }: { readonly delay: number } & Partial<Terms>) {
    if (!prepared) throw new Error('this programme has one server, and has it already; or its scenario names no connections')
    const { url, terms } = prepared
    prepared = undefined
    writeTerms(terms, { delay, oneAtATime })
    this.url = url
  }
}
