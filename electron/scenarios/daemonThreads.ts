import { Thread } from '../threads/thread'
import { blockingSleep, print } from '../threads/time'
import { defineScenario, python, type ThreadsParameters, threadsGroup } from './scenario'

// #region programme
/** Sleeps on its own thread, prints its name, sleeps again. */
export function work(name: string, [first = 0, ...others]: readonly number[]) {
  blockingSleep(first) // @work-sleeping
  print(name)
  for (const seconds of others) blockingSleep(seconds) // @work-sleeping
}

export function main({ threads, sleeps }: ThreadsParameters) {
  for (let n = 1; n <= threads; n++) {
    const name = `thread-${n}`
    new Thread(work, [name, sleeps], { name, daemon: true }).start() // @work-created @work-ready
  }
}
// #endregion

export const scenario = defineScenario<ThreadsParameters>({
  id: 'daemon-threads',
  ...threadsGroup,
  title: { en: 'Daemon threads', zh: '守护线程' },
  menu: { en: 'Daemon threads', zh: '守护线程' },
  lookFor: {
    en: 'The same threads, as daemons: when main ends, the process ends with it, and every thread is killed in the middle of its sleep. None finishes.',
    zh: '同样的线程，但都是守护线程：主线程一结束，进程也随之结束，所有线程都在睡眠中途被终止，没有一个能完成。',
  },
  contrastNote: { en: 'the process ends with main and takes them along', zh: '主线程结束，守护线程随之被终止' },
  reported: { en: 'main ended at 0.002954 s', zh: '主线程在 0.002954 秒结束' },
  python: python`
    import threading
    import time

    SPEED = 1
    THREADS = 5
    SLEEPS = [2, 2]


    def work(name, sleeps):
        time.sleep(sleeps[0] / SPEED)  # @work-sleeping
        print(name)
        for seconds in sleeps[1:]:
            time.sleep(seconds / SPEED)  # @work-sleeping


    def main():
        for n in range(1, THREADS + 1):
            name = f"thread-{n}"
            threading.Thread(target=work, args=(name, SLEEPS), name=name, daemon=True).start()  # @work-created @work-ready


    main()
  `,
  main,
  ideal: () => 0,
  formula: () => '0',
})
