/** Exceptions on their way, and those that nobody looked at. */
import {
  CancelledError,
  type Coroutine,
  createTask,
  type Future,
  gather,
  getRunningLoop,
  RuntimeError,
  sleep,
  type Task,
  ValueError,
  wait,
} from '../../../electron/loop/index'
import { turns } from './coroutines'
import { except, type Programmes, say } from './events'

function* failing(): Coroutine<void> {
  yield* sleep(0)
  throw new ValueError('no')
}

/** Without what tells files and lines. */
const state = (future: Future<unknown>) => String(future).replace(/ (coro=<.*?>|cb=\[.*?\]|wait_for=<.*?>)/g, '')

export const programmes = {
  *throughThreeCoroutines() {
    function* middle(): Coroutine<void> {
      try {
        yield* failing()
      } finally {
        say('middle')
      }
    }
    function* outer(): Coroutine<void> {
      try {
        yield* middle()
      } finally {
        say('outer')
      }
    }
    try {
      yield* outer()
    } catch (error) {
      except(ValueError, error)
      say('caught', error)
    }
  },

  *throughThreeTasks() {
    function* middle(): Coroutine<void> {
      try {
        yield* createTask(failing())
      } finally {
        say('middle')
      }
    }
    function* outer(): Coroutine<void> {
      try {
        yield* createTask(middle())
      } finally {
        say('outer')
      }
    }
    try {
      yield* createTask(outer())
    } catch (error) {
      except(ValueError, error)
      say('caught', error)
    }
  },

  *oneFromAnother() {
    function* outer(): Coroutine<void> {
      try {
        yield* createTask(failing())
      } catch (error) {
        except(ValueError, error)
        throw new RuntimeError('outer', { cause: error })
      }
    }
    try {
      yield* createTask(outer())
    } catch (error) {
      except(RuntimeError, error)
      say(error, 'because', error.cause)
    }
  },

  *itIsTheSameException() {
    const error = new ValueError('no')
    function* raising(): Coroutine<void> {
      yield* sleep(0)
      throw error
    }
    const task = createTask(raising())
    for (const attempt of [1, 2]) {
      try {
        yield* task
      } catch (caught) {
        except(ValueError, caught)
        say(attempt, caught === error, task.exception() === error)
      }
    }
  },

  *aFailureDoesNotReachTheMaker() {
    const task = createTask(failing())
    yield* turns(20)
    say('the maker goes on', task.done())
    say(task.exception())
  },

  *aTaskNobodyLookedAt() {
    const task = createTask(failing())
    yield* turns(20)
    say(task.done())
  },

  *aFutureNobodyLookedAt() {
    const future = getRunningLoop().createFuture()
    future.setException(new ValueError('no'))
    say(future.done())
  },

  *lookedAtByItsCallback() {
    const task = createTask(failing())
    task.addDoneCallback((done) => say('callback', done.exception()))
    yield* turns(20)
  },

  *aCallbackThatDoesNotLook() {
    const task = createTask(failing())
    task.addDoneCallback((done) => say('callback', done.done()))
    yield* turns(20)
    say('end')
  },

  *waitedForAndNotLookedAt() {
    const { done } = yield* wait([createTask(failing())])
    say('end', done.size)
  },

  *gatheredAndCaught() {
    try {
      yield* gather(failing(), failing())
    } catch (error) {
      except(ValueError, error)
      say('caught', error)
    }
    yield* turns(20)
  },

  *aCancelledTaskIsNotReported() {
    const task = createTask(sleep(30))
    yield* sleep(0)
    task.cancel()
    yield* turns(20)
    say('end', task.cancelled())
  },

  *aCallbackThatFails() {
    const callback = () => {
      throw new ValueError('in the callback')
    }
    const future = getRunningLoop().createFuture<number>()
    future.addDoneCallback(callback)
    future.addDoneCallback((done) => say('next callback', done.result()))
    future.setResult(1)
    yield* sleep(0)
    say('end')
  },

  *aFutureInWords() {
    const loop = getRunningLoop()
    let future = loop.createFuture<unknown>()
    say(state(future))
    future.setResult(42)
    say(state(future))
    future = loop.createFuture()
    future.setResult('text')
    say(state(future))
    future = loop.createFuture()
    future.setException(new ValueError('no'))
    say(state(future), future.exception())
    future = loop.createFuture()
    future.cancel()
    say(state(future))
  },

  *aTaskInWords() {
    const tasks: Task<number>[] = []
    function* work(): Coroutine<number> {
      say(state(tasks[0]!))
      yield* sleep(0)
      return 42
    }
    tasks.push(createTask(work(), { name: 'work' }))
    say(state(tasks[0]!))
    yield* tasks[0]!
    say(state(tasks[0]!))
    const failed = createTask(failing(), { name: 'failed' })
    yield* wait([failed])
    say(state(failed), failed.exception())
    const cancelled = createTask(sleep(30), { name: 'cancelled' })
    cancelled.cancel()
    try {
      yield* cancelled
    } catch (error) {
      except(CancelledError, error)
      say(state(cancelled))
    }
  },
} satisfies Programmes
