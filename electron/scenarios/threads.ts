import { Thread } from '../threads/thread'
import { blockingSleep, print } from '../threads/time'
import { defineScenario, plus, python, sum, type ThreadsParameters, threadsGroup } from './scenario'

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
    new Thread(work, [name, sleeps], { name }).start() // @work-created @work-ready
  }
}
// #endregion

export const scenario = defineScenario<ThreadsParameters>({
  id: 'threads',
  ...threadsGroup,
  title: { en: 'Threads', zh: '线程' },
  menu: { en: 'Threads', zh: '线程' },
  lookFor: {
    en: 'Main starts its threads and ends within milliseconds. The process stays up until the last thread has ended; in which order they end is not promised.',
    zh: '主线程启动各个线程，几毫秒后自己就结束了。进程要等最后一个线程结束才退出；各线程以什么次序结束，没有保证。',
  },
  contrastNote: { en: 'main ends at once; the process waits for the last thread', zh: '主线程立刻结束，进程等待最后一个线程' },
  reported: { en: 'main ended at 0.002953 s', zh: '主线程在 0.002953 秒结束' },
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
            threading.Thread(target=work, args=(name, SLEEPS), name=name).start()  # @work-created @work-ready


    main()
  `,
  main,
  ideal: ({ sleeps }) => sum(sleeps),
  formula: ({ sleeps }) => plus(sleeps),
})
