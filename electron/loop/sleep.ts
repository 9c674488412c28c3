/** `asyncio.sleep`. */
import { registerFunctions } from '../threads/handles'
import type { LoopCore } from './core'
import { driven, generatorPrototype } from './coroutines'
import { ValueError } from './errors'
import { type Coroutine, Future } from './future'
import type { ReadyEntry } from './handle'
import { getRunningLoop } from './running'
import type { Timer } from './timerHeap'

/** The timer and the future of a sleep in one: a hundred thousand tasks may sleep at once. */
class Sleep extends Future<unknown> implements Timer, ReadyEntry {
  constructor(
    core: LoopCore,
    readonly value: unknown,
  ) {
    super(core)
  }

  get label(): string {
    return 'sleep()'
  }

  step(): void {
    if (!this.done()) this.setResult(this.value)
  }
}

const fresh = 0
const suspended = 1
const over = 2

/**
 * The coroutine of a sleep. As a generator function it would read
 *
 *     if (seconds <= 0) yield null
 *     else yield* slept
 *     return result
 *
 * and take four times the memory: a generator keeps room for all that its function ever holds.
 */
class Sleeping {
  #progress = fresh
  readonly #seconds: number
  readonly #result: unknown
  #slept: Sleep | undefined;
  [driven] = false

  constructor(seconds: number, result: unknown) {
    this.#seconds = seconds
    this.#result = result
  }

  next(): IteratorResult<Future<unknown> | null, unknown> {
    if (this.#progress === fresh) return { done: false, value: this.#begin() }
    if (this.#progress === over) return { done: true, value: undefined }
    this.#progress = over
    return { done: true, value: this.#slept ? this.#slept.result() : this.#result }
  }

  throw(error: unknown): never {
    this.#progress = over
    throw error
  }

  return(value: unknown): IteratorReturnResult<unknown> {
    this.#progress = over
    return { done: true, value }
  }

  /** What it waits for: a future, or null for the others' turn. */
  #begin(): Sleep | null {
    this.#progress = over
    const seconds = this.#seconds
    if (Number.isNaN(seconds)) throw new ValueError('Invalid delay: NaN (not a number)')
    if (seconds <= 0) {
      this.#progress = suspended
      return null
    }
    const { core } = getRunningLoop()
    this.#progress = suspended
    const slept = new Sleep(core, this.#result)
    core.schedule(slept, core.after(seconds))
    // As `yield* slept` without an object more. One whose task is cancelled is cancelled itself, and its timer with it.
    slept.awaiting = true
    this.#slept = slept
    return slept
  }
}

/** Suspends the coroutine for so many programme seconds; the loop goes on. 0 gives every other ready task a turn. Returns `result`. */
export function sleep(seconds: number): Coroutine<void>
export function sleep<T>(seconds: number, result: T): Coroutine<T>
export function sleep(seconds: number, result?: unknown): Coroutine<unknown> {
  return new Sleeping(seconds, result) as unknown as Coroutine<unknown>
}

// A generator to whoever asks, and one of `sleep`.
Object.setPrototypeOf(Sleeping.prototype, generatorPrototype)
sleep.prototype = Sleeping.prototype
registerFunctions('asyncio', { sleep })
