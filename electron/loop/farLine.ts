/** The loop's end of a thread's line: gives its letters in the order in which they were posted, and sends results back in batches. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Control } from '../threads/controlBlock'
import { LetterReader } from './letterRing'
import type { FarEnd, Letter } from './loopMessages'
import { addResult, type ResultBatch, sendResults } from './results'
import type { Task } from './task'

/** How much later the one is; their counts run over after two thousand million letters. */
export const after = (order: number, other: number) => (order - other) | 0

export class FarLine {
  readonly #port: MessagePort
  readonly #ring: LetterReader
  readonly #replies: number
  /** Received by the port, and not taken. */
  #held: Letter | undefined
  #byPort = 0
  #outbox: ResultBatch = []

  constructor({ port, ring, replies }: FarEnd) {
    this.#port = port
    this.#ring = new LetterReader(ring)
    this.#replies = replies
  }

  /** The order of the next letter; undefined: there is none. */
  order(): number | undefined {
    const ring = this.#ring.order()
    if (!this.#held && this.#byPort !== this.#ring.byPort) this.#receive()
    const port = this.#held?.order
    if (ring === undefined || port === undefined) return ring ?? port
    return after(ring, port) < 0 ? ring : port
  }

  /** The letter of that order: the next one. */
  take(order: number): Letter {
    const held = this.#held
    if (held?.order !== order) return this.#ring.read()
    this.#held = undefined
    return held
  }

  reply(task: Task): void {
    addResult(this.#outbox, task)
  }

  flush(control: Control): void {
    if (this.#outbox.length === 0) return
    sendResults(this.#port, this.#outbox)
    this.#outbox = []
    control.wake(this.#replies)
  }

  #receive(): void {
    this.#held = receiveMessageOnPort(this.#port)?.message as Letter | undefined
    if (this.#held) this.#byPort = (this.#byPort + 1) | 0
  }
}
