/** `asyncio.Task`: drives a coroutine, one step a turn, and records what it does. */

import { Stopped } from '../threads/controlBlock'
import { makerOf } from '../threads/handles'
import type { LoopCore } from './core'
import { CancelledError, RuntimeError } from './errors'
import { type Coroutine, Future } from './future'
import type { ReadyEntry } from './handle'
import { repr } from './repr'

export class Task<T = unknown> extends Future<T> implements ReadyEntry {
  readonly #coroutine: Coroutine<T>
  #awaited: Future<unknown> | undefined
  #mustCancel = false
  #cancelRequests = 0
  #cancelMessage: string | undefined
  /** Thrown into the coroutine at its next step: what it yielded cannot be awaited. */
  #refusal: Error | undefined
  /** Off for tasks whose waiter knows of them: asyncio's gather and runUntilComplete. */
  tellsIfPending = true

  /** `id`: the task's id in the run, declared and marked ready by whoever submitted it. */
  constructor(
    core: LoopCore,
    coroutine: Coroutine<T>,
    readonly id: number,
    /** Its name; or its number, where it is called after its coroutine's function: most are, and are never asked for it. */
    private readonly called: string | number,
  ) {
    super(core)
    this.#coroutine = coroutine
    core.open.add(id, this)
    core.push(this)
  }

  get name(): string {
    return typeof this.called === 'string' ? this.called : `${makerOf(this.#coroutine)}-${this.called}`
  }
  get label(): string {
    return this.name
  }
  override get recordedAs(): number {
    return this.id
  }
  getName(): string {
    return this.name
  }

  /** A task's result is what its coroutine returns. */
  override setResult(_value: T): never {
    throw new RuntimeError('Task does not support set_result operation')
  }
  override setException(_error: unknown): never {
    throw new RuntimeError('Task does not support set_exception operation')
  }

  /** Throws CancelledError into the coroutine at its next turn. False if the task was done already. */
  override cancel(message?: string): boolean {
    if (this.done()) return super.cancel()
    this.#cancelRequests++
    if (this.#awaited?.cancel(message)) return true
    this.#mustCancel = true
    this.#cancelMessage = message
    return true
  }
  /** How often it was asked to cancel and did not say `uncancel`. */
  cancelling(): number {
    return this.#cancelRequests
  }
  /** Takes one request back that was dealt with; tells how many are left. */
  uncancel(): number {
    if (this.#cancelRequests > 0) this.#cancelRequests--
    return this.#cancelRequests
  }

  becomesReady(): void {
    this.core.context.state(this.id, this.core.lane, 'ready')
  }

  step(): void {
    const { core } = this
    const { context } = core
    const thrown = this.thrownInto()
    this.#awaited = undefined
    context.task = this.id
    core.currentTask = this
    context.state(this.id, core.lane, 'running')
    try {
      const { done, value } = thrown ? this.#coroutine.throw(thrown) : this.#coroutine.next()
      if (done) this.finish(value as T)
      else this.suspend(value as Future<unknown> | null)
    } catch (error) {
      this.fail(error)
    } finally {
      context.task = -1
      core.currentTask = undefined
    }
  }

  private thrownInto(): Error | undefined {
    const refusal = this.#refusal
    this.#refusal = undefined
    if (!this.#mustCancel) return refusal
    this.#mustCancel = false
    return new CancelledError(this.#cancelMessage)
  }

  /** A task that was cancelled in the step in which its coroutine returned is cancelled all the same, as in asyncio. */
  private finish(value: T): void {
    const cancelled = this.#mustCancel
    this.core.open.delete(this.id)
    this.core.context.end(this.id, this.core.lane, cancelled ? 'cancelled' : 'finished')
    if (cancelled) super.cancel(this.#cancelMessage)
    else super.setResult(value)
  }

  private fail(error: unknown): void {
    const { core } = this
    core.open.delete(this.id)
    if (error instanceof CancelledError) {
      core.context.end(this.id, core.lane, 'cancelled')
      super.cancel(error.message || undefined)
      return
    }
    core.endByError(this.id, error)
    if (error instanceof Stopped) throw error
    super.setException(error)
  }

  private suspend(value: Future<unknown> | null): void {
    const problem = value === null ? undefined : this.problemOf(value)
    if (value === null || problem) {
      this.#refusal = problem
      this.becomesReady()
      this.core.push(this)
      return
    }
    value.awaiting = false
    this.#awaited = value
    this.core.context.state(this.id, this.core.lane, 'suspended')
    value.addWaiter(this)
    if (this.#mustCancel && value.cancel(this.#cancelMessage)) this.#mustCancel = false
  }

  /** Why the task cannot wait for what its coroutine yielded. */
  private problemOf(value: unknown): Error | undefined {
    if (!(value instanceof Future)) return new RuntimeError(`Task got bad yield: ${repr(value)}`)
    if (value.core !== this.core) return new RuntimeError(`Task ${this} got Future ${value} attached to a different loop`)
    if (value === (this as unknown)) return new RuntimeError(`Task cannot await on itself: ${this}`)
    if (!value.awaiting) return new RuntimeError(`yield was used instead of yield* in task ${this} with ${value}`)
    return undefined
  }

  override get kind(): string {
    return 'Task'
  }
  protected override described(): string {
    const done = this.done()
    const state = !done && this.#cancelRequests > 0 ? 'cancelling' : super.described().split(' ')[0]
    const coroutine = `<${makerOf(this.#coroutine) || 'coroutine'}() ${done ? 'done' : 'running'}>`
    const waits = this.#awaited ? ` wait_for=${this.#awaited}` : ''
    return `${state} name=${repr(this.name)} coro=${coroutine}${waits}${this.outcome()}`
  }
}
