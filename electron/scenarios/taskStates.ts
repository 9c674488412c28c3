import { coroutine, EventLoop, sleep } from '../loop'
import { print } from '../threads/time'
import { coroutinesGroup, defineScenario, python, type SleepParameters, seconds } from './scenario'

// #region programme
export function* work(seconds: number, name: string) {
  yield* sleep(seconds) // @work-suspended
  return `${name} is done`
}

export function main({ sleep: seconds }: SleepParameters) {
  const loop = new EventLoop()
  const made = coroutine(work, seconds, 'first') // @work-created
  const task = loop.createTask(made, { name: 'first' }) // @work-ready
  print(`before: ${task}`)
  loop.runUntilComplete(task) // @main-waiting
  print(`after: ${task}`)
}
// #endregion

export const scenario = defineScenario<SleepParameters>({
  id: 'task-states',
  ...coroutinesGroup,
  title: { en: 'The states of a task', zh: '任务的各个状态' },
  menu: { en: 'Task states', zh: '任务状态' },
  lookFor: {
    en: 'One task, printed before and after. Its bar holds every state it goes through: created, ready, running for an instant, suspended while it sleeps, running again, finished with its result. Zoom in on both ends.',
    zh: '一个任务，在前后各打印一次。它的条包含经过的每个状态：已创建、就绪、短暂运行、睡眠时挂起、再次运行、带着结果完成。请放大两端来看。',
  },
  contrastNote: { en: 'every state as a segment of the bar', zh: '每个状态都是条上的一段' },
  reported: { en: 'pending, then done', zh: '先是 pending，然后 done' },
  parameters: [seconds('sleep', 1)],
  contrast: ['task-states', 'coroutine-object'],
  python: python`
    import asyncio
    import re

    SPEED = 1
    SLEEP = 1


    async def work(seconds, name):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended
        return f"{name} is done"


    def show(task):
        # As Python prints it, without the place in the file.
        return re.sub(r",? (defined )?at .+?:\d+", "", repr(task))


    def main():
        loop = asyncio.new_event_loop()
        made = work(SLEEP, "first")  # @work-created
        task = loop.create_task(made, name="first")  # @work-ready
        print(f"before: {show(task)}")
        loop.run_until_complete(task)  # @main-waiting
        print(f"after: {show(task)}")
        loop.close()


    main()
  `,
  main,
  ideal: ({ sleep }) => sleep,
  formula: ({ sleep }) => String(sleep),
})
