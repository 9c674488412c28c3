import {
  allTasks,
  CancelledError,
  type Coroutine,
  EventLoop,
  getRunningLoop,
  sleep,
  ValueError,
} from '../../../electron/loop/index'
import { except, outcome, type Programmes, say } from './events'

function* work(name: string): Coroutine<string> {
  say(name, 'starts')
  yield* sleep(0)
  say(name, 'ends')
  return name
}

function* sleeper(name: string): Coroutine<void> {
  try {
    yield* sleep(30)
  } catch (error) {
    except(CancelledError, error)
    say(name, 'cancelled')
    throw error
  } finally {
    say(name, 'leaves')
  }
}

function* failing(): Coroutine<void> {
  yield* sleep(0)
  throw new ValueError('no')
}

export const programmes = {
  runUntilCompleteGivesTheResult(loop) {
    say(loop.runUntilComplete(work('a')))
    say(loop.isRunning(), loop.isClosed())
  },

  runUntilCompleteRaises(loop) {
    say(outcome(() => loop.runUntilComplete(failing())))
    say(loop.isRunning(), loop.isClosed())
  },

  runUntilCompleteTakesATask(loop) {
    const task = loop.createTask(work('a'))
    say('made', task.done())
    say(loop.runUntilComplete(task), task.done())
  },

  runUntilCompleteTakesAFuture(loop) {
    const future = loop.createFuture<number>()
    loop.callSoon(() => future.setResult(1))
    say(loop.runUntilComplete(future))
  },

  runUntilCompleteTwice(loop) {
    say(loop.runUntilComplete(work('a')))
    say(loop.runUntilComplete(work('b')))
  },

  theSameTaskTwice(loop) {
    const task = loop.createTask(work('a'))
    say(loop.runUntilComplete(task))
    say(loop.runUntilComplete(task))
  },

  othersAreLeftWhereTheyAre(loop) {
    function* threeSteps(name: string): Coroutine<void> {
      for (const step of [1, 2, 3]) {
        say(name, step)
        yield* sleep(0)
      }
    }
    const other = loop.createTask(threeSteps('other'))
    loop.runUntilComplete(work('a'))
    say('between', other.done())
    loop.runUntilComplete(other)
  },

  aStoppedLoopHasNoResult(loop) {
    loop.callSoon(loop.stop)
    const task = loop.createTask(sleep(30))
    say(outcome(() => loop.runUntilComplete(task)))
    say(task.done())
    task.cancel()
    say(outcome(() => loop.runUntilComplete(task)))
  },

  stopBeforeRunUntilComplete(loop) {
    loop.stop()
    const task = loop.createTask(work('a'))
    say(outcome(() => loop.runUntilComplete(task)))
    say(loop.runUntilComplete(task))
  },

  runAfterClose(loop) {
    const coroutine = work('a')
    say(loop.runUntilComplete(coroutine))
    loop.close()
    say(loop.isClosed())
    say(outcome(() => loop.runForever()))
    const task = work('b')
    say(outcome(() => loop.runUntilComplete(task)))
  },

  nothingCanBeScheduledAfterClose(loop) {
    loop.close()
    say(outcome(() => loop.callSoon(say, 'no')))
    say(outcome(() => loop.callLater(1, say, 'no')))
    say(outcome(() => loop.callSoonThreadsafe(say, 'no')))
    const coroutine = work('a')
    say(outcome(() => loop.createTask(coroutine)))
  },

  closeTwice(loop) {
    loop.close()
    loop.close()
    say(loop.isClosed())
  },

  closeWithCallsPending(loop) {
    loop.callSoon(say, 'never')
    loop.callLater(0.01, say, 'never')
    loop.close()
    say('closed')
  },

  closeWithATaskPending(loop) {
    const task = loop.createTask(sleep(30))
    loop.callSoon(loop.stop)
    loop.runForever()
    say(task.done(), task.cancelled())
    loop.close()
  },

  closeWhileItRuns(loop) {
    loop.callSoon(() => say(outcome(() => loop.close())))
    loop.callSoon(loop.stop)
    loop.runForever()
    say(loop.isClosed())
  },

  runWhileItRuns(loop) {
    loop.callSoon(() => say(outcome(() => loop.runForever())))
    loop.callSoon(loop.stop)
    loop.runForever()
  },

  runAnotherWhileOneRuns(loop) {
    const other = new EventLoop()
    loop.callSoon(() => say(outcome(() => other.runForever())))
    loop.callSoon(loop.stop)
    loop.runForever()
    other.close()
  },

  runUntilCompleteInsideTheLoop(loop) {
    function* nested(): Coroutine<void> {
      const coroutine = work('inner')
      say(outcome(() => loop.runUntilComplete(coroutine)))
    }
    loop.runUntilComplete(nested())
  },

  whoIsRunning(loop) {
    function* ask(): Coroutine<void> {
      say(getRunningLoop() === loop, loop.isRunning())
    }
    say(outcome(() => getRunningLoop()))
    loop.runUntilComplete(ask())
    say(outcome(() => getRunningLoop()))
  },

  allThatHaveNotEnded(loop) {
    function* ask(): Coroutine<void> {
      loop.createTask(sleeper('left'), { name: 'left' })
      const done = loop.createTask(work('done'), { name: 'done' })
      yield* done
      say([...allTasks()].map((task) => task.getName()).sort())
    }
    const asking = loop.createTask(ask(), { name: 'asking' })
    loop.runUntilComplete(asking)
    const left = [...allTasks(loop)]
    for (const task of left) task.cancel()
    say(
      left.length,
      outcome(() => loop.runUntilComplete(left.pop()!)),
    )
  },

  aResultSetBeforeItRuns(loop) {
    const future = loop.createFuture<string>()
    future.setResult('there already')
    loop.callSoon(say, 'callback')
    say(loop.runUntilComplete(future))
  },

  cleaningUpBeforeClose(loop) {
    const tasks = [...'ab'].map((name) => loop.createTask(sleeper(name)))
    loop.runUntilComplete(sleep(0.01))
    for (const task of tasks) task.cancel()
    for (const task of tasks) say(outcome(() => loop.runUntilComplete(task)))
    loop.close()
  },
} satisfies Programmes
