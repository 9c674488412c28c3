import {
  type Coroutine,
  coroutine,
  createTask,
  EventLoop,
  gather,
  Queue,
  runCoroutineThreadsafe,
  sleep,
} from '../../../electron/loop/index'
import { Thread } from '../../../electron/threads/thread'
import { blockingSleep, print } from '../../../electron/threads/time'
import { testScenario } from './programme'

export function* nap(seconds: number, name: string): Coroutine<string> {
  yield* sleep(seconds)
  return name
}
// biome-ignore lint/correctness/useYield: a coroutine may fail before it awaits anything
export function* failing(): Coroutine<never> {
  throw new RangeError('nobody asks')
}
export function* outer(): Coroutine<string[]> {
  return yield* gather(createTask(nap(0.02, 'a'), { name: 'a' }), createTask(nap(0.01, 'b'), { name: 'b' }))
}
export function* produce(queue: Queue<number>): Coroutine<void> {
  for (let item = 1; item <= 3; item++) yield* queue.put(item)
  yield* queue.join()
}
export function* consume(queue: Queue<number>): Coroutine<void> {
  for (;;) {
    print(`got ${yield* queue.get()}`)
    queue.taskDone()
  }
}
export function threadMain() {
  const loop = new EventLoop()
  print(loop.runUntilComplete(nap(0.01, 'on a thread')))
}
export function submitNap(loop: EventLoop) {
  print(runCoroutineThreadsafe(loop, nap, 0.01, 'from outside').result())
  loop.callSoonThreadsafe(loop.stop)
}
function told(future: { result(): unknown }) {
  print(`told ${String(future.result())}`)
}

const programmes = {
  untilComplete() {
    const loop = new EventLoop()
    print(loop.runUntilComplete(outer()).join())
  },
  created() {
    const work = coroutine(nap, 0.01, 'late')
    blockingSleep(0.03)
    const loop = new EventLoop()
    loop.runUntilComplete(loop.createTask(work))
  },
  twice() {
    const loop = new EventLoop()
    const task = loop.createTask(nap(0.01, 'told'), { name: 'told' })
    task.addDoneCallback(told)
    loop.runUntilComplete(task)
    blockingSleep(0.02)
    loop.runUntilComplete(loop.createTask(nap(0.01, 'again'), { name: 'again' }))
    loop.close()
    loop.runUntilComplete(nap(0.01, 'never'))
  },
  leftPending() {
    const loop = new EventLoop()
    loop.createTask(nap(30, 'long'), { name: 'long' })
    loop.createTask(failing(), { name: 'failing' })
    loop.callLater(0.01, loop.stop)
    loop.runForever()
    print('stopped')
  },
  queue() {
    const loop = new EventLoop()
    const queue = new Queue<number>(2)
    loop.createTask(consume(queue), { name: 'consumer' })
    loop.runUntilComplete(produce(queue))
  },
  thread() {
    new Thread(threadMain, [], { name: 'own' }).start()
  },
  fromOutside() {
    const loop = new EventLoop()
    new Thread(submitNap, [loop]).start()
    loop.runForever()
  },
  endless() {
    const loop = new EventLoop()
    loop.createTask(nap(0.01, 'quick'), { name: 'quick' })
    loop.createTask(nap(30, 'slow'), { name: 'slow' })
    loop.runForever()
    print('never reached')
  },
  busy() {
    const loop = new EventLoop()
    const again = () => loop.callSoon(again)
    again()
    loop.runForever()
  },
}

export const scenario = testScenario('own-loops-test', 2, programmes)
