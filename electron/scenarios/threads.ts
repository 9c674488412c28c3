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
    new Thread(work, [name, sleeps], { name }).start()
  }
}
// #endregion

export const scenario = defineScenario<ThreadsParameters>({
  id: 'threads',
  ...threadsGroup,
  title: { en: 'Threads' },
  menu: { en: 'Threads' },
  lookFor: {
    en: 'Main starts its threads and ends within milliseconds. The process stays up until the last thread has ended; in which order they end is not promised.',
  },
  contrastNote: { en: 'main ends at once; the process waits for the last thread' },
  reported: { en: 'main ended at 0.002953 s' },
  main,
  ideal: ({ sleeps }) => sum(sleeps),
})
