import {
  CancelledError,
  type Coroutine,
  createTask,
  gather,
  getRunningLoop,
  sleep,
  ValueError,
} from '../../../electron/loop/index'
import { failing, sleeper, turns, work } from './coroutines'
import { except, outcome, type Programmes, say } from './events'

export const programmes = {
  *resultsComeInTheOrderGiven() {
    say(yield* gather(work('slow', 5), work('middle', 3), work('quick', 1)))
  },

  *itStartsInTheOrderGiven() {
    function* starts(name: string): Coroutine<void> {
      say(name, 'starts')
      yield* sleep(0)
    }
    const gathering = gather(starts('a'), starts('b'))
    say('gathered')
    say(yield* gathering)
  },

  *gatherNothing() {
    say(yield* gather())
  },

  *gatherMixesCoroutinesTasksAndFutures() {
    const future = getRunningLoop().createFuture<string>()
    getRunningLoop().callSoon(() => future.setResult('future'))
    say(yield* gather(work('coroutine', 1), createTask(work('task', 2)), future))
  },

  *oneFailsAndTheOthersGoOn() {
    const other = createTask(work('other', 5))
    try {
      yield* gather(failing('bad', 2), other)
    } catch (error) {
      except(ValueError, error)
      say('caught', error, other.done())
    }
    say(yield* other)
  },

  *theFirstFailureIsRaised() {
    try {
      yield* gather(failing('second', 3), failing('first', 1))
    } catch (error) {
      except(ValueError, error)
      say('caught', error)
    }
    yield* turns(20)
  },

  *returnExceptions() {
    say(yield* gather(work('a', 3), failing('b', 1), work('c', 2), { returnExceptions: true }))
  },

  *returnExceptionsOfACancelledChild() {
    const child = createTask(sleep(30))
    getRunningLoop().callSoon(() => child.cancel())
    say(yield* gather(work('a', 1), child, { returnExceptions: true }))
  },

  *aCancelledChild() {
    const child = createTask(sleep(30))
    const other = createTask(work('other', 4))
    getRunningLoop().callSoon(() => child.cancel())
    try {
      yield* gather(child, other)
    } catch (error) {
      except(CancelledError, error)
      say('caught', error, other.done())
    }
    say(yield* other)
  },

  *cancellingTheGatheringCancelsTheChildren() {
    const children = [...'ab'].map((name) => createTask(sleeper(name)))
    const gathering = gather(...children)
    yield* sleep(0)
    say(gathering.cancel(), gathering.done())
    say(outcome(() => gathering.result()))
    try {
      yield* gathering
    } catch (error) {
      except(CancelledError, error)
      say(
        'caught',
        children.map((child) => child.cancelled()),
        gathering.cancelled(),
      )
    }
  },

  *cancellingWhoAwaitsTheGathering() {
    const children = [...'ab'].map((name) => createTask(sleeper(name)))
    function* waiter(): Coroutine<void> {
      try {
        yield* gather(...children)
      } finally {
        say('waiter leaves')
      }
    }
    const task = createTask(waiter())
    yield* sleep(0)
    yield* sleep(0)
    task.cancel()
    try {
      yield* task
    } catch (error) {
      except(CancelledError, error)
      say(
        'caught',
        children.map((child) => child.cancelled()),
      )
    }
  },

  *aChildThatSwallowsTheCancellation() {
    function* stubborn(): Coroutine<string | undefined> {
      try {
        yield* sleep(30)
        return undefined
      } catch (error) {
        except(CancelledError, error)
        return 'stayed'
      }
    }
    const gathering = gather(stubborn(), sleeper('b'))
    yield* sleep(0)
    gathering.cancel()
    try {
      say(yield* gathering)
    } catch (error) {
      except(CancelledError, error)
      say('cancelled all the same')
    }
  },

  *cancellingWithReturnExceptions() {
    const gathering = gather(sleeper('a'), sleeper('b'), { returnExceptions: true })
    yield* sleep(0)
    gathering.cancel()
    try {
      say(yield* gathering)
    } catch (error) {
      except(CancelledError, error)
      say('cancelled all the same', gathering.cancelled())
    }
  },

  *aDoneGatheringCannotBeCancelled() {
    const gathering = gather(work('a', 1))
    yield* gathering
    say(gathering.cancel(), gathering.result())
  },

  *duplicates() {
    const task = createTask(work('task', 1))
    const coroutine = work('coroutine', 2)
    say(yield* gather(task, coroutine, task, coroutine))
  },

  *nestedGatherings() {
    say(yield* gather(gather(work('a', 3), work('b', 1)), gather(work('c', 2)), work('d', 0)))
  },

  *aFailureInsideANestedGathering() {
    try {
      yield* gather(gather(work('a', 2), failing('b', 1)), work('c', 6))
    } catch (error) {
      except(ValueError, error)
      say('caught', error)
    }
    yield* turns(20)
  },

  *childrenThatAreDoneAlready() {
    const tasks = [...'ab'].map((name) => createTask(work(name, 0)))
    yield* sleep(0)
    yield* sleep(0)
    say(yield* gather(...tasks))
  },

  *theGatheringIsDoneAfterTheLastChild() {
    const tasks = (
      [
        ['a', 1],
        ['b', 2],
      ] as const
    ).map(([name, count]) => createTask(work(name, count)))
    const gathering = gather(...tasks)
    gathering.addDoneCallback((done) => say('gathering', done.result()))
    for (const task of tasks) task.addDoneCallback((done) => say('child', done.result()))
    yield* gathering
    yield* sleep(0)
  },
} satisfies Programmes
