import { CancelledError, type Coroutine, createTask, Event, Lock, sleep } from '../../../electron/loop/index'
import { turns } from './coroutines'
import { except, outcome, type Programmes, say } from './events'

export const programmes = {
  *anEventWakesAllInTurn() {
    const event = new Event()
    function* waiter(name: string): Coroutine<void> {
      say(name, 'waits')
      say(name, yield* event.wait(), event.isSet())
    }
    const tasks = [...'abc'].map((name) => createTask(waiter(name)))
    yield* sleep(0)
    event.set()
    event.set()
    say('set')
    for (const task of tasks) yield* task
  },

  *aSetEventDoesNotSuspend() {
    function* other(): Coroutine<void> {
      say('other')
    }
    const event = new Event()
    event.set()
    const task = createTask(other())
    say(yield* event.wait())
    yield* task
  },

  *setAndClearedInOneStep() {
    const event = new Event()
    function* waiter(): Coroutine<void> {
      yield* event.wait()
      say('woken', event.isSet())
    }
    const task = createTask(waiter())
    yield* sleep(0)
    event.set()
    event.clear()
    yield* task
  },

  *aClearedEventHoldsAgain() {
    const event = new Event()
    event.set()
    event.clear()
    function* waiter(): Coroutine<void> {
      yield* event.wait()
      say('woken')
    }
    const task = createTask(waiter())
    yield* turns(5)
    say('not yet', task.done())
    event.set()
    yield* task
  },

  *aCancelledWaiterLeavesTheOthers() {
    const event = new Event()
    function* waiter(name: string): Coroutine<void> {
      try {
        yield* event.wait()
        say(name, 'woken')
      } catch (error) {
        except(CancelledError, error)
        say(name, 'cancelled')
        throw error
      }
    }
    const first = createTask(waiter('first'))
    const second = createTask(waiter('second'))
    yield* sleep(0)
    first.cancel()
    yield* sleep(0)
    event.set()
    yield* second
  },

  *oneHoldsTheLockAtATime() {
    const lock = new Lock()
    function* work(name: string): Coroutine<void> {
      say(name, yield* lock.acquire())
      yield* turns(3)
      say(name, 'releases', lock.locked())
      lock.release()
    }
    for (const task of [...'abc'].map((name) => createTask(work(name)))) yield* task
    say(lock.locked())
  },

  *aFreeLockDoesNotSuspend() {
    function* other(): Coroutine<void> {
      say('other')
    }
    const lock = new Lock()
    const task = createTask(other())
    yield* lock.acquire()
    say('acquired')
    lock.release()
    yield* task
  },

  *whoWaitsGetsTheLockBeforeANewcomer() {
    const lock = new Lock()
    function* work(name: string): Coroutine<void> {
      yield* lock.acquire()
      say(name)
      lock.release()
    }
    yield* lock.acquire()
    const waiting = createTask(work('waiting'))
    yield* sleep(0)
    lock.release()
    yield* work('newcomer')
    yield* waiting
  },

  *aCancelledWaiterDoesNotGetTheLock() {
    const lock = new Lock()
    function* work(name: string): Coroutine<void> {
      try {
        yield* lock.acquire()
        say(name, 'acquired')
        lock.release()
      } catch (error) {
        except(CancelledError, error)
        say(name, 'cancelled')
        throw error
      }
    }
    yield* lock.acquire()
    const first = createTask(work('first'))
    const second = createTask(work('second'))
    yield* sleep(0)
    first.cancel()
    lock.release()
    yield* second
    say(lock.locked())
  },

  *cancelledAsTheLockComes() {
    const lock = new Lock()
    function* work(name: string): Coroutine<void> {
      try {
        yield* lock.acquire()
        say(name, 'acquired')
        lock.release()
      } catch (error) {
        except(CancelledError, error)
        say(name, 'cancelled')
        throw error
      }
    }
    yield* lock.acquire()
    const first = createTask(work('first'))
    const second = createTask(work('second'))
    yield* sleep(0)
    lock.release()
    first.cancel()
    yield* second
    say(lock.locked())
  },

  *releasedTooOften() {
    const lock = new Lock()
    yield* lock.acquire()
    lock.release()
    say(outcome(() => lock.release()))
  },
} satisfies Programmes
