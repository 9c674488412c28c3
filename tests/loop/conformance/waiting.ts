import {
  CancelledError,
  type Coroutine,
  createTask,
  getRunningLoop,
  type ReturnWhen,
  sleep,
  type Task,
  ValueError,
  type WaitResult,
  wait,
} from '../../../electron/loop/index'
import { failing, work } from './coroutines'
import { except, outcome, type Programmes, say } from './events'

const namesOf = (tasks: Iterable<Task<unknown>>) => [...tasks].map((task) => task.getName()).sort()

/** Sets have no order. */
function tell({ done, pending }: WaitResult<Task<unknown>>): void {
  say('done', namesOf(done), 'pending', namesOf(pending))
}

const tasksOf = (...turns: readonly number[]): Task<unknown>[] =>
  turns.map((count, i) => createTask(work('abc'[i]!, count), { name: 'abc'[i]! }))

export const programmes = {
  *untilAllAreDone() {
    tell(yield* wait(tasksOf(3, 1, 2)))
  },

  *allCompletedDoesNotMindAFailure() {
    const tasks = [...tasksOf(3), createTask(failing('bad', 1), { name: 'bad' })]
    tell(yield* wait(tasks, { returnWhen: 'ALL_COMPLETED' }))
    say(tasks[0]!.result(), tasks[1]!.exception())
  },

  *untilTheFirstIsDone() {
    const tasks = tasksOf(9, 2, 9)
    tell(yield* wait(tasks, { returnWhen: 'FIRST_COMPLETED' }))
    tell(yield* wait(tasks))
  },

  *aFailureIsAFirstToo() {
    const tasks = [...tasksOf(9), createTask(failing('bad', 1), { name: 'bad' })]
    tell(yield* wait(tasks, { returnWhen: 'FIRST_COMPLETED' }))
    say(tasks[1]!.exception())
    yield* tasks[0]!
  },

  *untilTheFirstException() {
    const tasks = [...tasksOf(1, 9), createTask(failing('bad', 4), { name: 'bad' })]
    tell(yield* wait(tasks, { returnWhen: 'FIRST_EXCEPTION' }))
    say(tasks[2]!.exception())
    yield* tasks[1]!
  },

  *withoutAnExceptionUntilAllAreDone() {
    tell(yield* wait(tasksOf(3, 1, 2), { returnWhen: 'FIRST_EXCEPTION' }))
  },

  *aCancelledTaskIsNoException() {
    const tasks = tasksOf(5, 1, 30)
    getRunningLoop().callSoon(() => tasks[2]!.cancel())
    tell(yield* wait(tasks, { returnWhen: 'FIRST_EXCEPTION' }))
  },

  *untilTheTimeout() {
    const future = getRunningLoop().createFuture<string>()
    function* waiting(): Coroutine<string> {
      return yield* future
    }
    const slow = createTask(waiting(), { name: 'slow' })
    tell(yield* wait([...tasksOf(1), slow], { timeout: 0.01 }))
    say(slow.done(), slow.cancelled())
    future.setResult('goes on')
    say('the pending', yield* slow)
  },

  *aTimeoutWithNothingDone() {
    const slow = createTask(sleep(30), { name: 'slow' })
    tell(yield* wait([slow], { timeout: 0.01 }))
    slow.cancel()
  },

  *aTimeoutThatIsNotNeeded() {
    tell(yield* wait(tasksOf(2, 1), { timeout: 30 }))
  },

  *aTimeoutOfZero() {
    const tasks = tasksOf(0, 9)
    tell(yield* wait(tasks, { timeout: 0 }))
    tell(yield* wait(tasks))
  },

  *whatIsDoneAlready() {
    const tasks = tasksOf(0, 0)
    yield* sleep(0)
    yield* sleep(0)
    getRunningLoop().callSoon(say, 'callback')
    tell(yield* wait(tasks))
    yield* sleep(0)
  },

  *oneIsDoneAlready() {
    const tasks = tasksOf(0, 5)
    yield* sleep(0)
    yield* sleep(0)
    getRunningLoop().callSoon(say, 'callback')
    tell(yield* wait(tasks, { returnWhen: 'FIRST_COMPLETED' }))
    yield* tasks[1]!
  },

  *theSameTaskTwice() {
    const tasks = tasksOf(1)
    tell(yield* wait([...tasks, ...tasks]))
  },

  *cancellingTheWaiterLeavesTheTasks() {
    const tasks = tasksOf(4)
    function* waiter(): Coroutine<void> {
      try {
        yield* wait(tasks)
      } catch (error) {
        except(CancelledError, error)
        say('waiter cancelled', tasks[0]!.done(), tasks[0]!.cancelled())
        throw error
      }
    }
    const task = createTask(waiter())
    yield* sleep(0)
    yield* sleep(0)
    task.cancel()
    say(yield* tasks[0]!, task.cancelled())
  },

  *twoWaitersForTheSameTasks() {
    const tasks = tasksOf(2, 4)
    function* waiter(name: string, returnWhen: ReturnWhen): Coroutine<void> {
      const result = yield* wait(tasks, { returnWhen })
      say(name)
      tell(result)
    }
    yield* wait([createTask(waiter('all', 'ALL_COMPLETED')), createTask(waiter('first', 'FIRST_COMPLETED'))])
  },

  *waitForNothing() {
    try {
      yield* wait([])
    } catch (error) {
      except(ValueError, error)
      say(error.name)
    }
  },

  *aConditionThatDoesNotExist() {
    const tasks = tasksOf(0)
    try {
      yield* wait(tasks, { returnWhen: 'soon' as ReturnWhen })
    } catch (error) {
      except(ValueError, error)
      say(error)
    }
    yield* tasks[0]!
  },

  *neitherListNorSet() {
    const task = tasksOf(0)[0]!
    try {
      yield* wait(task as unknown as Task[])
    } catch (error) {
      except(TypeError, error)
      say(error.name)
    }
    say(outcome(() => task.cancel()))
  },
} satisfies Programmes
