import {
  CancelledError,
  type Coroutine,
  createTask,
  getRunningLoop,
  shield,
  sleep,
  TimeoutError,
  ValueError,
  waitFor,
} from '../../../electron/loop/index'
import { sleeper, work } from './coroutines'
import { except, outcome, type Programmes, say } from './events'

export const programmes = {
  *doneInTime() {
    say(yield* waitFor(work('a', 3), 30))
  },

  *withoutATimeout() {
    say(yield* waitFor(work('a', 3), undefined))
  },

  *itTakesTooLong() {
    try {
      yield* waitFor(sleeper('a'), 0.01)
    } catch (error) {
      except(TimeoutError, error)
      say(error.name)
    }
  },

  *aTaskThatTakesTooLong() {
    const task = createTask(sleeper('a'))
    try {
      yield* waitFor(task, 0.01)
    } catch (error) {
      except(TimeoutError, error)
      say('timeout', task.done(), task.cancelled())
    }
  },

  *aFutureThatTakesTooLong() {
    const future = getRunningLoop().createFuture()
    try {
      yield* waitFor(future, 0.01)
    } catch (error) {
      except(TimeoutError, error)
      say('timeout', future.cancelled())
    }
  },

  *theTimeoutWaitsForTheCleanUp() {
    function* slowToLeave(): Coroutine<void> {
      try {
        yield* sleep(30)
      } finally {
        say('cleaning')
        yield* sleep(0.02)
        say('clean')
      }
    }
    try {
      yield* waitFor(slowToLeave(), 0.01)
    } catch (error) {
      except(TimeoutError, error)
      say('timeout')
    }
  },

  *itFailsInTime() {
    function* failing(): Coroutine<void> {
      yield* sleep(0)
      throw new ValueError('no')
    }
    try {
      yield* waitFor(failing(), 30)
    } catch (error) {
      except(ValueError, error)
      say(error)
    }
  },

  *theInnerIsCancelled() {
    const task = createTask(sleeper('a'))
    getRunningLoop().callLater(0.01, () => task.cancel())
    try {
      yield* waitFor(task, 30)
    } catch (error) {
      except(CancelledError, error)
      say('cancelled, no timeout')
    }
  },

  *theWaiterIsCancelled() {
    const task = createTask(sleeper('inner'))
    function* waiter(): Coroutine<void> {
      try {
        yield* waitFor(task, 30)
      } catch (error) {
        except(CancelledError, error)
        say('waiter', task.cancelled())
        throw error
      }
    }
    const waiting = createTask(waiter())
    yield* work('turns', 5)
    waiting.cancel()
    try {
      yield* waiting
    } catch (error) {
      except(CancelledError, error)
      say('caught', waiting.cancelled())
    }
  },

  *aTimeoutOfZero() {
    const task = createTask(sleeper('not started'))
    try {
      yield* waitFor(task, 0)
    } catch (error) {
      except(TimeoutError, error)
      say('timeout', task.cancelled())
    }
  },

  *aTimeoutOfZeroAndAResult() {
    const task = createTask(work('a', 0))
    yield* sleep(0)
    say(yield* waitFor(task, 0))
  },

  *shielded() {
    const task = createTask(work('went on', 5))
    const outer = shield(task)
    yield* sleep(0)
    say(outer.cancel(), outer.cancelled(), task.cancelled())
    say(outcome(() => outer.result()))
    say(yield* task)
  },

  *aShieldGivesTheResult() {
    say(yield* shield(work('a', 1)))
  },

  *aShieldGivesTheException() {
    function* failing(): Coroutine<void> {
      yield* sleep(0)
      throw new ValueError('no')
    }
    try {
      yield* shield(failing())
    } catch (error) {
      except(ValueError, error)
      say(error)
    }
  },

  *cancellingWhoAwaitsAShield() {
    const task = createTask(work('inner', 5))
    function* waiter(): Coroutine<void> {
      try {
        yield* shield(task)
      } catch (error) {
        except(CancelledError, error)
        say('waiter leaves', task.done())
        throw error
      }
    }
    const waiting = createTask(waiter())
    yield* sleep(0)
    yield* sleep(0)
    waiting.cancel()
    say(yield* task, waiting.cancelled())
  },

  *cancellingWhatIsShielded() {
    const task = createTask(sleeper('inner'))
    const outer = shield(task)
    yield* sleep(0)
    task.cancel()
    try {
      yield* outer
    } catch (error) {
      except(CancelledError, error)
      say('through the shield', outer.cancelled())
    }
  },

  *aTimeoutAroundAShield() {
    const future = getRunningLoop().createFuture<string>()
    try {
      yield* waitFor(shield(future), 0.01)
    } catch (error) {
      except(TimeoutError, error)
      say('timeout', future.done())
    }
    future.setResult('went on')
    say(yield* future)
  },

  *aShieldAroundWhatIsDone() {
    const task = createTask(work('a', 0))
    yield* task
    say(shield(task) === task)
  },
} satisfies Programmes
