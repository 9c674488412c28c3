import {
  CancelledError,
  type Coroutine,
  createTask,
  type Future,
  getRunningLoop,
  sleep,
  ValueError,
} from '../../../electron/loop/index'
import { except, outcome, type Programmes, say } from './events'

export const programmes = {
  *callbackOnADoneFuture() {
    const future = getRunningLoop().createFuture<number>()
    future.setResult(1)
    future.addDoneCallback((done) => say('callback', done.result()))
    say('added')
    yield* sleep(0)
    say('a turn later')
  },

  *callbacksInTheOrderTheyWereAdded() {
    const future = getRunningLoop().createFuture<number>()
    for (const name of 'abc') future.addDoneCallback((done) => say(name, done.result()))
    future.setResult(1)
    say('set')
    yield* sleep(0)
  },

  *aCallbackAddedTwiceRunsTwice() {
    const future = getRunningLoop().createFuture<number>()
    const callback = () => say('callback')
    future.addDoneCallback(callback)
    future.addDoneCallback(callback)
    future.setResult(1)
    yield* sleep(0)
  },

  *aRemovedCallbackDoesNotRun() {
    const future = getRunningLoop().createFuture<number>()
    const removed = () => say('removed')
    future.addDoneCallback(removed)
    future.addDoneCallback(() => say('kept'))
    future.addDoneCallback(removed)
    say(future.removeDoneCallback(removed), 'removed')
    say(future.removeDoneCallback(removed), 'removed')
    future.setResult(1)
    yield* sleep(0)
  },

  *removingAScheduledCallbackIsTooLate() {
    const future = getRunningLoop().createFuture<number>()
    const callback = () => say('callback')
    future.addDoneCallback(callback)
    future.setResult(1)
    say(future.removeDoneCallback(callback), 'removed')
    yield* sleep(0)
  },

  *aCallbackAddsACallback() {
    const future = getRunningLoop().createFuture<number>()
    const first = (done: Future<number>) => {
      say('first')
      done.addDoneCallback(() => say('added by the first'))
    }
    future.addDoneCallback(first)
    future.addDoneCallback(() => say('second'))
    future.setResult(1)
    yield* sleep(0)
    say('a turn later')
    yield* sleep(0)
    say('two turns later')
  },

  *aResultSetTwice() {
    const future = getRunningLoop().createFuture<number>()
    future.setResult(1)
    say(outcome(() => future.setResult(2)))
    say(outcome(() => future.setException(new ValueError('no'))))
    say(future.result())
  },

  *aResultThatIsNotReady() {
    const future = getRunningLoop().createFuture<number>()
    say(future.done(), future.cancelled())
    say(outcome(() => future.result()))
    say(outcome(() => future.exception()))
  },

  *anExceptionInsteadOfAResult() {
    const future = getRunningLoop().createFuture<number>()
    future.setException(new ValueError('no'))
    say(future.done(), future.cancelled())
    say(outcome(() => future.result()))
    say(future.exception())
    const finished = getRunningLoop().createFuture<number>()
    finished.setResult(1)
    say(finished.exception())
  },

  *aCancelledFuture() {
    const future = getRunningLoop().createFuture<number>()
    future.addDoneCallback((done) => say('callback', done.cancelled()))
    say(future.cancel(), future.cancel())
    say(future.done(), future.cancelled())
    say(outcome(() => future.result()))
    say(outcome(() => future.exception()))
    say(outcome(() => future.setResult(1)))
    yield* sleep(0)
  },

  *aDoneFutureCannotBeCancelled() {
    const future = getRunningLoop().createFuture<number>()
    future.setResult(1)
    say(future.cancel(), future.cancelled(), future.result())
  },

  *waitersWakeInTheOrderTheyWaited() {
    const future = getRunningLoop().createFuture<number>()
    function* waiter(name: string): Coroutine<void> {
      say(name, 'waits')
      say(name, yield* future)
    }
    const tasks = [...'abc'].map((name) => createTask(waiter(name)))
    yield* sleep(0)
    future.setResult(1)
    say('set')
    for (const task of tasks) yield* task
  },

  *aDoneFutureDoesNotSuspend() {
    const future = getRunningLoop().createFuture<number>()
    future.setResult(1)
    getRunningLoop().callSoon(say, 'callback')
    say('got', yield* future)
    yield* sleep(0)
    say('a turn later')
  },

  *awaitingACancelledFuture() {
    const future = getRunningLoop().createFuture()
    future.cancel()
    try {
      yield* future
    } catch (error) {
      except(CancelledError, error)
      say('caught', error)
    }
  },

  *cancellingAFutureCancelsItsWaiter() {
    const future = getRunningLoop().createFuture()
    function* waiter(): Coroutine<void> {
      try {
        yield* future
      } catch (error) {
        except(CancelledError, error)
        say('waiter sees it')
        throw error
      }
    }
    const task = createTask(waiter())
    yield* sleep(0)
    future.cancel()
    say(task.done())
    yield* sleep(0)
    say(task.done(), task.cancelled())
  },

  *aFailedFutureRaisesInEachWaiter() {
    const future = getRunningLoop().createFuture()
    function* waiter(name: string): Coroutine<void> {
      try {
        yield* future
      } catch (error) {
        except(ValueError, error)
        say(name, error)
      }
    }
    const tasks = [...'ab'].map((name) => createTask(waiter(name)))
    yield* sleep(0)
    future.setException(new ValueError('no'))
    for (const task of tasks) yield* task
  },
} satisfies Programmes
