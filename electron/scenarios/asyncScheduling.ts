import { EventLoop, runCoroutineThreadsafe, sleep } from '../loop/index'
import { Thread } from '../threads/thread'
import { ThreadQueue } from '../threads/threadQueue'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { type DurationsParameters, defineScenario, greatest, python, schedulingGroup } from './scenario'

// #region programme
/** A coroutine: while it awaits its sleep, the loop is free. */
export function* work(seconds: number, name: string, messages: ThreadQueue<string>) {
  yield* sleep(seconds) // @work-suspended
  messages.put(name)
}

export function main({ durations }: DurationsParameters) {
  const loop = new EventLoop()
  const messages = new ThreadQueue<string>()
  new Thread(loop.runForever).start()
  for (const [i, seconds] of durations.entries()) {
    runCoroutineThreadsafe(loop, work, seconds, ordinal(i), messages) // @work-ready
  }
  for (const _ of durations) print(`${messages.get()} is done`) // @main-waiting
  loop.callSoonThreadsafe(loop.stop)
}
// #endregion

export const scenario = defineScenario<DurationsParameters>({
  id: 'async-scheduling',
  ...schedulingGroup,
  title: { en: 'Asynchronous scheduling', zh: '异步调度' },
  menu: { en: 'Asynchronous', zh: '异步' },
  lookFor: {
    en: 'Both tasks start at once, since an awaited sleep leaves the loop free. The shorter one ends first, and the total is the longest, not the sum. (In the tutorials main waits on for ever; here it stops the loop after the last message.)',
    zh: '两个任务同时开始，因为 await 的睡眠不占用事件循环。较短的先结束，总时间等于最长的一个，而不是相加。（教程里的主线程会一直等下去；这里收到最后一条消息后它会停止事件循环。）',
  },
  contrastNote: { en: 'coroutines, the sleep is awaited', zh: '协程，睡眠是被 await 的' },
  reported: { en: '6 s: second at 3 s, first at 6 s', zh: '6 秒：第二个在 3 秒，第一个在 6 秒' },
  python: python`
    import asyncio
    import queue
    import threading

    SPEED = 1
    DURATIONS = [6, 3]
    ${pythonOrdinal}


    async def work(seconds, name, messages):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended
        messages.put(name)


    def main():
        loop = asyncio.new_event_loop()
        messages = queue.Queue()
        threading.Thread(target=loop.run_forever).start()
        for i, seconds in enumerate(DURATIONS):
            asyncio.run_coroutine_threadsafe(work(seconds, name_of(i), messages), loop)  # @work-ready
        for _ in DURATIONS:
            print(f"{messages.get()} is done")  # @main-waiting
        loop.call_soon_threadsafe(loop.stop)


    main()
  `,
  main,
  ideal: ({ durations }) => Math.max(...durations),
  formula: ({ durations }) => greatest(durations),
})
