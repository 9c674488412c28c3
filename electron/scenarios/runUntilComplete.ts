import { EventLoop, sleep } from '../loop'
import { print } from '../threads/time'
import { defineScenario, loopGroup, python, type SleepParameters, seconds } from './scenario'

// #region programme
export function* work(seconds: number) {
  print('the task begins')
  yield* sleep(seconds) // @work-suspended
  print('the task ends')
}

export function main({ sleep: seconds }: SleepParameters) {
  const loop = new EventLoop()
  const task = loop.createTask(work(seconds), { name: 'task' }) // @work-ready
  loop.runUntilComplete(task) // @main-waiting
  print('the loop has stopped')
}
// #endregion

export const scenario = defineScenario<SleepParameters>({
  id: 'run-until-complete',
  ...loopGroup,
  title: { en: 'Run until complete', zh: '运行到完成为止' },
  menu: { en: 'Run until complete', zh: '运行到完成' },
  lookFor: {
    en: 'The loop runs one task and stops when that task is done: the band of the loop ends where the task’s bar ends, and the programme goes on after the call.',
    zh: '事件循环运行一个任务，任务一完成就停止：事件循环的带子与任务的条在同一处结束，程序从这次调用之后继续。',
  },
  contrastNote: { en: 'the loop ends with its task', zh: '事件循环随任务结束' },
  parameters: [seconds('sleep', 1)],
  contrast: ['run-until-complete', 'gather-then-stop'],
  python: python`
    import asyncio

    SPEED = 1
    SLEEP = 1


    async def work(seconds):
        print("the task begins")
        await asyncio.sleep(seconds / SPEED)  # @work-suspended
        print("the task ends")


    def main():
        loop = asyncio.new_event_loop()
        task = loop.create_task(work(SLEEP), name="task")  # @work-ready
        loop.run_until_complete(task)  # @main-waiting
        print("the loop has stopped")
        loop.close()


    main()
  `,
  main,
  ideal: ({ sleep }) => sleep,
  formula: ({ sleep }) => String(sleep),
})
