/** `asyncio.wait` and `asyncio.wait_for`. */

import { registerFunctions } from '../threads/handles'
import { isCoroutine } from './coroutines'
import { CancelledError, TimeoutError, ValueError } from './errors'
import { type Awaitable, type Coroutine, Future } from './future'
import type { Handle } from './handle'
import { currentTask, getRunningLoop } from './running'
import { Task } from './task'
import { ensureFuture } from './tasks'

const conditions = ['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'] as const
export type ReturnWhen = (typeof conditions)[number]

export interface WaitOptions {
  /** Programme seconds; nothing is thrown when they are over. */
  readonly timeout?: number | undefined
  readonly returnWhen?: ReturnWhen
}
export interface WaitResult<F> {
  readonly done: Set<F>
  readonly pending: Set<F>
}

/** Waits until the condition holds or the timeout is over; what is pending then goes on. Takes futures and tasks, no coroutines. */
export function* wait<F extends Future<unknown>>(
  futures: Iterable<F>,
  { timeout, returnWhen = 'ALL_COMPLETED' }: WaitOptions = {},
): Coroutine<WaitResult<F>> {
  if (futures instanceof Future || isCoroutine(futures))
    throw new TypeError(`expect a list of futures, not ${futures instanceof Future ? futures.kind : 'coroutine'}`)
  const all = new Set(futures)
  if (all.size === 0) throw new ValueError('Set of Tasks/Futures is empty.')
  if (!conditions.includes(returnWhen)) throw new ValueError(`Invalid return_when value: ${returnWhen}`)
  if ([...all].some(isCoroutine)) throw new TypeError('Passing coroutines is forbidden, use tasks explicitly.')
  yield* conditionOf(all, returnWhen, timeout)
  const done = new Set([...all].filter((future) => future.done()))
  const pending = new Set([...all].filter((future) => !done.has(future)))
  getRunningLoop().core.context.marker('note', `done: ${namesOf(done)}; pending: ${namesOf(pending)}`)
  return { done, pending }
}

/** More are counted and not named. */
const mostNames = 6
function namesOf(futures: ReadonlySet<Future<unknown>>): string {
  const names = [...futures].slice(0, mostNames).map((future) => (future instanceof Task ? future.getName() : 'a future'))
  return names.length === 0
    ? 'none'
    : names.join(', ') + (futures.size > mostNames ? ` and ${futures.size - mostNames} more` : '')
}

function* conditionOf(all: ReadonlySet<Future<unknown>>, returnWhen: ReturnWhen, timeout: number | undefined): Coroutine<void> {
  const { core } = getRunningLoop()
  const waiter = new Future<void>(core)
  const release = () => {
    if (!waiter.done()) waiter.setResult()
  }
  const timer = timeout === undefined ? undefined : later(timeout, release)
  let left = all.size
  const onCompletion = (future: Future<unknown>) => {
    left--
    const failed = () => !future.cancelled() && future.exception() !== null
    if (left > 0 && returnWhen !== 'FIRST_COMPLETED' && !(returnWhen === 'FIRST_EXCEPTION' && failed())) return
    timer?.cancel()
    release()
  }
  for (const future of all) future.whenDone(onCompletion)
  try {
    yield* waiter
  } finally {
    timer?.cancel()
    for (const future of all) future.removeDoneCallback(onCompletion)
  }
}

/**
 * The awaitable's result. When `timeout` programme seconds are over it is cancelled, which is waited for, and TimeoutError is thrown; undefined:
 * no limit. As in CPython 3.12 a coroutine runs in the task that calls this, not in one of its own.
 */
export function* waitFor<T>(awaitable: Awaitable<T>, timeout: number | undefined): Coroutine<T> {
  if (!(awaitable instanceof Future) && !isCoroutine(awaitable))
    throw new TypeError('An asyncio.Future, a coroutine or an awaitable is required')
  if (timeout === undefined) return yield* awaitable
  if (timeout <= 0) return yield* atOnce(awaitable)
  const task = currentTask()!
  const cancelling = task.cancelling()
  let expired = false
  const timer = later(timeout, () => {
    task.cancel()
    expired = true
  })
  try {
    return yield* awaitable
  } catch (error) {
    if (expired && task.uncancel() <= cancelling && error instanceof CancelledError) throw new TimeoutError()
    throw error
  } finally {
    timer.cancel()
  }
}

/** No time at all: a result that is there already, else the awaitable is cancelled. */
function* atOnce<T>(awaitable: Awaitable<T>): Coroutine<T> {
  const future = ensureFuture(awaitable)
  if (future.done()) return future.result()
  const released = new Future<void>(future.core)
  future.whenDone(() => {
    if (!released.done()) released.setResult()
  })
  future.cancel()
  yield* released
  if (future.cancelled()) throw new TimeoutError()
  return future.result()
}

function later(delay: number, run: () => void): Handle {
  const { core } = getRunningLoop()
  return core.callAt({ run, name: 'timeout', target: undefined }, core.after(delay))
}

registerFunctions('asyncio', { wait, waitFor })
