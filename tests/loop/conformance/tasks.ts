import {
  type Coroutine,
  createTask,
  currentTask,
  EventLoop,
  ensureFuture,
  getRunningLoop,
  RuntimeError,
  sleep,
  type Task,
  ValueError,
} from '../../../electron/loop/index'
import { except, outcome, type Programmes, say } from './events'

function* steps(name: string, count: number): Coroutine<string> {
  for (let step = 1; step <= count; step++) {
    say(name, step)
    yield* sleep(0)
  }
  return name
}

export const programmes = {
  *nothingRunsBeforeTheMakerAwaits() {
    const coroutine = steps('a', 1)
    say('made a coroutine')
    const task = createTask(coroutine)
    say('made a task', task.done())
    say('got', yield* task)
  },

  *aCoroutineThatIsAwaitedRunsAtOnce() {
    getRunningLoop().callSoon(say, 'callback')
    say('got', yield* steps('a', 2))
    say('end')
  },

  *threeTasksInterleave() {
    const tasks = [...'abc'].map((name) => createTask(steps(name, 3)))
    for (const task of tasks) say('got', yield* task)
  },

  *tasksAndCallbacksTakeTurns() {
    const loop = getRunningLoop()
    function* work(): Coroutine<void> {
      say('step 1')
      loop.callSoon(say, 'called by step 1')
      yield* sleep(0)
      say('step 2')
      loop.callSoon(say, 'called by step 2')
      yield* sleep(0)
      say('step 3')
    }
    loop.callSoon(say, 'before')
    const task = createTask(work())
    loop.callSoon(say, 'after')
    yield* task
  },

  *awaitingATaskTwice() {
    const task = createTask(steps('a', 1))
    say(yield* task)
    say(yield* task)
  },

  *awaitingADoneTaskDoesNotSuspend() {
    const task = createTask(steps('a', 1))
    yield* sleep(0)
    yield* sleep(0)
    say(task.done())
    getRunningLoop().callSoon(say, 'callback')
    say('got', yield* task)
    yield* sleep(0)
    say('a turn later')
  },

  *twoTasksAwaitAThird() {
    const third = createTask(steps('third', 2))
    function* waiter(name: string): Coroutine<void> {
      say(name, yield* third)
    }
    const first = createTask(waiter('first'))
    const second = createTask(waiter('second'))
    yield* second
    yield* first
  },

  *theCallbackRunsBeforeTheWaiterAddedAfterIt() {
    const task = createTask(steps('a', 1))
    task.addDoneCallback((done) => say('callback', done.result()))
    say('waiter', yield* task)
  },

  *theWaiterRunsBeforeTheCallbackAddedAfterIt() {
    const task = createTask(steps('a', 2))
    function* waiter(): Coroutine<void> {
      say('waiter', yield* task)
    }
    const waiting = createTask(waiter())
    yield* sleep(0)
    task.addDoneCallback((done) => say('callback', done.result()))
    yield* waiting
    yield* sleep(0)
  },

  *nestedTasks() {
    function* inner(name: string): Coroutine<string> {
      say(name, 'starts')
      yield* sleep(0)
      say(name, 'ends')
      return name
    }
    function* outer(name: string): Coroutine<string[]> {
      say(name, 'starts')
      const children = [1, 2].map((child) => createTask(inner(`${name}.${child}`)))
      const results: string[] = []
      for (const child of children) results.push(yield* child)
      say(name, 'ends')
      return results
    }
    const first = createTask(outer('a'))
    const second = createTask(outer('b'))
    say(yield* second, yield* first)
  },

  *aTaskMakesATaskThatOutlivesIt() {
    const children: Task<string>[] = []
    function* parent(): Coroutine<void> {
      children.push(createTask(steps('child', 3)))
      say('parent ends')
    }
    yield* createTask(parent())
    say('parent is done', children[0]!.done())
    say(yield* children[0]!)
  },

  *sleepsEndByLength() {
    function* sleeper(seconds: number): Coroutine<void> {
      yield* sleep(seconds)
      say(seconds)
    }
    for (const task of [0.6, 0.1, 0.3].map((seconds) => createTask(sleeper(seconds)))) yield* task
  },

  *aNegativeSleepIsOneTurn() {
    getRunningLoop().callSoon(say, 'first')
    yield* sleep(-1)
    say('second')
  },

  *sleepGivesItsResult() {
    say(yield* sleep(0, 'at once'), yield* sleep(0.01, 'later'))
  },

  *theCurrentTask() {
    function* work(): Coroutine<void> {
      say(currentTask()!.getName())
      getRunningLoop().callSoon(() => say('in a callback', currentTask()))
      yield* sleep(0)
      say(currentTask()!.getName())
      yield* inner()
    }
    function* inner(): Coroutine<void> {
      say('inner', currentTask()!.getName())
    }
    const first = createTask(work(), { name: 'first' })
    const second = createTask(work(), { name: 'second' })
    yield* first
    yield* second
    say((currentTask() as Task<unknown>) === first)
  },

  *aTaskSetsNoResultItself() {
    const task = createTask(steps('a', 1))
    say(outcome(() => task.setResult('b')))
    say(outcome(() => task.setException(new ValueError('no'))))
    say(yield* task)
  },

  *aTaskNeedsACoroutine() {
    const notACoroutine = 5 as unknown as Coroutine
    say(outcome(() => createTask(notACoroutine)))
  },

  *aTaskCannotAwaitItself() {
    const tasks: Task<void>[] = []
    function* work(): Coroutine<void> {
      try {
        yield* tasks[0]!
      } catch (error) {
        except(RuntimeError, error)
        say(error.message.slice(0, 27))
      }
    }
    tasks.push(createTask(work()))
    yield* tasks[0]!
  },

  *ensuringAFuture() {
    const task = createTask(steps('a', 1))
    say(ensureFuture(task) === task)
    say(yield* ensureFuture(steps('b', 1)), yield* task)
    const notAwaitable = 5 as unknown as Coroutine
    say((outcome(() => ensureFuture(notAwaitable)) as Error).name)
  },

  *aCoroutineIsUsedOnce() {
    const coroutine = steps('a', 1)
    yield* createTask(coroutine)
    try {
      yield* createTask(coroutine)
    } catch (error) {
      except(RuntimeError, error)
      say(error)
    }
  },

  *aFutureOfAnotherLoop() {
    const other = new EventLoop()
    const future = other.createFuture()
    try {
      yield* future
    } catch (error) {
      except(RuntimeError, error)
      say(error.message.slice(-29))
    }
    other.close()
  },

  *aTaskOnALoopThatIsNamed() {
    const loop = getRunningLoop()
    const task = loop.createTask(steps('a', 1), { name: 'named' })
    say(task.getName(), yield* task)
  },
} satisfies Programmes
