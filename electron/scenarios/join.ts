import { Thread } from '../threads/thread'
import { blockingSleep, print } from '../threads/time'
import { defineScenario, sum, type ThreadsParameters, threadsGroup } from './scenario'

// #region programme
/** Sleeps on its own thread, prints its name, sleeps again. */
export function work(name: string, [first = 0, ...others]: readonly number[]) {
  blockingSleep(first)
  print(name)
  for (const seconds of others) blockingSleep(seconds)
}

export function main({ threads, sleeps }: ThreadsParameters) {
  for (let n = 1; n <= threads; n++) {
    const name = `thread-${n}`
    const thread = new Thread(work, [name, sleeps], { name })
    thread.start()
    thread.join()
  }
}
// #endregion

export const scenario = defineScenario<ThreadsParameters>({
  id: 'join',
  ...threadsGroup,
  title: { en: 'Join, one by one' },
  menu: { en: 'Join, one by one' },
  lookFor: {
    en: 'Main starts a thread and joins it before it starts the next: a staircase. Main does nothing meanwhile but wait.',
  },
  contrastNote: { en: 'main joins each thread before it starts the next' },
  reported: { en: '20.015406 s, in order 1 to 5' },
  main,
  ideal: ({ threads, sleeps }) => threads * sum(sleeps),
})
