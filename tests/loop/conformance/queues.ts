import { CancelledError, type Coroutine, createTask, Queue, sleep } from '../../../electron/loop/index'
import { except, outcome, type Programmes, say } from './events'

export const programmes = {
  *firstInFirstOut() {
    const queue = new Queue<string>()
    for (const item of 'abc') yield* queue.put(item)
    say(queue.qsize(), queue.empty(), queue.full())
    say(yield* queue.get(), yield* queue.get(), yield* queue.get())
    say(queue.qsize(), queue.empty(), queue.full())
  },

  *puttingAndGettingDoNotSuspend() {
    function* other(): Coroutine<void> {
      say('other')
    }
    const queue = new Queue<number>(1)
    const task = createTask(other())
    yield* queue.put(1)
    say('put', yield* queue.get())
    yield* task
  },

  *theGetterWaits() {
    const queue = new Queue<number>()
    function* getter(): Coroutine<void> {
      say('waits')
      say('got', yield* queue.get())
    }
    const task = createTask(getter())
    yield* sleep(0)
    queue.putNowait(1)
    say('put', queue.qsize())
    yield* task
    say(queue.qsize())
  },

  *gettersAreServedInTurn() {
    const queue = new Queue<number>()
    function* getter(name: string): Coroutine<void> {
      for (let turn = 0; turn < 2; turn++) say(name, yield* queue.get())
    }
    const tasks = [...'abc'].map((name) => createTask(getter(name)))
    yield* sleep(0)
    for (let item = 0; item < 6; item++) {
      yield* queue.put(item)
      yield* sleep(0)
    }
    for (const task of tasks) yield* task
  },

  *allItemsAtOnceForWaitingGetters() {
    const queue = new Queue<number>()
    function* getter(name: string): Coroutine<void> {
      for (let turn = 0; turn < 2; turn++) say(name, yield* queue.get())
    }
    const tasks = [...'abc'].map((name) => createTask(getter(name)))
    yield* sleep(0)
    for (let item = 0; item < 6; item++) queue.putNowait(item)
    for (const task of tasks) yield* task
  },

  *aFullQueueHoldsTheProducer() {
    const queue = new Queue<number>(2)
    function* producer(): Coroutine<void> {
      for (let item = 0; item < 5; item++) {
        yield* queue.put(item)
        say('put', item, queue.qsize())
      }
    }
    const task = createTask(producer())
    yield* sleep(0)
    say('full', queue.full(), queue.maxsize)
    for (let taken = 0; taken < 5; taken++) {
      say('got', yield* queue.get())
      yield* sleep(0)
    }
    yield* task
  },

  *puttersAreServedInTurn() {
    const queue = new Queue<string>(1)
    function* putter(name: string): Coroutine<void> {
      for (const item of [1, 2]) {
        yield* queue.put(`${name}${item}`)
        say('put', name, item)
      }
    }
    const tasks = [...'abc'].map((name) => createTask(putter(name)))
    yield* sleep(0)
    for (let taken = 0; taken < 6; taken++) {
      say('got', yield* queue.get())
      yield* sleep(0)
    }
    for (const task of tasks) yield* task
  },

  *producerAndConsumer() {
    const queue = new Queue<number | null>(3)
    function* producer(): Coroutine<void> {
      for (let item = 0; item < 7; item++) {
        yield* queue.put(item)
        say('put', item)
      }
      yield* queue.put(null)
    }
    function* consumer(): Coroutine<void> {
      for (;;) {
        const item = yield* queue.get()
        if (item === null) return
        say('got', item)
      }
    }
    const tasks = [createTask(producer()), createTask(consumer())]
    for (const task of tasks) yield* task
  },

  *joinWaitsForTaskDone() {
    const queue = new Queue<number>()
    for (let item = 0; item < 3; item++) queue.putNowait(item)
    function* consumer(): Coroutine<void> {
      for (;;) {
        const item = yield* queue.get()
        yield* sleep(0.01)
        say('did', item)
        queue.taskDone()
      }
    }
    const task = createTask(consumer())
    yield* queue.join()
    say('joined', queue.qsize())
    task.cancel()
  },

  *joinAnEmptyQueue() {
    const queue = new Queue()
    yield* queue.join()
    say('at once')
  },

  *anEmptiedQueueIsNotDone() {
    const queue = new Queue<number>()
    queue.putNowait(1)
    function* joiner(): Coroutine<void> {
      yield* queue.join()
      say('joined')
    }
    const task = createTask(joiner())
    say(yield* queue.get())
    yield* sleep(0.01)
    say('taken', task.done())
    queue.taskDone()
    yield* task
  },

  *severalJoin() {
    const queue = new Queue<number>()
    queue.putNowait(1)
    function* joiner(name: string): Coroutine<void> {
      yield* queue.join()
      say(name, 'joined')
    }
    const tasks = [...'ab'].map((name) => createTask(joiner(name)))
    yield* sleep(0)
    queue.getNowait()
    queue.taskDone()
    say('done')
    for (const task of tasks) yield* task
  },

  *doneTooOften() {
    const queue = new Queue<number>()
    queue.putNowait(1)
    queue.getNowait()
    queue.taskDone()
    say(outcome(() => queue.taskDone()))
  },

  *getNowaitOfAnEmptyQueue() {
    say(outcome(() => new Queue().getNowait()))
  },

  *putNowaitToAFullQueue() {
    const queue = new Queue<number>(1)
    queue.putNowait(1)
    say(outcome(() => queue.putNowait(2)))
    say(queue.getNowait(), queue.qsize())
  },

  *noMaximum() {
    const queue = new Queue<number>(0)
    for (let item = 0; item < 1000; item++) queue.putNowait(item)
    say(queue.qsize(), queue.full(), new Queue(-1).full())
  },

  *aCancelledGetterTakesNothing() {
    const queue = new Queue<number>()
    function* getter(name: string): Coroutine<void> {
      try {
        say(name, yield* queue.get())
      } catch (error) {
        except(CancelledError, error)
        say(name, 'cancelled')
        throw error
      }
    }
    const first = createTask(getter('first'))
    const second = createTask(getter('second'))
    yield* sleep(0)
    first.cancel()
    yield* sleep(0)
    queue.putNowait(1)
    yield* second
    say(queue.qsize())
  },

  *aGetterCancelledAsItsItemComes() {
    const queue = new Queue<number>()
    function* getter(name: string): Coroutine<void> {
      try {
        say(name, yield* queue.get())
      } catch (error) {
        except(CancelledError, error)
        say(name, 'cancelled')
        throw error
      }
    }
    const first = createTask(getter('first'))
    const second = createTask(getter('second'))
    yield* sleep(0)
    queue.putNowait(1)
    first.cancel()
    yield* second
    say(queue.qsize(), first.cancelled())
  },

  *aPutterCancelledAsThereIsRoom() {
    const queue = new Queue<number>(1)
    queue.putNowait(0)
    function* putter(item: number): Coroutine<void> {
      try {
        yield* queue.put(item)
        say('put', item)
      } catch (error) {
        except(CancelledError, error)
        say('cancelled', item)
        throw error
      }
    }
    const first = createTask(putter(1))
    const second = createTask(putter(2))
    yield* sleep(0)
    say(queue.getNowait())
    first.cancel()
    yield* second
    say(queue.getNowait(), queue.qsize())
  },

  *anItemPutByANewcomerGoesFirst() {
    const queue = new Queue<number>()
    function* getter(name: string): Coroutine<void> {
      say(name, yield* queue.get())
    }
    const waiting = createTask(getter('waiting'))
    yield* sleep(0)
    queue.putNowait(1)
    say('newcomer', yield* queue.get())
    queue.putNowait(2)
    yield* waiting
  },
} satisfies Programmes
