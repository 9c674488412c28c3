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
    const thread = new Thread(work, [name, sleeps], { name }) // @work-created
    thread.start() // @work-ready
    thread.join() // @main-waiting
  }
}
// #endregion

export const scenario = defineScenario<ThreadsParameters>({
  id: 'join',
  ...threadsGroup,
  title: { en: 'Join, one by one', zh: '逐个 join' },
  menu: { en: 'Join, one by one', zh: '逐个 join' },
  lookFor: {
    en: 'Main starts a thread and joins it before it starts the next: a staircase. Main does nothing meanwhile but wait.',
    zh: '主线程启动一个线程并 join 它，然后才启动下一个：形成阶梯。主线程这段时间里什么也不做，只是等待。',
  },
  contrastNote: { en: 'main joins each thread before it starts the next', zh: '主线程 join 完一个才启动下一个' },
  reported: { en: '20.015406 s, in order 1 to 5', zh: '20.015406 秒，次序 1 到 5' },
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
            thread = threading.Thread(target=work, args=(name, SLEEPS), name=name)  # @work-created
            thread.start()  # @work-ready
            thread.join()  # @main-waiting


    main()
  `,
  main,
  ideal: ({ threads, sleeps }) => threads * sum(sleeps),
  formula: ({ threads, sleeps }) => `${threads} × ${plus(sleeps, true)}`,
})
