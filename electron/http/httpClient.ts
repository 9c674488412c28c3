/** Requests by HTTP, blocking as `urllib.request` has them and awaited as asyncio has them. */
import type { MessagePort } from 'node:worker_threads'
import { Door } from '../loop/door'
import type { EventLoop } from '../loop/eventLoop'
import type { Coroutine } from '../loop/future'
import { getRunningLoop } from '../loop/running'
import { here } from '../threads/context'
import { registerHandle } from '../threads/handles'
import { type LineEnd, RequestLine } from './line'
import type { Outcome } from './messages'

let ownLine: RequestLine | undefined
/** Set once where a line exists: in the programme's thread and in that of a process. Other threads are given a client. */
export function setRequestLine(line: RequestLine): void {
  ownLine = line
}

/** No page came: the server answered otherwise, or cannot be reached. */
export class HttpError extends Error {
  override name = 'HttpError'
}

interface OpenDoor {
  readonly door: Door
  readonly number: number
}

export class HttpClient {
  readonly line: RequestLine
  readonly #doors = new WeakMap<EventLoop, OpenDoor>()

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
    let answer: Outcome | undefined
    here().block('sleeping', label, this.line.replies, () => {
      answer = this.line.take(id)
      return answer !== undefined
    })
    return pageOf(answer!)
  }

  /** The page at `url`: suspends the coroutine until it is there; the loop is free. A cancelled one closes its connection. Throws HttpError. */
  *get(url: string): Coroutine<string> {
    const { door, number } = this.#doorOf(getRunningLoop())
    const { future, ticket } = door.future<Outcome>()
    const id = this.line.send(url, { door: number, ticket })
    try {
      return pageOf(yield* future)
    } finally {
      if (future.cancelled()) this.line.abort(id)
    }
  }

  #doorOf(loop: EventLoop): OpenDoor {
    let open = this.#doors.get(loop)
    if (!open) {
      const door = new Door(loop)
      open = { door, number: this.line.open(door) }
      this.#doors.set(loop, open)
    }
    return open
  }
}

/** `GET /3`. Throws TypeError for what is no URL. */
const labelOf = (url: string) => `GET ${new URL(url).pathname}`

function pageOf({ page, problem }: Outcome): string {
  if (problem !== null) throw new HttpError(problem)
  return page
}

registerHandle({
  kind: 'httpClient',
  is: (value) => value instanceof HttpClient,
  encode: (client: HttpClient, transfer: MessagePort[]) => client.line.fork(transfer),
  decode: (wire: LineEnd) => new HttpClient(new RequestLine(wire)),
})
