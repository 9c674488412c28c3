import { type Coroutine, createTask, currentTask, EventLoop, runCoroutineThreadsafe, sleep } from '../../../electron/loop/index'
import { Thread } from '../../../electron/threads/thread'
import { print } from '../../../electron/threads/time'
import { testScenario } from './programme'

/** Fails before there is a coroutine: while its arguments are taken apart. */
export function* destructures({ a }: { a: number }): Coroutine<number> {
  yield* sleep(0.01)
  return a
}
export function plain(): string {
  return 'not a coroutine'
}
export function* returnsFunction(): Coroutine<unknown> {
  return () => 'cannot cross'
}
export function* steady(): Coroutine<string> {
  yield* sleep(0.01)
  return 'still running'
}
export function* badDoneCallback(): Coroutine<string> {
  const inner = createTask(steady(), { name: 'inner' })
  inner.addDoneCallback(() => {
    throw new RangeError('too far')
  })
  return yield* inner
}
// biome-ignore lint/correctness/useYield: it ends in the step in which it cancels itself
export function* cancelsItself(): Coroutine<string> {
  currentTask()!.cancel()
  return 'came back'
}

function outcome(read: () => unknown): string {
  try {
    return String(read())
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

/** Submits the fault, prints what its future tells, and asks whether the loop still runs others. */
function faulty(coroutine: (...args: never[]) => unknown, ...args: unknown[]): () => void {
  return () => {
    const loop = new EventLoop()
    new Thread(loop.runForever).start()
    const submitted = coroutine as (...given: unknown[]) => Coroutine<unknown>
    print(outcome(() => runCoroutineThreadsafe(loop, submitted, ...args).result(2)))
    print(outcome(() => runCoroutineThreadsafe(loop, steady).result(2)))
    loop.callSoonThreadsafe(loop.stop)
  }
}

const programmes = {
  destructures: faulty(destructures, null),
  plain: faulty(plain),
  returnsFunction: faulty(returnsFunction),
  badDoneCallback: faulty(badDoneCallback),
  cancelsItself: faulty(cancelsItself),
}

export const scenario = testScenario('loop-faults-test', 1, programmes)
