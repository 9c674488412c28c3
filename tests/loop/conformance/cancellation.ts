import {
  CancelledError,
  type Coroutine,
  createTask,
  currentTask,
  getRunningLoop,
  sleep,
  type Task,
  ValueError,
} from '../../../electron/loop/index'
import { except, outcome, type Programmes, say } from './events'

function* sleeper(name: string): Coroutine<void> {
  try {
    say(name, 'sleeps')
    yield* sleep(30)
  } catch (error) {
    except(CancelledError, error)
    say(name, 'sees it')
    throw error
  } finally {
    say(name, 'leaves')
  }
}

/** How a task ended, without its exception. */
function* ended(task: Task<unknown>): Coroutine<unknown> {
  while (!task.done()) yield* sleep(0)
  return task.cancelled() ? 'cancelled' : outcome(() => task.result())
}

export const programmes = {
  *beforeTheFirstStep() {
    const task = createTask(sleeper('a'))
    say(task.cancel(), task.cancelled(), task.done())
    say(yield* ended(task))
  },

  *whileItAwaits() {
    const task = createTask(sleeper('a'))
    yield* sleep(0)
    say(task.cancel(), task.cancelled(), task.done())
    say(yield* ended(task))
  },

  *theCancellerGoesOnFirst() {
    const task = createTask(sleeper('a'))
    yield* sleep(0)
    task.cancel()
    getRunningLoop().callSoon(say, 'callback')
    say('canceller')
    yield* sleep(0)
    say('canceller, a turn later', task.done())
    yield* sleep(0)
    say('canceller, two turns later', task.done())
  },

  *atASleepOfZero() {
    function* work(): Coroutine<void> {
      try {
        yield* sleep(0)
        say('not reached')
      } catch (error) {
        except(CancelledError, error)
        say('sees it')
        throw error
      }
    }
    const task = createTask(work())
    yield* sleep(0)
    task.cancel()
    say(yield* ended(task))
  },

  *twiceInOneStep() {
    const task = createTask(sleeper('a'))
    yield* sleep(0)
    say(task.cancel(), task.cancel())
    say(yield* ended(task))
    say(task.cancel())
  },

  *twiceOneAfterTheOther() {
    function* work(): Coroutine<string> {
      for (const attempt of [1, 2]) {
        try {
          yield* sleep(30)
        } catch (error) {
          except(CancelledError, error)
          say('attempt', attempt)
        }
      }
      return 'survived two'
    }
    const task = createTask(work())
    yield* sleep(0)
    task.cancel()
    yield* sleep(0)
    task.cancel()
    say(yield* ended(task))
  },

  *swallowed() {
    function* work(): Coroutine<string> {
      try {
        yield* sleep(30)
      } catch (error) {
        except(CancelledError, error)
        say('swallowed')
      }
      yield* sleep(0)
      return 'went on'
    }
    const task = createTask(work())
    yield* sleep(0)
    say(task.cancel())
    say(yield* ended(task), task.cancelled())
  },

  *anotherExceptionInstead() {
    function* work(): Coroutine<void> {
      try {
        yield* sleep(30)
      } catch (error) {
        except(CancelledError, error)
        throw new ValueError('no')
      }
    }
    const task = createTask(work())
    yield* sleep(0)
    task.cancel()
    say(yield* ended(task))
  },

  *aDoneTask() {
    function* work(): Coroutine<number> {
      return 1
    }
    const task = createTask(work())
    yield* task
    say(task.cancel(), task.cancelled(), task.result())
  },

  *finallyRunsFromTheInsideOut() {
    function* inner(): Coroutine<void> {
      try {
        yield* sleep(30)
      } finally {
        say('inner')
      }
    }
    function* outer(): Coroutine<void> {
      try {
        yield* inner()
      } finally {
        say('outer')
      }
    }
    const task = createTask(outer())
    yield* sleep(0)
    task.cancel()
    say(yield* ended(task))
  },

  *finallyMayAwait() {
    function* work(): Coroutine<void> {
      try {
        yield* sleep(30)
      } finally {
        say('cleaning')
        yield* sleep(0.01)
        say('clean')
      }
    }
    const task = createTask(work())
    yield* sleep(0)
    task.cancel()
    say(yield* ended(task))
  },

  *aReturnInFinallySwallowsIt() {
    function* work(): Coroutine<string> {
      try {
        yield* sleep(30)
      } finally {
        return 'returned'
      }
    }
    const task = createTask(work())
    yield* sleep(0)
    task.cancel()
    say(yield* ended(task), task.cancelled())
  },

  *cancelledWhileItCleansUp() {
    function* work(): Coroutine<void> {
      try {
        yield* sleep(30)
      } finally {
        try {
          yield* sleep(30)
        } finally {
          say('cut short')
        }
      }
    }
    const task = createTask(work())
    yield* sleep(0)
    task.cancel()
    yield* sleep(0)
    task.cancel()
    say(yield* ended(task))
  },

  *itReachesTheTaskAwaited() {
    const inner = createTask(sleeper('inner'))
    function* work(): Coroutine<void> {
      try {
        yield* inner
      } finally {
        say('outer leaves')
      }
    }
    const outer = createTask(work())
    yield* sleep(0)
    outer.cancel()
    say(inner.cancelled(), outer.cancelled())
    say(yield* ended(outer), inner.cancelled())
  },

  *theTaskAwaitedSwallowsIt() {
    function* stubborn(): Coroutine<string> {
      try {
        yield* sleep(30)
      } catch (error) {
        except(CancelledError, error)
        say('inner swallows')
      }
      return 'stayed'
    }
    const inner = createTask(stubborn())
    function* work(): Coroutine<string> {
      return yield* inner
    }
    const outer = createTask(work())
    yield* sleep(0)
    yield* sleep(0)
    outer.cancel()
    say(yield* ended(outer))
  },

  *aCancelledTaskRaisesInWhoAwaitsIt() {
    const inner = createTask(sleeper('inner'))
    yield* sleep(0)
    inner.cancel()
    try {
      yield* inner
    } catch (error) {
      except(CancelledError, error)
      say('caught', error)
    }
    say(currentTask()!.cancelled())
  },

  *aTaskCancelsItself() {
    function* work(): Coroutine<void> {
      say(currentTask()!.cancel())
      say('goes on')
      try {
        yield* sleep(30)
      } catch (error) {
        except(CancelledError, error)
        say('at the next await')
        throw error
      }
    }
    say(yield* ended(createTask(work())))
  },

  *aTaskCancelsItselfAndReturns() {
    function* work(): Coroutine<string> {
      currentTask()!.cancel()
      return 'returned'
    }
    say(yield* ended(createTask(work())))
  },

  *aTaskCancelsItselfAndFails() {
    function* work(): Coroutine<void> {
      currentTask()!.cancel()
      throw new ValueError('no')
    }
    say(yield* ended(createTask(work())))
  },

  *justWhenTheResultIsThere() {
    const future = getRunningLoop().createFuture<number>()
    function* work(): Coroutine<void> {
      try {
        say('got', yield* future)
      } catch (error) {
        except(CancelledError, error)
        say('cancelled, result or not')
        throw error
      }
    }
    const task = createTask(work())
    yield* sleep(0)
    future.setResult(1)
    say(task.cancel())
    say(yield* ended(task), future.result())
  },

  *raisedByHand() {
    function* work(): Coroutine<void> {
      throw new CancelledError('by hand')
    }
    const task = createTask(work())
    say(yield* ended(task), task.cancelled())
  },
} satisfies Programmes
