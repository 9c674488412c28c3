/** Requests by HTTP, blocking as `urllib.request` has them and awaited as asyncio has them. */
import type { MessagePort } from 'node:worker_threads'
import { here } from '../threads/context'
import { registerHandle } from '../threads/handles'
import { type LineEnd, RequestLine } from './line'
import type { Answer } from './messages'

let ownLine: RequestLine | undefined
/** Set once where a line exists: in the programme's thread and in that of a process. Other threads are given a client. */
export function setRequestLine(line: RequestLine): void {
  ownLine = line
}

/** No page came: the server answered otherwise, or cannot be reached. */
export class HttpError extends Error {
  override name = 'HttpError'
}

export class HttpClient {
  readonly line: RequestLine

  constructor(line = ownLine) {
    if (!line) throw new Error('this programme makes no requests: its scenario names no connections')
    this.line = line
  }

  /**
   * The page at `url`, as `urllib.request.urlopen(url).read()`: holds the calling thread until it is there. Node has no blocking request, so another
   * thread does the socket work while this one sleeps. Throws HttpError.
   */
  blockingGet(url: string): string {
    const label = labelOf(url)
    const id = this.line.send(url)
    let answer: Answer | undefined
    here().block('sleeping', label, this.line.replies, () => {
      answer = this.line.take(id)
      return answer !== undefined
    })
    return pageOf(answer!)
  }
}

/** `GET /3`. Throws TypeError for what is no URL, before anything is sent. */
const labelOf = (url: string) => `GET ${new URL(url).pathname}`

function pageOf({ page, problem }: Answer): string {
  if (problem !== null) throw new HttpError(problem)
  return page
}

registerHandle({
  kind: 'httpClient',
  is: (value) => value instanceof HttpClient,
  encode: (client: HttpClient, transfer: MessagePort[]) => client.line.fork(transfer),
  decode: (wire: LineEnd) => new HttpClient(new RequestLine(wire)),
})
