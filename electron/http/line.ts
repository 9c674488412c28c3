/** A thread's line to the one that does the socket work: hands requests over and takes answers in. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Door } from '../loop/door'
import { here } from '../threads/context'
import type { Answer, Ticket, ToRequests } from './messages'

/** What a line is made of; it crosses threads. */
export interface LineEnd {
  readonly port: MessagePort
  readonly replies: number
}

export class RequestLine {
  readonly #port: MessagePort
  /** The resource that a thread waits for. */
  readonly replies: number
  readonly #answers = new Map<number, Answer>()
  #next = 1

  constructor({ port, replies }: LineEnd) {
    this.#port = port
    this.replies = replies
    // An idle line does not keep its thread alive.
    port.unref()
  }

  /** Hands the request over; returns its number. The answer completes the future that `to` names, or else is there to be taken. */
  send(url: string, to: Ticket | null = null): number {
    const id = this.#next++
    this.#post({ type: 'get', id, url, to })
    return id
  }

  /** Lets answers complete futures of a loop; returns the door's number. */
  open({ wire }: Door): number {
    const door = this.#next++
    this.#post({ type: 'door', door, wire }, [wire.port])
    return door
  }

  /** Nobody waits for it any more: its connection is closed. */
  abort(id: number): void {
    this.#post({ type: 'abort', id })
  }

  /** The answer to request `id`, once, if it has come. */
  take(id: number): Answer | undefined {
    this.#receive()
    const answer = this.#answers.get(id)
    if (answer) this.#answers.delete(id)
    return answer
  }

  /** A line of its own for another thread. */
  fork(transfer: MessagePort[]): LineEnd {
    const { port1, port2 } = new MessageChannel()
    const replies = here().control.newResource()
    this.#post({ type: 'connect', port: port1, replies }, [port1])
    transfer.push(port2)
    return { port: port2, replies }
  }

  #receive(): void {
    for (;;) {
      const answer = receiveMessageOnPort(this.#port)?.message as Answer | undefined
      if (!answer) return
      this.#answers.set(answer.id, answer)
    }
  }

  #post(message: ToRequests, transfer: MessagePort[] = []): void {
    this.#port.postMessage(message, transfer)
  }
}
