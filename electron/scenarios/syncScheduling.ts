import { EventLoop } from '../loop/index'
import { Thread } from '../threads/thread'
import { ThreadQueue } from '../threads/threadQueue'
import { blockingSleep, print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { type DurationsParameters, defineScenario, plus, python, schedulingGroup, sum } from './scenario'

// #region programme
/** A plain function: its sleep holds the loop's thread. */
export function work(seconds: number, name: string, messages: ThreadQueue<string>) {
  blockingSleep(seconds) // @work-sleeping
  messages.put(name)
}

export function main({ durations }: DurationsParameters) {
  const loop = new EventLoop()
  const messages = new ThreadQueue<string>()
  new Thread(loop.runForever).start()
  for (const [i, seconds] of durations.entries()) {
    loop.callSoonThreadsafe(work, seconds, ordinal(i), messages) // @work-ready
  }
  for (const _ of durations) print(`${messages.get()} is done`) // @main-waiting
  loop.callSoonThreadsafe(loop.stop)
}
// #endregion

export const scenario = defineScenario<DurationsParameters>({
  id: 'sync-scheduling',
  ...schedulingGroup,
  title: { en: 'Synchronous scheduling', zh: '同步调度' },
  menu: { en: 'Synchronous', zh: '同步' },
  lookFor: {
    en: 'The second task is ready at once and cannot run before the first has ended, which sleeps on the loop’s own thread. (In the tutorials main waits on for ever; here it stops the loop after the last message.)',
    zh: '第二个任务马上就绪，却要等第一个结束才能运行，因为第一个就睡在事件循环自己的线程上。（教程里的主线程会一直等下去；这里收到最后一条消息后它会停止事件循环。）',
  },
  contrastNote: { en: 'plain functions, the sleep blocks the loop’s thread', zh: '普通函数，睡眠占住事件循环的线程' },
  reported: { en: '9 s: first at 6 s, second at 9 s', zh: '9 秒：第一个在 6 秒，第二个在 9 秒' },
  python: python`
    import asyncio
    import queue
    import threading
    import time

    SPEED = 1
    DURATIONS = [6, 3]
    ${pythonOrdinal}


    def work(seconds, name, messages):
        time.sleep(seconds / SPEED)  # @work-sleeping
        messages.put(name)


    def main():
        loop = asyncio.new_event_loop()
        messages = queue.Queue()
        threading.Thread(target=loop.run_forever).start()
        for i, seconds in enumerate(DURATIONS):
            loop.call_soon_threadsafe(work, seconds, name_of(i), messages)  # @work-ready
        for _ in DURATIONS:
            print(f"{messages.get()} is done")  # @main-waiting
        loop.call_soon_threadsafe(loop.stop)


    main()
  `,
  main,
  ideal: ({ durations }) => sum(durations),
  formula: ({ durations }) => plus(durations),
})
