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
  loop.runForever() // @main-waiting
  print(`the loop has stopped: ${task}`) // @never-reached
}
// #endregion

export const scenario = defineScenario<SleepParameters>({
  id: 'run-forever',
  ...loopGroup,
  title: { en: 'Run forever', zh: '一直运行' },
  menu: { en: 'Run forever', zh: '一直运行' },
  lookFor: {
    en: 'The same task. It ends, and the loop does not: its band goes on, idle, and main stays in the call for ever. The line after run_forever() is never reached. Stop ends it.',
    zh: '同样的任务。任务结束了，事件循环却没有：它的带子空闲着继续延伸，主线程永远停在这次调用里。run_forever() 之后的那一行永远到不了。按“停止”结束。',
  },
  contrastNote: { en: 'the loop goes on, idle', zh: '事件循环空闲着继续' },
  endless: true,
  parameters: [seconds('sleep', 1)],
  contrast: ['run-until-complete', 'run-forever'],
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
        loop.run_forever()  # @main-waiting
        print(f"the loop has stopped: {task}")  # @never-reached


    main()
  `,
  main,
  ideal: () => null,
  formula: () => null,
})
