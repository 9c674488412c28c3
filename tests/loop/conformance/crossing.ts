/** What other threads may do: the loop runs in a thread of its own, and the main thread submits to it. */
import {
  CancelledError,
  type Coroutine,
  type EventLoop,
  getRunningLoop,
  runCoroutineThreadsafe,
  sleep,
  ValueError,
} from '../../../electron/loop/index'
import { Thread } from '../../../electron/threads/thread'
import { ThreadQueue } from '../../../electron/threads/threadQueue'
import { turns as someTurns } from './coroutines'
import { except, outcome, type Programmes, report, say } from './events'

export { say, someTurns }

export function* add(a: number, b: number): Coroutine<number> {
  yield* sleep(0.01)
  return a + b
}

export function* failing(): Coroutine<void> {
  yield* sleep(0.01)
  throw new ValueError('no')
}

export function* sleeper(name: string): Coroutine<void> {
  try {
    yield* sleep(30)
  } catch (error) {
    except(CancelledError, error)
    say(name, 'sees it')
    throw error
  }
}

export function* stubborn(): Coroutine<string> {
  try {
    yield* sleep(30)
  } catch (error) {
    except(CancelledError, error)
    say('swallowed')
  }
  return 'stayed'
}

export function* turns(name: string): Coroutine<void> {
  for (const turn of [1, 2, 3]) {
    say(name, turn)
    yield* sleep(0)
  }
}

export function* soonInside(): Coroutine<void> {
  const loop = getRunningLoop()
  loop.callSoon(say, 'soon')
  loop.callSoonThreadsafe(say, 'threadsafe')
  loop.callSoon(say, 'soon again')
  yield* sleep(0.01)
}

export function reportHere(): void {
  getRunningLoop().setExceptionHandler(report)
}

export function fail(): void {
  throw new ValueError('no')
}

export function calling(loop: EventLoop, name: string): void {
  loop.callSoonThreadsafe(say, name)
  loop.callSoonThreadsafe(loop.stop)
}

export function closed(reached: ThreadQueue<string>, gate: ThreadQueue<string>): void {
  reached.put('here')
  gate.get()
}

/** When it returns the loop's thread stands at a gate: what is submitted now is ready before any of it runs. */
function hold(loop: EventLoop): ThreadQueue<string> {
  const reached = new ThreadQueue<string>()
  const gate = new ThreadQueue<string>()
  loop.callSoonThreadsafe(closed, reached, gate)
  reached.get()
  return gate
}

function letGo(gate: ThreadQueue<string>): void {
  gate.put('open')
}

function onAThread(loop: EventLoop): Thread {
  const thread = new Thread(loop.runForever)
  thread.start()
  return thread
}

function stop(loop: EventLoop, thread: Thread): void {
  loop.callSoonThreadsafe(loop.stop)
  thread.join()
}

/** Returns when what was submitted before has had its turns. */
function settle(loop: EventLoop): void {
  runCoroutineThreadsafe(loop, someTurns, 10).result()
}

