import { type Coroutine, EventLoop, runCoroutineThreadsafe, sleep } from '../../../electron/loop/index'
import { Thread } from '../../../electron/threads/thread'
import { ThreadQueue } from '../../../electron/threads/threadQueue'
import { print } from '../../../electron/threads/time'
import * as loops from './loops'
import { testScenario } from './programme'

export function* nap(seconds: number, name: string): Coroutine<string> {
  yield* sleep(seconds)
  return name
}
/** Runs on a thread that was given the loop as an argument: it submits over a line of its own. */
export const submitter = loops.submitter

const programmes = {
  pending() {
    const loop = new EventLoop()
    new Thread(loop.runForever).start()
    const short = runCoroutineThreadsafe(loop, nap, 0.05, 'short')
    runCoroutineThreadsafe(loop, nap, 30, 'long')
    short.result()
    loop.callSoonThreadsafe(loop.stop)
  },
  daemonLoop() {
    const loop = new EventLoop()
    new Thread(loop.runForever, [], { daemon: true }).start()
    runCoroutineThreadsafe(loop, nap, 30, 'cut off')
    runCoroutineThreadsafe(loop, nap, 0.05, 'short').result()
  },
  handles() {
    const loop = new EventLoop()
    const done = new ThreadQueue<string>()
    new Thread(loop.runForever).start()
    new Thread(submitter, [loop, 'x', done]).start()
    new Thread(submitter, [loop, 'y', done]).start()
    print([done.get(), done.get()].sort().join(', '))
    loop.callSoonThreadsafe(loop.stop)
  },
}

export const scenario = testScenario('loop-stop-test', 3, programmes)
