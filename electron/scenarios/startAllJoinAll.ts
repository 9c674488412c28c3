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
  const started: Thread[] = []
  for (let n = 1; n <= threads; n++) {
    const name = `thread-${n}`
    const thread = new Thread(work, [name, sleeps], { name })
    thread.start()
    started.push(thread)
  }
  for (const thread of started) thread.join()
}
// #endregion

export const scenario = defineScenario<ThreadsParameters>({
  id: 'start-all-join-all',
  ...threadsGroup,
  title: { en: 'Start all, join all' },
  menu: { en: 'Start all, join all' },
  lookFor: {
    en: 'Main starts every thread first and joins them after: the bars overlap. It is not joining that makes them queue, but where you join.',
  },
  contrastNote: { en: 'main starts all, then joins all' },
  reported: null,
  main,
  ideal: ({ sleeps }) => sum(sleeps),
})
