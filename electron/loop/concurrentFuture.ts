/** `concurrent.futures.Future`: what the thread that submitted a coroutine holds of it. */
import { here } from '../threads/context'
import { CancelledError, TimeoutError } from './errors'
import { errorFrom } from './errorWords'
import type { LoopResult } from './results'

/** The line to the loop, as far as its futures need it. */
export interface ResultLine {
  /** Takes in what has come; true if `task` has ended. */
  poll(task: number): LoopResult | undefined
  readonly replies: number
  cancel(task: number): void
}

export class ConcurrentFuture<T> {
  #cancelled = false

  constructor(
    readonly task: number,
    readonly name: string,
    readonly line: ResultLine,
  ) {}

  done(): boolean {
    return this.#cancelled || this.line.poll(this.task) !== undefined
  }
  cancelled(): boolean {
    return this.#cancelled || this.line.poll(this.task)?.end === 'cancelled'
  }

  /** Blocks for it, at most `timeout` programme seconds. Throws what the coroutine threw, CancelledError or TimeoutError. */
  result(timeout?: number): T {
    const { value, error } = this.#ended(timeout)
    if (error) throw errorFrom(error)
    return value as T
  }

  /** Blocks as `result` does: what the coroutine threw, or null. Throws CancelledError or TimeoutError. */
  exception(timeout?: number): Error | null {
    const { error } = this.#ended(timeout)
    return error && errorFrom(error)
  }

  /** It counts as cancelled from now on, whatever the task makes of it. False if it was done before. */
  cancel(): boolean {
    if (this.cancelled()) return true
    if (this.done()) return false
    this.#cancelled = true
    this.line.cancel(this.task)
    return true
  }

  #ended(timeout: number | undefined): LoopResult {
    const got = here().block('waiting', `result of ${this.name}`, this.line.replies, () => this.done(), timeout)
    if (!got) throw new TimeoutError(`no result of ${this.name} in ${timeout} s`)
    if (this.cancelled()) throw new CancelledError()
    return this.line.poll(this.task)!
  }
}
