import { EventLoop, gather, sleep } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { coroutinesGroup, defineScenario, python, seconds, tasksCount } from './scenario'

type TasksParameters = { readonly tasks: number; readonly sleep: number }

// #region programme
export function* work(seconds: number) {
  yield* sleep(seconds) // @work-suspended
}

export function main({ tasks, sleep: seconds }: TasksParameters) {
  const loop = new EventLoop()
  const all = []
  for (let i = 0; i < tasks; i++) {
    all.push(loop.createTask(work(seconds), { name: ordinal(i) })) // @work-ready
  }
  loop.runUntilComplete(gather(...all)) // @main-waiting
  print(`${tasks} tasks are done`)
}
// #endregion

export const scenario = defineScenario<TasksParameters>({
  id: 'same-sleep-many',
  ...coroutinesGroup,
  title: { en: 'Many of equal length', zh: '许多同样长的任务' },
  menu: { en: 'Many of equal length', zh: '同样长的任务' },
  lookFor: {
    en: 'Many tasks that sleep equally long take as long as one of them: while they are suspended, the loop is free for the others. Try 1,000.',
    zh: '许多睡眠时间相同的任务，总共只需要一个任务的时间：它们挂起时，事件循环可以为别的任务服务。试试 1000 个。',
  },
  contrastNote: { en: 'coroutines that await', zh: '会 await 的协程' },
  reported: { en: '1 s', zh: '1 秒' },
  parameters: [tasksCount(4), seconds('sleep', 1)],
  contrast: ['same-sleep-many', 'blocking-in-coroutine'],
  python: python`
    import asyncio

    SPEED = 1
    TASKS = 4
    SLEEP = 1
    ${pythonOrdinal}

    async def work(seconds):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended


    def main():
        loop = asyncio.new_event_loop()
        tasks = []
        for i in range(TASKS):
            tasks.append(loop.create_task(work(SLEEP), name=name_of(i)))  # @work-ready
        loop.run_until_complete(asyncio.gather(*tasks))  # @main-waiting
        print(f"{TASKS} tasks are done")
        loop.close()


    main()
  `,
  main,
  ideal: ({ sleep }) => sleep,
  formula: ({ sleep }) => String(sleep),
})
