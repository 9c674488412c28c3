/**
 * Kept connections to HTTP servers, one request at a time on each. Written by hand, and only as far as our own server needs it: Node's client costs
 * twice the time of the whole way there and back, which would be charted as the programme's.
 */
import { connect, type Socket } from 'node:net'
import type { Outcome } from './messages'

const endOfHead = '\r\n\r\n'

/** Calls off a request. */
export type Abort = () => void

export class Connections {
  readonly #free = new Map<string, Connection[]>()

  /** GET by a connection that is free, the last used one first, or by a new one. `answer` is called once, unless it is called off. */
  get(url: string, answer: (outcome: Outcome) => void): Abort {
    const { host, hostname, port, pathname } = new URL(url)
    const free = this.#freeOf(host)
    const connection = free.pop() ?? new Connection(hostname, Number(port), free)
    return connection.get(url, `GET ${pathname} HTTP/1.1\r\nHost: ${host}${endOfHead}`, answer)
  }

  #freeOf(host: string): Connection[] {
    let free = this.#free.get(host)
    if (!free) {
      free = []
      this.#free.set(host, free)
    }
    return free
  }
}

class Connection {
  readonly #socket: Socket
  #url = ''
  #answer: ((outcome: Outcome) => void) | undefined
  #received = ''

  /** `free`: where it is put when it is. */
  constructor(
    hostname: string,
    port: number,
    readonly free: Connection[],
  ) {
    this.#socket = connect(port, hostname)
    this.#socket.setNoDelay(true)
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (part: string) => this.#receive(part))
    this.#socket.on('error', (error) => this.#lose(error.message))
    this.#socket.on('close', () => this.#lose('the server closed the connection'))
  }

  get(url: string, request: string, answer: (outcome: Outcome) => void): Abort {
    this.#url = url
    this.#answer = answer
    this.#socket.write(request, 'latin1')
    return () => {
      if (this.#answer !== answer) return
      this.#answer = undefined
      this.#socket.destroy()
    }
  }

  #receive(part: string): void {
    this.#received += part
    const head = this.#received.indexOf(endOfHead)
    if (head < 0) return
    const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(this.#received.slice(0, head + 2))?.[1]
    if (length === undefined) {
      this.#lose('the server told no length of its answer')
      return
    }
    const body = this.#received.slice(head + endOfHead.length)
    if (body.length < Number(length)) return
    const status = this.#received.slice(9, 12)
    this.#received = ''
    const answer = this.#answer
    this.#answer = undefined
    this.free.push(this)
    if (status === '200') answer?.({ page: Buffer.from(body, 'latin1').toString(), problem: null })
    else answer?.(this.#failure(`the server answered ${status}`))
  }

  #lose(why: string): void {
    const at = this.free.indexOf(this)
    if (at >= 0) this.free.splice(at, 1)
    this.#socket.destroy()
    const answer = this.#answer
    this.#answer = undefined
    answer?.(this.#failure(why))
  }

  #failure = (why: string): Outcome => ({ page: null, problem: `GET ${this.#url} failed: ${why}` })
}
