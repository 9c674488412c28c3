import {
  CancelledError,
  type Coroutine,
  createTask,
  EventLoop,
  runCoroutineThreadsafe,
  sleep,
} from '../../../electron/loop/index'
import { Thread } from '../../../electron/threads/thread'
import { ThreadQueue } from '../../../electron/threads/threadQueue'
import { blockingSleep, print } from '../../../electron/threads/time'
import { testScenario } from './programme'

export function* add(a: number, b: number): Coroutine<number> {
  yield* sleep(0.02)
  return a + b
}
// biome-ignore lint/correctness/useYield: a coroutine may fail before it awaits anything
export function* failing(): Coroutine<never> {
  throw new TypeError('not a number')
}
export function* failingLater(): Coroutine<never> {
  yield* sleep(0.01)
  throw new TypeError('later')
}
export function* sleepy(name: string): Coroutine<string> {
  try {
    yield* sleep(30)
    return name
  } catch (error) {
    print(`${name} ${error instanceof CancelledError ? 'was cancelled' : String(error)}`)
    throw error
  }
}
export function* stubborn(): Coroutine<string> {
  try {
    yield* sleep(30)
  } catch {
    return 'stayed'
  }
  return 'slept'
}
export function* turns(name: string): Coroutine<void> {
  for (let turn = 1; turn <= 3; turn++) {
    print(`${name}${turn}`)
    yield* sleep(0)
  }
}
export function* settled(): Coroutine<void> {
  for (let turn = 0; turn < 5; turn++) yield* sleep(0)
}
export function* parent(): Coroutine<string> {
  const first = createTask(add(1, 2), { name: 'inner-1' })
  const second = createTask(failingLater(), { name: 'inner-2' })
  const sum = yield* first
  try {
    yield* second
    return 'no error'
  } catch (error) {
    return `${sum} ${(error as Error).message}`
  }
}
export function* holder(): Coroutine<void> {
  const timer = createTask(delayed(0.02, 'held up'), { name: 'timer' })
  yield* sleep(0)
  blockingSleep(0.1)
  yield* timer
}
export function* delayed(seconds: number, name: string): Coroutine<void> {
  yield* sleep(seconds)
  print(name)
}
export function callback(name: string) {
  print(name)
}
export function badCallback() {
  throw new Error('callback broke')
}
export function gate(reached: ThreadQueue<string>, open: ThreadQueue<string>) {
  reached.put('here')
  open.get()
}
let noted: number[] = []
export function note(item: number | { readonly item: number }) {
  noted.push(typeof item === 'number' ? item : item.item)
}
export function tellNoted() {
  print(`${noted.length} in order: ${noted.every((item, i) => item === i)}`)
  noted = []
}
export function submitter(loop: EventLoop, name: string, done: ThreadQueue<string>) {
  const future = runCoroutineThreadsafe(loop, add, 20, 22)
  done.put(`${name} ${future.result()}`)
}

function withLoop(body: (loop: EventLoop) => void): () => void {
  return () => {
    const loop = new EventLoop()
    new Thread(loop.runForever).start()
    body(loop)
    loop.callSoonThreadsafe(loop.stop)
  }
}

/** While `submit` runs the loop's thread stands at a gate: what it submits is in the ready queue before any of it runs. */
function held<T>(loop: EventLoop, submit: () => T): T {
  const [reached, open] = [new ThreadQueue<string>(), new ThreadQueue<string>()]
  loop.callSoonThreadsafe(gate, reached, open)
  reached.get()
  const submitted = submit()
  open.put('go')
  return submitted
}

/** Returns when what was submitted before has had its turns. */
const settle = (loop: EventLoop) => runCoroutineThreadsafe(loop, settled).result()

function outcome(read: () => unknown): string {
  try {
    return String(read())
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

const programmes = {
  results: withLoop((loop) => {
    print(outcome(() => runCoroutineThreadsafe(loop, add, 1, 2).result()))
    print(outcome(() => runCoroutineThreadsafe(loop, failing).result()))
    print(outcome(() => runCoroutineThreadsafe(loop, parent).result()))
    const slow = runCoroutineThreadsafe(loop, sleepy, 'slow')
    print(outcome(() => slow.result(0.05)))
    slow.cancel()
    print(outcome(() => slow.result()))
    settle(loop)
    const kept = runCoroutineThreadsafe(loop, stubborn)
    print(outcome(() => kept.result(0.05)))
    kept.cancel()
    print(outcome(() => kept.result()))
    settle(loop)
  }),
  fairness: withLoop((loop) => {
    const tasks = held(loop, () => ['a', 'b', 'c'].map((name) => runCoroutineThreadsafe(loop, turns, name)))
    for (const task of tasks) task.result()
  }),
  timers: withLoop((loop) => {
    const waits: [number, string][] = [
      [0.09, 'd'],
      [0.03, 'b'],
      [0.06, 'c'],
      [0.01, 'a'],
    ]
    const tasks = waits.map(([seconds, name]) => runCoroutineThreadsafe(loop, delayed, seconds, name))
    for (const task of tasks) task.result()
  }),
  heldTimer: withLoop((loop) => {
    runCoroutineThreadsafe(loop, holder).result()
  }),
  callbacks: withLoop((loop) => {
    loop.callSoonThreadsafe(callback, 'one')
    loop.callSoonThreadsafe(badCallback)
    held(loop, () => {
      loop.callSoonThreadsafe(callback, 'cancelled').cancel()
      loop.callSoonThreadsafe(callback, 'three')
    })
  }),
  order: withLoop((loop) => {
    // More than the line's shared memory takes, and some that take its port anyway.
    held(loop, () => {
      for (let item = 0; item < 8000; item++) {
        if (item % 7 === 0) loop.callSoonThreadsafe(note, { item })
        else loop.callSoonThreadsafe(note, item)
      }
      loop.callSoonThreadsafe(tellNoted)
    })
  }),
  cancelEarly: withLoop((loop) => {
    held(loop, () => runCoroutineThreadsafe(loop, sleepy, 'early').cancel())
    settle(loop)
  }),
}

export const scenario = testScenario('loops-test', 1, programmes)
