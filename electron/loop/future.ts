/** `asyncio.Future`: a result that is not there yet. Awaited by `yield* future` inside a coroutine. */
import { shownName } from '../threads/handles'
import { describeError } from '../threads/nestedThread'
import type { LoopCore } from './core'
import { CancelledError, InvalidStateError, RuntimeError } from './errors'
import type { ReadyEntry } from './handle'
import { repr } from './repr'

/** What a coroutine is here: a generator function's object. It yields the future it waits for, or null to give the others a turn. */
export type Coroutine<T = unknown> = Generator<Future<unknown> | null, T, unknown>
/** What `yield*` awaits. */
export type Awaitable<T = unknown> = Future<T> | Coroutine<T>

type State = 'pending' | 'finished' | 'failed' | 'cancelled'

/** There may be a hundred thousand, hence as few fields as it takes, and no methods with `#`: each class with one costs each object a field. */
export class Future<T> {
  #state: State = 'pending'
  /** The result, the exception, or the message of the cancellation. */
  #value: unknown
  /** Most futures have one: no array for it. */
  #waiters: ReadyEntry | ReadyEntry[] | undefined
  /** Set by `yield*` and taken back by the task that it suspends: `yield future` is told from it. */
  awaiting = false

  constructor(readonly core: LoopCore) {}

  done(): boolean {
    return this.#state !== 'pending'
  }
  cancelled(): boolean {
    return this.#state === 'cancelled'
  }

  /** The result; throws its exception, CancelledError, or InvalidStateError while there is none. */
  result(): T {
    if (this.#state === 'finished') return this.#value as T
    if (this.#state === 'pending') throw new InvalidStateError('Result is not set.')
    if (this.#state === 'cancelled') throw this.cancelledError()
    this.core.unretrieved.delete(this)
    throw this.#value
  }

  /** The exception, or null after a result; throws CancelledError, or InvalidStateError while there is none. */
  exception(): unknown {
    if (this.#state === 'pending') throw new InvalidStateError('Exception is not set.')
    if (this.#state === 'cancelled') throw this.cancelledError()
    if (this.#state === 'finished') return null
    this.core.unretrieved.delete(this)
    return this.#value
  }

  /** What those who wait for it are thrown when it was cancelled. */
  cancelledError(): CancelledError {
    return new CancelledError(this.#value as string | undefined)
  }

  setResult(value: T): void {
    this.settle('finished', value)
  }
  /** An exception that nobody asks for is reported when the loop is closed or its thread ends. */
  setException(error: unknown): void {
    this.settle('failed', error)
    this.core.unretrieved.set(this, error)
  }

  /** False if it was done already. `message` is the CancelledError's. */
  cancel(message?: string): boolean {
    if (this.#state === 'failed') this.core.unretrieved.delete(this)
    if (this.done()) return false
    this.settle('cancelled', message)
    return true
  }

  /** `call(future)` in a turn of the loop after this one is done; at once in the ready queue if it is done already. */
  addDoneCallback(call: (future: this) => unknown): void {
    this.addWaiter(new DoneCallback(this, call as (future: Future<unknown>) => unknown, true))
  }
  /** Tells how many there were of it. */
  removeDoneCallback(call: (future: this) => unknown): number {
    const before = this.waiters()
    const kept = before.filter((waiter) => !calls(waiter, call))
    this.#waiters = kept.length > 0 ? kept : undefined
    return before.length - kept.length
  }

  /** As addDoneCallback, for the loop's own: no marker tells of it. */
  whenDone(call: (future: this) => unknown): void {
    this.addWaiter(new DoneCallback(this, call as (future: Future<unknown>) => unknown, false))
  }
  /** As whenDone, but where `call` was the last to be told; false then. */
  whenDoneOnce(call: (future: Future<unknown>) => unknown): boolean {
    const last = this.waiters().at(-1)
    if (last && calls(last, call)) return false
    this.whenDone(call)
    return true
  }
  /** `waiter` is put into the ready queue when this is done. */
  addWaiter(waiter: ReadyEntry): void {
    const waiters = this.#waiters
    if (this.#state !== 'pending') this.schedule(waiter)
    else if (!waiters) this.#waiters = waiter
    else if (Array.isArray(waiters)) waiters.push(waiter)
    else this.#waiters = [waiters, waiter]
  }

  /** `yield* future`: suspends the coroutine until this is done; its value is the result. */
  [Symbol.iterator](): Iterator<Future<unknown> | null, T, unknown> {
    return new Await(this)
  }

  /** As Python prints it. */
  toString(): string {
    return `<${this.kind} ${this.described()}>`
  }
  /** The name of its class in Python. */
  get kind(): string {
    return 'Future'
  }
  protected described(): string {
    return `${this.#state === 'failed' ? 'finished' : this.#state}${this.outcome()}`
  }
  /** ` result=…` or ` exception=…`; nothing while there is none. */
  protected outcome(): string {
    if (this.#state === 'failed') return ` exception=${repr(this.#value)}`
    return this.#state === 'finished' ? ` result=${repr(this.#value)}` : ''
  }
  /** The task that is its bar; -1: it has none. */
  get recordedAs(): number {
    return -1
  }
  /** What a marker tells of it in a few words. */
  inShort(): string {
    if (this.#state === 'cancelled') return 'cancelled'
    return this.#state === 'failed' ? describeError(this.#value) : repr(this.#value)
  }

  private settle(state: State, value: unknown): void {
    if (this.#state !== 'pending') throw new InvalidStateError('invalid state')
    this.#state = state
    this.#value = value
    const waiters = this.#waiters
    if (!waiters) return
    this.#waiters = undefined
    if (Array.isArray(waiters)) for (const waiter of waiters) this.schedule(waiter)
    else this.schedule(waiters)
  }

  private waiters(): readonly ReadyEntry[] {
    const waiters = this.#waiters
    return Array.isArray(waiters) ? waiters : waiters ? [waiters] : []
  }

  private schedule(waiter: ReadyEntry): void {
    waiter.becomesReady?.()
    this.core.push(waiter)
  }
}

/** What a generator that yields the future and returns its result would be; there is one for each await, and a generator is a large object. */
class Await<T> implements Iterator<Future<unknown> | null, T, unknown> {
  #asked = false

  constructor(readonly future: Future<T>) {}

  next(): IteratorResult<Future<unknown>, T> {
    const { future } = this
    if (future.done()) return { done: true, value: future.result() }
    if (this.#asked) throw new RuntimeError("await wasn't used with future")
    this.#asked = true
    future.awaiting = true
    return { done: false, value: future as Future<unknown> }
  }
  throw(error: unknown): never {
    throw error
  }
}

const calls = (waiter: ReadyEntry, call: unknown) => waiter instanceof DoneCallback && waiter.call === call

class DoneCallback implements ReadyEntry {
  constructor(
    readonly future: Future<unknown>,
    readonly call: (future: Future<unknown>) => unknown,
    /** Whether the programme attached it: a marker then tells its name and what it received. */
    readonly marked: boolean,
  ) {}

  get name(): string {
    return shownName(this.call) || 'callback'
  }
  get label(): string {
    return `${this.name}()`
  }
  step(): void {
    const { future } = this
    if (this.marked) future.core.context.marker('callback', `${this.name}(${future.inShort()})`, future.recordedAs)
    this.call(future)
  }
}
