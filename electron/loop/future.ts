/** `asyncio.Future`: a result that is not there yet. Awaited by `yield* future` inside a coroutine. */
import type { LoopCore } from './core'

/** What a coroutine is here: a generator function's object. It yields the future it waits for, or null to give the others a turn. */
export type Coroutine<T = unknown> = Generator<Future<unknown> | null, T, unknown>

/** Thrown into a coroutine whose task is cancelled. */
export class CancelledError extends Error {
  override name = 'CancelledError'
}
/** The state does not allow the call, as asyncio.InvalidStateError. */
export class InvalidStateError extends Error {
  override name = 'InvalidStateError'
}

type Outcome<T> =
  | { kind: 'pending' }
  | { kind: 'result'; value: T }
  | { kind: 'exception'; error: unknown }
  | { kind: 'cancelled' }
interface Callback<T> {
  readonly call: (future: Future<T>) => void
  /** Told at the moment the call is put into the ready queue. */
  readonly onScheduled: (() => void) | undefined
}

export class Future<T> {
  #outcome: Outcome<T> = { kind: 'pending' }
  #callbacks: Callback<T>[] = []

  constructor(protected readonly loop: LoopCore) {}

  done = () => this.#outcome.kind !== 'pending'
  cancelled = () => this.#outcome.kind === 'cancelled'

  /** The result; throws its exception, CancelledError, or InvalidStateError while there is none. */
  result(): T {
    switch (this.#outcome.kind) {
      case 'result':
        return this.#outcome.value
      case 'exception':
        throw this.#outcome.error
      case 'cancelled':
        throw new CancelledError()
      case 'pending':
        throw new InvalidStateError('Result is not set.')
    }
  }

  /** The exception, or null after a result; throws CancelledError, or InvalidStateError while there is none. */
  exception(): unknown {
    if (this.#outcome.kind === 'exception') return this.#outcome.error
    this.result()
    return null
  }

  setResult(value: T): void {
    this.#settle({ kind: 'result', value })
  }
  setException(error: unknown): void {
    this.#settle({ kind: 'exception', error })
  }

  /** False if it was done already. */
  cancel(): boolean {
    if (this.done()) return false
    this.#settle({ kind: 'cancelled' })
    return true
  }

  /** `call(future)` in a turn of the loop after this one is done; at once in the ready queue if it is done already. */
  addDoneCallback(call: (future: Future<T>) => void, onScheduled?: () => void): void {
    this.#callbacks.push({ call, onScheduled })
    if (this.done()) this.#schedule()
  }
  removeDoneCallback(call: (future: Future<T>) => void): void {
    this.#callbacks = this.#callbacks.filter((callback) => callback.call !== call)
  }

  /** `yield* future`: suspends the coroutine until this is done; its value is the result. */
  *[Symbol.iterator](): Coroutine<T> {
    if (!this.done()) yield this as Future<unknown>
    return this.result()
  }

  #settle(outcome: Outcome<T>): void {
    if (this.done()) throw new InvalidStateError('invalid state')
    this.#outcome = outcome
    this.#schedule()
  }

  #schedule(): void {
    const callbacks = this.#callbacks
    this.#callbacks = []
    for (const { call, onScheduled } of callbacks) {
      onScheduled?.()
      this.loop.callSoon(() => call(this))
    }
  }
}
