/** What coroutines call: `asyncio.sleep`, `create_task`. */
import { makerOf } from '../threads/handles'
import { type Coroutine, Future } from './future'
import { getRunningLoop } from './loopThread'
import { Task } from './task'

/** Suspends the coroutine for so many programme seconds; the loop goes on. 0 gives every other ready task a turn. */
export function* sleep(seconds: number): Coroutine<void> {
  if (seconds <= 0) {
    yield null
    return
  }
  const loop = getRunningLoop()
  const future = new Future<void>(loop)
  const timer = loop.callLater(seconds, () => {
    if (!future.done()) future.setResult()
  })
  try {
    yield* future
  } finally {
    timer.cancel()
  }
}

let unnamed = 0
/** Schedules a coroutine on the loop of this thread. It is ready at once and runs in a turn to come. */
export function createTask<T>(coroutine: Coroutine<T>, name = `task-${++unnamed}`): Task<T> {
  const loop = getRunningLoop()
  const id = loop.context.newTask(loop.context.slot, name, makerOf(coroutine))
  loop.context.state(id, loop.context.slot, 'ready')
  return new Task(loop, coroutine, id, name)
}
