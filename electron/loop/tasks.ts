/** What coroutines call to have others run beside them: `asyncio.create_task`, `ensure_future`, `shield`. */
import type { TaskOptions } from './eventLoop'
import { type Awaitable, type Coroutine, Future } from './future'
import { getEventLoop, getRunningLoop } from './running'
import type { Task } from './task'

/** Schedules a coroutine on the running loop: it is ready at once and runs in a turn to come. */
export const createTask = <T>(coroutine: Coroutine<T>, options?: TaskOptions): Task<T> =>
  getRunningLoop().createTask(coroutine, options)

/** A future as it is; a coroutine becomes a task of the running loop, or of the one that was set. */
export const ensureFuture = <T>(awaitable: Awaitable<T>, options?: TaskOptions): Future<T> =>
  awaitable instanceof Future ? awaitable : getEventLoop().ensureFuture(awaitable, options)

/**
 * Keeps a cancellation of what awaits it from the inner task: that one goes on. Where the inner one is cancelled itself, so is the shield.
 * An exception of the inner one that nobody awaits any more counts as retrieved.
 */
export function shield<T>(awaitable: Awaitable<T>): Future<T> {
  const inner = ensureFuture(awaitable)
  if (inner.done()) return inner
  const outer = new Future<T>(inner.core)
  const innerDone = () => {
    if (outer.cancelled()) {
      if (!inner.cancelled()) inner.exception()
    } else copyOutcome(inner, outer)
  }
  inner.whenDone(innerDone)
  outer.whenDone(() => inner.removeDoneCallback(innerDone))
  return outer
}

function copyOutcome<T>(from: Future<T>, to: Future<T>): void {
  if (from.cancelled()) to.cancel()
  else {
    const exception = from.exception()
    if (exception === null) to.setResult(from.result())
    else to.setException(exception)
  }
}
