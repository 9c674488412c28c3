/** A thread's line to a loop: posts letters, and takes in results. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Control } from '../threads/controlBlock'
import { encodeArguments } from '../threads/handles'
import type { ResultLine } from './concurrentFuture'
import { LetterWriter } from './letterRing'
import type { FarEnd, Letter, Submission, ToLoop } from './loopMessages'
import type { LoopWords } from './loopWords'
import { type LoopResult, type ResultBatch, readResults } from './results'

export class Line implements ResultLine {
  readonly #port: MessagePort
  readonly #ring: LetterWriter
  /** What this thread waits for when it waits for results. */
  readonly replies: number
  readonly #results = new Map<number, LoopResult>()
  #listener: ((results: readonly LoopResult[]) => void) | undefined

  /** `resource`: what the loop's thread waits for. */
  constructor(
    { port, ring, replies }: FarEnd,
    readonly words: LoopWords,
    readonly resource: number,
    readonly control: Control,
  ) {
    this.#port = port
    this.#ring = new LetterWriter(ring)
    this.replies = replies
    // An idle line does not keep its thread alive.
    port.unref()
  }

  /** A function by name, its arguments (plain or handles), and the task that is its bar. `quietly`: the loop is not woken for it; see `wake`. */
  submit(type: Submission['type'], target: string, args: readonly unknown[], task: number, quietly = false): void {
    const order = this.words.nextOrder()
    if (!this.#ring.write({ order, type, target, values: args, task })) {
      const { values, transfer } = encodeArguments(args)
      this.#port.postMessage({ order, type, target, values, task } satisfies Letter, transfer)
      this.#ring.countByPort(args)
    }
    // Counted after it is posted: who sees the count finds the letter.
    this.words.countPosted()
    if (!quietly) this.wake()
  }

  post(message: ToLoop, transfer: readonly MessagePort[] = []): void {
    const letter: Letter = { ...message, order: this.words.nextOrder() }
    if (!this.#ring.write(letter)) {
      this.#port.postMessage(letter, transfer)
      this.#ring.countByPort([])
    }
    this.words.countPosted()
    this.wake()
  }

  /** The loop takes what was posted, if it waits for it. */
  wake(): void {
    const { home } = this.words
    if (home >= 0) this.control.wakeOne(home, this.resource)
  }

  poll(task: number): LoopResult | undefined {
    for (;;) {
      const batch = receiveMessageOnPort(this.#port)?.message as ResultBatch | undefined
      if (!batch) return this.#results.get(task)
      for (const result of readResults(batch)) this.#results.set(result.task, result)
    }
  }

  cancel(task: number): void {
    this.post({ type: 'cancel', task })
  }

  /** For threads that have an event loop of Node's own: results as they come, instead of `poll`. */
  onResults(listener: (results: readonly LoopResult[]) => void): void {
    if (!this.#listener) this.#port.on('message', (batch: ResultBatch) => this.#listener?.(readResults(batch)))
    this.#listener = listener
  }
}
