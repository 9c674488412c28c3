/** The socket work of all requests of one process, on a thread that has an event loop of Node's own and runs nothing else. */
import { Agent, type ClientRequest, get } from 'node:http'
import type { MessagePort } from 'node:worker_threads'
import { DoorKnocker } from '../loop/door'
import type { Control } from '../threads/controlBlock'
import type { Answer, Outcome, Ticket, ToRequests } from './messages'

/** Rounds of the warm-up: what runs for the first time costs milliseconds. */
const warmUpRounds = 20

export class Requests {
  /** A connection is kept when its answer has come: the next request saves the milliseconds of a new one. */
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: Number.POSITIVE_INFINITY })

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
    await Promise.all(Array.from({ length: connections }, () => this.#page(`${url}/warm`)))
    for (let round = 0; round < warmUpRounds; round++) await this.#page(`${url}/warm`)
  }

  #page(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.get(url, ({ page, problem }) => (problem === null ? resolve(page) : reject(new Error(problem))))
    })
  }

  /** `answer` may be called twice where a connection breaks; the first counts. */
  get(url: string, answer: (outcome: Outcome) => void): ClientRequest {
    const fail = (why: string) => answer({ page: null, problem: `GET ${url} failed: ${why}` })
    const request = get(url, { agent: this.#agent }, (response) => {
      response.setEncoding('utf8')
      let page = ''
      response.on('data', (part: string) => {
        page += part
      })
      response.on('end', () => {
        if (response.statusCode === 200) answer({ page, problem: null })
        else fail(`the server answered ${response.statusCode}`)
      })
      response.on('close', () => {
        if (!response.complete) fail('the server closed the connection')
      })
    })
    request.setNoDelay(true)
    request.on('error', (error) => fail(error.message))
    return request
  }
}

/** A thread that makes requests. */
class Caller {
  readonly #open = new Map<number, ClientRequest>()
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
    const request = this.requests.get(url, (outcome) => {
      if (this.#open.delete(id)) this.#reply(id, to, outcome)
    })
    this.#open.set(id, request)
    this.requests.onRequest()
  }

  /** Forgotten before it is destroyed: what it says of that is no answer. */
  #abort(id: number): void {
    const request = this.#open.get(id)
    this.#open.delete(id)
    request?.destroy()
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
