/** The socket work of all requests of one process, on a thread that has an event loop of Node's own and runs nothing else. */
import { Agent, type ClientRequest, get } from 'node:http'
import type { MessagePort } from 'node:worker_threads'
import type { Control } from '../threads/controlBlock'
import type { Answer, ToRequests } from './messages'

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

  /** Serves the thread at the other end, which waits for `replies`. */
  connect(port: MessagePort, replies: number): void {
    const open = new Map<number, ClientRequest>()
    const reply = (message: Answer) => {
      port.postMessage(message)
      this.control.wake(replies)
    }
    port.on('message', (message: ToRequests) => {
      switch (message.type) {
        case 'get':
          open.set(
            message.id,
            this.#get(message.id, message.url, (answer) => {
              if (open.delete(answer.id)) reply(answer)
            }),
          )
          this.onRequest()
          break
        case 'abort':
          abort(open, message.id)
          break
        case 'connect':
          this.connect(message.port, message.replies)
          break
        case 'warm':
          this.warm(message.url, message.connections).then(
            () => reply({ id: 0, page: '', problem: null }),
            (error: Error) => reply({ id: 0, page: null, problem: error.message }),
          )
          break
      }
    })
  }

  /** Opens so many connections to the server, and makes some requests that nobody waits for. */
  async warm(url: string, connections: number): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.#page(`${url}/warm`)))
    for (let round = 0; round < warmUpRounds; round++) await this.#page(`${url}/warm`)
  }

  #page(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#get(0, url, ({ page, problem }) => (problem === null ? resolve(page) : reject(new Error(problem))))
    })
  }

  /** `answer` may be called twice where a connection breaks; the first counts. */
  #get(id: number, url: string, answer: (message: Answer) => void): ClientRequest {
    const fail = (why: string) => answer({ id, page: null, problem: `GET ${url} failed: ${why}` })
    const request = get(url, { agent: this.#agent }, (response) => {
      response.setEncoding('utf8')
      let page = ''
      response.on('data', (part: string) => {
        page += part
      })
      response.on('end', () => {
        if (response.statusCode === 200) answer({ id, page, problem: null })
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

/** Forgotten before it is destroyed: what it says of that is no answer. */
function abort(open: Map<number, ClientRequest>, id: number): void {
  const request = open.get(id)
  open.delete(id)
  request?.destroy()
}
