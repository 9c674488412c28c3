/** A submitting thread's line to a loop: posts, and takes in results. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { ResultLine } from './concurrentFuture'
import type { LoopResult, ToLoop } from './loopMessages'

export class Line implements ResultLine {
  readonly #results = new Map<number, LoopResult>()
  #listener: ((results: readonly LoopResult[]) => void) | undefined

  constructor(
    readonly port: MessagePort,
    /** What this thread waits for when it waits for results. */
    readonly replies: number,
    readonly post: (message: ToLoop) => void,
  ) {
    // An idle line does not keep the submitting thread alive.
    port.unref()
  }

  poll(task: number): LoopResult | undefined {
    for (;;) {
      const batch = receiveMessageOnPort(this.port)?.message as LoopResult[] | undefined
      if (!batch) return this.#results.get(task)
      for (const result of batch) this.#results.set(result.task, result)
    }
  }

  cancel(task: number): void {
    this.post({ type: 'cancel', task })
  }

  /** For threads that have an event loop of Node's own: results as they come, instead of `poll`. */
  onResults(listener: (results: readonly LoopResult[]) => void): void {
    if (!this.#listener) this.port.on('message', (batch: LoopResult[]) => this.#listener?.(batch))
    this.#listener = listener
  }
}
