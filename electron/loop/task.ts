/** `asyncio.Task`: drives a coroutine, one step a turn, and records what it does. */
import type { End } from '#protocol/vocabulary'
import { Stopped } from '../threads/controlBlock'
import { describeError } from '../threads/nestedThread'
import type { LoopCore } from './core'
import { CancelledError, type Coroutine, Future } from './future'

export class Task<T = unknown> extends Future<T> {
  readonly #coroutine: Coroutine<T>
  #awaited: Future<unknown> | undefined
  #mustCancel = false

  /** `id`: the task's id in the run, declared and marked ready by whoever submitted it. */
  constructor(
    loop: LoopCore,
    coroutine: Coroutine<T>,
    readonly id: number,
    readonly name: string,
  ) {
    super(loop)
    this.#coroutine = coroutine
    loop.open.set(id, this)
    loop.callSoon(() => this.#step())
  }

  /** Throws CancelledError into the coroutine at its next turn. False if the task was done already. */
  override cancel(): boolean {
    if (this.done()) return false
    if (this.#awaited?.cancel()) return true
    this.#mustCancel = true
    return true
  }

  readonly #wakeUp = (awaited: Future<unknown>): void => {
    this.#awaited = undefined
    this.#step(awaited)
  }

  #step(awaited?: Future<unknown>): void {
    const { context } = this.loop
    const lane = context.slot
    context.task = this.id
    current = this as unknown as Task
    context.state(this.id, lane, 'running')
    try {
      const { done, value } = this.#resume(awaited)
      if (done) this.#finish(value as T)
      else this.#suspend(value as Future<unknown> | null)
    } catch (error) {
      if (error instanceof Stopped) {
        this.#end('killed')
        throw error
      }
      if (error instanceof CancelledError) {
        this.#end('cancelled')
        super.cancel()
      } else {
        this.#end('failed', describeError(error))
        this.setException(error)
      }
    } finally {
      context.task = -1
      current = undefined
    }
  }

  /** A task that was cancelled in the step in which its coroutine returned is cancelled all the same, as in asyncio. */
  #finish(value: T): void {
    this.#end(this.#mustCancel ? 'cancelled' : 'finished')
    if (this.#mustCancel) super.cancel()
    else this.setResult(value)
  }

  #end(end: End, error = ''): void {
    this.loop.open.delete(this.id)
    this.loop.context.end(this.id, this.loop.context.slot, end, error)
  }

  #resume(awaited: Future<unknown> | undefined): IteratorResult<Future<unknown> | null, T> {
    if (this.#mustCancel || awaited?.cancelled()) {
      this.#mustCancel = false
      return this.#coroutine.throw(new CancelledError())
    }
    return this.#coroutine.next()
  }

  #suspend(value: Future<unknown> | null): void {
    const { context } = this.loop
    if (value === null) {
      context.state(this.id, context.slot, 'ready')
      this.loop.callSoon(() => this.#step())
      return
    }
    if (!(value instanceof Future)) throw new Error(`Task got bad yield: ${String(value)}`)
    this.#awaited = value
    context.state(this.id, context.slot, 'suspended')
    value.addDoneCallback(this.#wakeUp, () => context.state(this.id, context.slot, 'ready'))
    if (this.#mustCancel && value.cancel()) this.#mustCancel = false
  }
}

let current: Task | undefined
/** The task whose coroutine is executing in this thread, as asyncio.current_task. */
export const currentTask = (): Task | undefined => current
