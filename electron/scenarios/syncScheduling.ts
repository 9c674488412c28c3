import { EventLoop } from '../loop/eventLoop'
import { Thread } from '../threads/thread'
import { ThreadQueue } from '../threads/threadQueue'
import { blockingSleep, print } from '../threads/time'
import { ordinal } from './ordinal'
import { type DurationsParameters, defineScenario, schedulingGroup, sum } from './scenario'

// #region programme
/** A plain function: its sleep holds the loop's thread. */
export function work(seconds: number, name: string, messages: ThreadQueue<string>) {
  blockingSleep(seconds)
  messages.put(name)
}

export function main({ durations }: DurationsParameters) {
  const loop = new EventLoop()
  const messages = new ThreadQueue<string>()
  new Thread(loop.runForever).start()
  for (const [i, seconds] of durations.entries()) {
    loop.callSoonThreadsafe(work, seconds, ordinal(i), messages)
  }
  for (const _ of durations) print(`${messages.get()} is done`)
  loop.callSoonThreadsafe(loop.stop)
}
// #endregion

export const scenario = defineScenario<DurationsParameters>({
  id: 'sync-scheduling',
  ...schedulingGroup,
  title: { en: 'Synchronous scheduling' },
  menu: { en: 'Synchronous' },
  lookFor: {
    en: 'The second task is ready at once and cannot run before the first has ended, which sleeps on the loop’s own thread. (In the tutorials main waits on for ever; here it stops the loop after the last message.)',
  },
  contrastNote: { en: 'plain functions, the sleep blocks the loop’s thread' },
  reported: { en: '9 s: first at 6 s, second at 9 s' },
  main,
  ideal: ({ durations }) => sum(durations),
})
