import { EventLoop, type Future } from '../loop'
import { blockingSleep, print } from '../threads/time'
import { coroutinesGroup, defineScenario, python, type SleepParameters, seconds } from './scenario'

// #region programme
/** Sleeps blocking: it is never suspended. */
export function* work(seconds: number) {
  blockingSleep(seconds) // @work-sleeping
  return `slept ${seconds} s`
}

export function announce(future: Future<unknown>) {
  print(`the callback received: ${future.result()}`)
}

export function main({ sleep: seconds }: SleepParameters) {
  const loop = new EventLoop()
  const task = loop.createTask(work(seconds), { name: 'first' }) // @work-ready
  task.addDoneCallback(announce)
  loop.runUntilComplete(task) // @main-waiting
}
// #endregion

export const scenario = defineScenario<SleepParameters>({
  id: 'done-callback',
  ...coroutinesGroup,
  title: { en: 'A done callback', zh: '完成回调' },
  menu: { en: 'Done callback', zh: '完成回调' },
  lookFor: {
    en: 'A callback is attached to a task. When the task has finished, the loop calls it in its next turn and hands it the task: the mark at the end of the bar names the result that it received.',
    zh: '给任务挂上一个回调。任务完成后，事件循环在下一轮调用它，并把任务交给它：条末端的标记写着它收到的结果。',
  },
  contrastNote: { en: 'the loop calls back with the result', zh: '事件循环带着结果回调' },
  parameters: [seconds('sleep', 2)],
  contrast: ['done-callback', 'task-states'],
  python: python`
    import asyncio
    import time

    SPEED = 1
    SLEEP = 2


    async def work(seconds):
        time.sleep(seconds / SPEED)  # @work-sleeping
        return f"slept {seconds} s"


    def announce(future):
        print(f"the callback received: {future.result()}")


    def main():
        loop = asyncio.new_event_loop()
        task = loop.create_task(work(SLEEP), name="first")  # @work-ready
        task.add_done_callback(announce)
        loop.run_until_complete(task)  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: ({ sleep }) => sleep,
  formula: ({ sleep }) => String(sleep),
})
