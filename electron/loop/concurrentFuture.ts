/** `concurrent.futures.Future`: what the thread that submitted a coroutine holds of it. */
import { here } from '../threads/context'
import { CancelledError, TimeoutError } from './errors'
import type { LoopResult } from './loopMessages'

/** The line to the loop, as far as its futures need it. */
export interface ResultLine {
  /** Takes in what has come; true if `task` has ended. */
  poll(task: number): LoopResult | undefined
  readonly replies: number
  cancel(task: number): void
}

export class ConcurrentFuture<T> {
  constructor(
    readonly task: number,
    readonly name: string,
    readonly line: ResultLine,
  ) {}

  done = () => this.line.poll(this.task) !== undefined

  /** Blocks for it, at most `timeout` programme seconds. Throws what the coroutine threw (its words), CancelledError or TimeoutError. */
  result(timeout?: number): T {
    const got = here().block('waiting', `result of ${this.name}`, this.line.replies, this.done, timeout)
    if (!got) throw new TimeoutError(`no result of ${this.name} in ${timeout} s`)
    const { end, value, error } = this.line.poll(this.task)!
    if (end === 'cancelled') throw new CancelledError()
    if (end === 'failed') throw new Error(error)
    return value as T
  }

  /** Asks the loop to cancel the task; other than in Python, `result()` then tells how the task ended. */
  cancel(): void {
    this.line.cancel(this.task)
  }
}
