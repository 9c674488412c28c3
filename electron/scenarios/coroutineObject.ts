import { coroutine, EventLoop, gather, isCoroutine, sleep } from '../loop'
import { blockingSleep, print } from '../threads/time'
import { coroutinesGroup, defineScenario, python, seconds } from './scenario'

type ObjectParameters = { readonly delay: number; readonly sleep: number }

// #region programme
export function* work(seconds: number, name: string) {
  print(`${name} runs`)
  yield* sleep(seconds) // @work-suspended
}

export function main({ delay, sleep: seconds }: ObjectParameters) {
  const loop = new EventLoop()
  const first = coroutine(work, seconds, 'first') // @work-created
  const second = coroutine(work, seconds, 'second') // @work-created
  print(`work() made a ${isCoroutine(first) ? 'coroutine' : typeof first}, and nothing of it runs`)
  blockingSleep(delay) // @main-sleeping
  const task = loop.createTask(first) // @work-ready
  const future = loop.ensureFuture(second) // @work-ready
  print('both are tasks now')
  loop.runUntilComplete(gather(task, future)) // @main-waiting
}
// #endregion

export const scenario = defineScenario<ObjectParameters>({
  id: 'coroutine-object',
  ...coroutinesGroup,
  title: { en: 'A coroutine object', zh: '协程对象' },
  menu: { en: 'Coroutine object', zh: '协程对象' },
  lookFor: {
    en: 'Calling a coroutine function runs nothing: it makes an object, and the bar is an empty outline. Only when it is scheduled, by create_task or ensure_future, which both make a task of it, does it become ready and run.',
    zh: '调用协程函数并不会运行任何代码：它只产生一个对象，图上是一条空心的条。直到用 create_task 或 ensure_future 安排它（两者都会把它变成任务），它才就绪并运行。',
  },
  contrastNote: { en: 'a coroutine waits for somebody to schedule it', zh: '协程等着被安排' },
  parameters: [seconds('delay', 2), seconds('sleep', 1)],
  contrast: ['coroutine-object', 'task-states'],
  python: python`
    import asyncio
    import time

    SPEED = 1
    DELAY = 2
    SLEEP = 1


    async def work(seconds, name):
        print(f"{name} runs")
        await asyncio.sleep(seconds / SPEED)  # @work-suspended


    def main():
        loop = asyncio.new_event_loop()
        first = work(SLEEP, "first")  # @work-created
        second = work(SLEEP, "second")  # @work-created
        print(f"work() made a {type(first).__name__}, and nothing of it runs")
        time.sleep(DELAY / SPEED)  # @main-sleeping
        task = loop.create_task(first)  # @work-ready
        future = asyncio.ensure_future(second, loop=loop)  # @work-ready
        print("both are tasks now")
        loop.run_until_complete(asyncio.gather(task, future))  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: ({ delay, sleep }) => delay + sleep,
  formula: ({ delay, sleep }) => `${delay} + ${sleep}`,
})
