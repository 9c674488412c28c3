import { sleep } from '../loop/coroutines'
import { EventLoop, runCoroutineThreadsafe } from '../loop/eventLoop'
import { Thread } from '../threads/thread'
import { ThreadQueue } from '../threads/threadQueue'
import { print } from '../threads/time'
import { ordinal } from './ordinal'
import { type DurationsParameters, defineScenario, schedulingGroup } from './scenario'

// #region programme
/** A coroutine: while it awaits its sleep, the loop is free. */
export function* work(seconds: number, name: string, messages: ThreadQueue<string>) {
  yield* sleep(seconds)
  messages.put(name)
}

export function main({ durations }: DurationsParameters) {
  const loop = new EventLoop()
  const messages = new ThreadQueue<string>()
  new Thread(loop.runForever).start()
  for (const [i, seconds] of durations.entries()) {
    runCoroutineThreadsafe(loop, work, seconds, ordinal(i), messages)
  }
  for (const _ of durations) print(`${messages.get()} is done`)
  loop.callSoonThreadsafe(loop.stop)
}
// #endregion

export const scenario = defineScenario<DurationsParameters>({
  id: 'async-scheduling',
  ...schedulingGroup,
  title: { en: 'Asynchronous scheduling' },
  menu: { en: 'Asynchronous' },
  lookFor: {
    en: 'Both tasks start at once, since an awaited sleep leaves the loop free. The shorter one ends first, and the total is the longest, not the sum. (In the tutorials main waits on for ever; here it stops the loop after the last message.)',
  },
  contrastNote: { en: 'coroutines, the sleep is awaited' },
  reported: { en: '6 s: second at 3 s, first at 6 s' },
  main,
  ideal: ({ durations }) => Math.max(...durations),
})
