/** `asyncio.Event` and `asyncio.Lock`: between the coroutines of one loop. */
import { registerFunctions } from '../threads/handles'
import { CancelledError, RuntimeError } from './errors'
import { type Coroutine, Future } from './future'
import { getRunningLoop } from './running'

/** A flag to wait for. */
export class Event {
  readonly #waiters = new Set<Future<void>>()
  #set: boolean

  constructor(set = false) {
    this.#set = set
  }

  isSet(): boolean {
    return this.#set
  }
  /** Wakes all who wait. */
  set(): void {
    if (this.#set) return
    this.#set = true
    for (const waiter of this.#waiters) if (!waiter.done()) waiter.setResult()
  }
  clear(): void {
    this.#set = false
  }

  /** Until it is set; at once where it is. */
  *wait(): Coroutine<true> {
    if (this.#set) return true
    const waiter = new Future<void>(getRunningLoop().core)
    this.#waiters.add(waiter)
    try {
      yield* waiter
      return true
    } finally {
      this.#waiters.delete(waiter)
    }
  }
}

/** Held by one at a time; who waits first gets it first. */
export class Lock {
  readonly #waiters = new Set<Future<void>>()
  #locked = false

  locked(): boolean {
    return this.#locked
  }

  *acquire(): Coroutine<true> {
    if (!this.#locked && [...this.#waiters].every((waiter) => waiter.cancelled())) {
      this.#locked = true
      return true
    }
    const waiter = new Future<void>(getRunningLoop().core)
    this.#waiters.add(waiter)
    try {
      yield* waiter
    } catch (error) {
      this.#waiters.delete(waiter)
      // It may have been woken and cancelled in the same turn: the lock is for the next then.
      if (error instanceof CancelledError && !this.#locked) this.#wakeFirst()
      throw error
    }
    this.#waiters.delete(waiter)
    this.#locked = true
    return true
  }

  /** Throws RuntimeError where nobody holds it. */
  release(): void {
    if (!this.#locked) throw new RuntimeError('Lock is not acquired.')
    this.#locked = false
    this.#wakeFirst()
  }

  #wakeFirst(): void {
    const [first] = this.#waiters
    if (first && !first.done()) first.setResult()
  }
}

const { acquire } = Lock.prototype
const { wait } = Event.prototype
registerFunctions('asyncio/locks', { acquire, wait })
