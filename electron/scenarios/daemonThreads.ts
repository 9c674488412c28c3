import { Thread } from '../threads/thread'
import { blockingSleep, print } from '../threads/time'
import { defineScenario, type ThreadsParameters, threadsGroup } from './scenario'

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
    new Thread(work, [name, sleeps], { name, daemon: true }).start()
  }
}
// #endregion

export const scenario = defineScenario<ThreadsParameters>({
  id: 'daemon-threads',
  ...threadsGroup,
  title: { en: 'Daemon threads' },
  menu: { en: 'Daemon threads' },
  lookFor: {
    en: 'The same threads, as daemons: when main ends, the process ends with it, and every thread is killed in the middle of its sleep. None finishes.',
  },
  contrastNote: { en: 'the process ends with main and takes them along' },
  reported: { en: 'main ended at 0.002954 s' },
  main,
  ideal: () => 0,
})
