/** `asyncio.gather`: several awaitables as one, their results in the order given. */
import { isCoroutine, isDriven } from './coroutines'
import { CancelledError } from './errors'
import { type Awaitable, Future } from './future'
import { getEventLoop } from './running'
import { Task } from './task'
import { ensureFuture } from './tasks'

export interface GatherOptions {
  /** Exceptions and cancellations stand among the results instead of ending the gathering. */
  readonly returnExceptions?: boolean
}
type Results<A extends readonly Awaitable[]> = { -readonly [I in keyof A]: A[I] extends Awaitable<infer T> ? T : never }

/** The future of all its children; to cancel it is to cancel them. */
class GatheringFuture<T> extends Future<T> {
  #cancelRequested = false
  #missing: number

  constructor(
    readonly children: readonly Future<unknown>[],
    readonly returnExceptions: boolean,
  ) {
    super(children[0]!.core)
    const childDone = (child: Future<unknown>) => this.#childDone(child)
    // One that stands there twice is awaited once.
    const pending = children.filter((child) => !child.done() && child.whenDoneOnce(childDone))
    const done = children.filter((child) => child.done())
    this.#missing = pending.length + done.length
    for (const child of done) childDone(child)
  }

  /** True if any child could be cancelled. The gathering itself is done when its children are. */
  override cancel(message?: string): boolean {
    if (this.done()) return false
    // All are asked, whatever the first one answers.
    const asked = this.children.map((child) => child.cancel(message))
    if (!asked.includes(true)) return false
    this.#cancelRequested = true
    return true
  }

  #childDone(child: Future<unknown>): void {
    this.#missing--
    if (this.done()) {
      // Too late for anybody to be told; it counts as retrieved, as in asyncio.
      if (!child.cancelled()) child.exception()
      return
    }
    const failure = this.returnExceptions ? null : failureOf(child)
    if (failure !== null) this.setException(failure)
    else if (this.#missing === 0) this.#complete(child)
  }

  #complete(last: Future<unknown>): void {
    const results = this.children.map((child) => failureOf(child) ?? child.result())
    if (this.#cancelRequested) this.setException(last.cancelled() ? last.cancelledError() : new CancelledError())
    else this.setResult(results as T)
  }

  override get kind(): string {
    return '_GatheringFuture'
  }
}

const failureOf = (child: Future<unknown>): unknown => (child.cancelled() ? child.cancelledError() : child.exception())

/**
 * Awaits all, coroutines as tasks; the results in the order given. The first exception ends the gathering with it while the others go on; to
 * cancel the gathering is to cancel what it awaits. Outside of coroutines it needs tasks, or a loop that was set.
 */
export function gather<A extends readonly Awaitable[]>(...awaitables: A): Future<Results<A>>
export function gather<A extends readonly Awaitable[]>(...given: readonly [...A, GatherOptions]): Future<Results<A>>
export function gather(...given: readonly (Awaitable | GatherOptions)[]): Future<unknown[]> {
  const last = given[given.length - 1]
  const options = isOptions(last) ? last : {}
  const awaitables = (isOptions(last) ? given.slice(0, -1) : given) as readonly Awaitable[]
  if (awaitables.length === 0) {
    const empty = getEventLoop().createFuture<unknown[]>()
    empty.setResult([])
    return empty
  }
  const children: Future<unknown>[] = []
  for (const awaitable of awaitables) children.push(childOf(awaitable, awaitables, children))
  return new GatheringFuture(children, options.returnExceptions ?? false)
}

/** The same coroutine twice is one task and stands twice among the results. */
function childOf(awaitable: Awaitable, awaitables: readonly Awaitable[], before: readonly Future<unknown>[]): Future<unknown> {
  if (awaitable instanceof Future) return awaitable
  const known = isCoroutine(awaitable) && isDriven(awaitable) ? before[awaitables.indexOf(awaitable)] : undefined
  if (known) return known
  const task = ensureFuture(awaitable)
  if (task instanceof Task) task.tellsIfPending = false
  return task
}

const isOptions = (value: unknown): value is GatherOptions =>
  typeof value === 'object' && value !== null && !(Symbol.iterator in value)