export const programmes = {
  aResult(loop) {
    const thread = onAThread(loop)
    const future = runCoroutineThreadsafe(loop, add, 1, 2)
    say(future.result())
    say(future.done(), future.cancelled(), future.exception(), future.result())
    stop(loop, thread)
  },

  anException(loop) {
    const thread = onAThread(loop)
    const future = runCoroutineThreadsafe(loop, failing)
    say(outcome(() => future.result()))
    say(future.done(), future.cancelled(), future.exception())
    stop(loop, thread)
  },

  aResultThatIsLate(loop) {
    const thread = onAThread(loop)
    const gate = hold(loop)
    const future = runCoroutineThreadsafe(loop, add, 1, 2)
    say((outcome(() => future.result(0.01)) as Error).name)
    say(future.done())
    letGo(gate)
    say(future.result())
    stop(loop, thread)
  },

  cancelFromOutside(loop) {
    const thread = onAThread(loop)
    const future = runCoroutineThreadsafe(loop, sleeper, 'a')
    settle(loop)
    const gate = hold(loop)
    say(future.cancel(), future.cancelled(), future.done())
    say(outcome(() => future.result()))
    letGo(gate)
    settle(loop)
    stop(loop, thread)
  },

  cancelBeforeTheFirstStep(loop) {
    const thread = onAThread(loop)
    const gate = hold(loop)
    const future = runCoroutineThreadsafe(loop, sleeper, 'never')
    say(future.cancel())
    say(outcome(() => future.result()))
    letGo(gate)
    settle(loop)
    stop(loop, thread)
  },

  aCancellationThatIsSwallowed(loop) {
    const thread = onAThread(loop)
    const future = runCoroutineThreadsafe(loop, stubborn)
    settle(loop)
    const gate = hold(loop)
    say(future.cancel(), future.cancelled())
    say(outcome(() => future.result()))
    letGo(gate)
    settle(loop)
    say(future.cancelled())
    stop(loop, thread)
  },

  cancelWhatIsDone(loop) {
    const thread = onAThread(loop)
    const future = runCoroutineThreadsafe(loop, add, 1, 2)
    future.result()
    say(future.cancel(), future.cancelled(), future.result())
    stop(loop, thread)
  },

  cancelTwice(loop) {
    const thread = onAThread(loop)
    const future = runCoroutineThreadsafe(loop, sleeper, 'a')
    settle(loop)
    const gate = hold(loop)
    say(future.cancel(), future.cancel())
    letGo(gate)
    settle(loop)
    stop(loop, thread)
  },

  callsRunInTheOrderSubmitted(loop) {
    const thread = onAThread(loop)
    for (const name of 'abc') loop.callSoonThreadsafe(say, name)
    stop(loop, thread)
    say('joined')
  },

  callsAndCoroutinesShareOneQueue(loop) {
    const thread = onAThread(loop)
    const gate = hold(loop)
    loop.callSoonThreadsafe(say, 'first')
    const future = runCoroutineThreadsafe(loop, turns, 'task')
    loop.callSoonThreadsafe(say, 'last')
    letGo(gate)
    future.result()
    stop(loop, thread)
  },

  threeCoroutinesInterleave(loop) {
    const thread = onAThread(loop)
    const gate = hold(loop)
    const futures = [...'abc'].map((name) => runCoroutineThreadsafe(loop, turns, name))
    letGo(gate)
    for (const future of futures) future.result()
    stop(loop, thread)
  },

  aCallCancelledInTime(loop) {
    const thread = onAThread(loop)
    const gate = hold(loop)
    loop.callSoonThreadsafe(say, 'cancelled').cancel()
    loop.callSoonThreadsafe(say, 'kept')
    letGo(gate)
    stop(loop, thread)
  },

  aCallThatFails(loop) {
    const thread = onAThread(loop)
    loop.callSoonThreadsafe(reportHere)
    loop.callSoonThreadsafe(fail)
    loop.callSoonThreadsafe(say, 'next')
    stop(loop, thread)
  },

  threadsafeFromInsideIsSoon(loop) {
    const thread = onAThread(loop)
    runCoroutineThreadsafe(loop, soonInside).result()
    stop(loop, thread)
  },

  aCallRightBehindAStop(loop) {
    const thread = onAThread(loop)
    const gate = hold(loop)
    loop.callSoonThreadsafe(loop.stop)
    loop.callSoonThreadsafe(say, 'in the last turn')
    letGo(gate)
    thread.join()
    say('stopped', loop.isRunning())
  },

  submittedAfterItHasStopped(loop) {
    stop(loop, onAThread(loop))
    loop.callSoonThreadsafe(say, 'never')
    const future = runCoroutineThreadsafe(loop, sleeper, 'never')
    say(future.done(), loop.isRunning(), loop.isClosed())
    say((outcome(() => future.result(0.01)) as Error).name)
  },

  closeAfterTheThreadHasEnded(loop) {
    stop(loop, onAThread(loop))
    loop.close()
    say(
      loop.isClosed(),
      outcome(() => loop.callSoonThreadsafe(say, 'no')),
    )
  },

  closeWhileItRunsElsewhere(loop) {
    const thread = onAThread(loop)
    const gate = hold(loop)
    say(
      outcome(() => loop.close()),
      loop.isClosed(),
    )
    letGo(gate)
    stop(loop, thread)
  },

  anotherThreadCallsTheLoopOfMain(loop) {
    const thread = new Thread(calling, [loop, 'from the thread'])
    loop.callSoon(() => thread.start())
    loop.runForever()
    thread.join()
    say('stopped by the thread')
  },
} satisfies Programmes
