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
  const started: Thread[] = []
  for (let n = 1; n <= threads; n++) {
    const name = `thread-${n}`
    const thread = new Thread(work, [name, sleeps], { name }) // @work-created
    thread.start() // @work-ready
    started.push(thread)
  }
  for (const thread of started) thread.join() // @main-waiting
}
// #endregion

export const scenario = defineScenario<ThreadsParameters>({
  id: 'start-all-join-all',
  ...threadsGroup,
  title: { en: 'Start all, join all', zh: '全部启动，再全部 join' },
  menu: { en: 'Start all, join all', zh: '全部启动再 join' },
  lookFor: {
    en: 'Main starts every thread first and joins them after: the bars overlap. It is not joining that makes them queue, but where you join.',
    zh: '主线程先启动所有线程，然后再逐一 join：各条重叠在一起。让它们排队的不是 join 本身，而是 join 的位置。',
  },
  contrastNote: { en: 'main starts all, then joins all', zh: '主线程先全部启动，再全部 join' },
  reported: null,
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
        started = []
        for n in range(1, THREADS + 1):
            name = f"thread-{n}"
            thread = threading.Thread(target=work, args=(name, SLEEPS), name=name)  # @work-created
            thread.start()  # @work-ready
            started.append(thread)
        for thread in started:
            thread.join()  # @main-waiting


    main()
  `,
  main,
  ideal: ({ sleeps }) => sum(sleeps),
  formula: ({ sleeps }) => plus(sleeps),
})
