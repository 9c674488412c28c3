import { EventLoop, gather } from '../loop'
import { blockingSleep, print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { coroutinesGroup, defineScenario, python, seconds, tasksCount } from './scenario'

type TasksParameters = { readonly tasks: number; readonly sleep: number }

// #region programme
/** A coroutine in name only: its sleep blocks, and it never gives the loop away. */
export function* work(seconds: number, name: string) {
  blockingSleep(seconds) // @work-sleeping
  print(`${name} is done`)
}

export function main({ tasks, sleep: seconds }: TasksParameters) {
  const loop = new EventLoop()
  const all = []
  for (let i = 0; i < tasks; i++) {
    const name = ordinal(i)
    all.push(loop.createTask(work(seconds, name), { name })) // @work-ready
  }
  loop.runUntilComplete(gather(...all)) // @main-waiting
}
// #endregion

export const scenario = defineScenario<TasksParameters>({
  id: 'blocking-in-coroutine',
  ...coroutinesGroup,
  title: { en: 'Blocking inside a coroutine', zh: '协程里的阻塞' },
  menu: { en: 'Blocking inside', zh: '协程里的阻塞' },
  lookFor: {
    en: 'All tasks are ready at once, and yet they run one after another: a blocking sleep inside a coroutine holds the loop, and nobody else gets a turn. Asynchronous in name only.',
    zh: '所有任务一开始就都就绪，却仍然一个接一个地运行：协程里的阻塞睡眠占住了事件循环，别的任务轮不到。只是名义上的异步。',
  },
  contrastNote: { en: 'coroutines that block', zh: '会阻塞的协程' },
  parameters: [tasksCount(3), seconds('sleep', 2)],
  contrast: ['blocking-in-coroutine', 'same-sleep-many'],
  python: python`
    import asyncio
    import time

    SPEED = 1
    TASKS = 3
    SLEEP = 2
    ${pythonOrdinal}

    async def work(seconds, name):
        time.sleep(seconds / SPEED)  # @work-sleeping
        print(f"{name} is done")


    def main():
        loop = asyncio.new_event_loop()
        tasks = []
        for i in range(TASKS):
            name = name_of(i)
            tasks.append(loop.create_task(work(SLEEP, name), name=name))  # @work-ready
        loop.run_until_complete(asyncio.gather(*tasks))  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: ({ tasks, sleep }) => tasks * sleep,
  formula: ({ tasks, sleep }) => `${tasks} × ${sleep}`,
})
