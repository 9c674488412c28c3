/** The socket work of all requests of one process, on a thread that has an event loop of Node's own and runs nothing else. */
import type { MessagePort } from 'node:worker_threads'
import { DoorKnocker } from '../loop/door'
import type { Control } from '../threads/controlBlock'
import { type Abort, Connections } from './connections'
import { type Answer, type Outcome, rehearsalPage, type Ticket, type ToRequests } from './messages'

/** At least so many: what runs for the first times costs milliseconds, on both sides. */
const warmUpRequests = 400

export class Requests {
  readonly connections = new Connections()

  /** `control`: of the threads that wait for the answers. `onRequest` is told of each request that was handed over. */
  constructor(
    readonly control: Control,
    readonly onRequest: () => void = () => undefined,
  ) {}

  /** Serves the thread at the other end, which waits for the resource `replies`. */
  connect(port: MessagePort, replies: number): void {
    const caller = new Caller(this, port, replies)
    port.on('message', (message: ToRequests) => caller.obey(message))
  }

  /** Opens so many connections to the server, and makes some requests that nobody waits for. Rejects where the server cannot be reached. */
  async warm(url: string, connections: number): Promise<void> {
    const together = () => Promise.all(Array.from({ length: connections }, () => this.#page(`${url}/${rehearsalPage}`)))
    for (let made = 0; made < warmUpRequests; made += connections) await together()
  }

  #page(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.connections.get(url, ({ page, problem }) => (problem === null ? resolve(page) : reject(new Error(problem))))
    })
  }
}

/** A thread that makes requests. */
class Caller {
  readonly #open = new Map<number, Abort>()
  readonly #doors = new Map<number, DoorKnocker>()

  constructor(
    readonly requests: Requests,
    readonly port: MessagePort,
    readonly replies: number,
  ) {}

  obey(message: ToRequests): void {
    switch (message.type) {
      case 'get':
        this.#get(message)
        break
      case 'abort':
        this.#abort(message.id)
        break
      case 'door':
        this.#doors.set(message.door, new DoorKnocker(message.wire))
        break
      case 'connect':
        this.requests.connect(message.port, message.replies)
        break
      case 'warm':
        this.requests.warm(message.url, message.connections).then(
          () => this.#reply(0, null, { page: '', problem: null }),
          (error: Error) => this.#reply(0, null, { page: null, problem: error.message }),
        )
        break
    }
  }

  #get({ id, url, to }: Extract<ToRequests, { type: 'get' }>): void {
    const abort = this.requests.connections.get(url, (outcome) => {
      if (this.#open.delete(id)) this.#reply(id, to, outcome)
    })
    this.#open.set(id, abort)
    this.requests.onRequest()
  }

  #abort(id: number): void {
    this.#open.get(id)?.()
    this.#open.delete(id)
  }

  #reply(id: number, to: Ticket | null, outcome: Outcome): void {
    if (to) {
      this.#doors.get(to.door)!.complete(to.ticket, outcome)
      return
    }
    this.port.postMessage({ id, ...outcome } satisfies Answer)
    this.requests.control.wake(this.replies)
  }
}
