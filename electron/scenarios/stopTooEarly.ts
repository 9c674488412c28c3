import { EventLoop, getRunningLoop, sleep } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { defineScenario, least, loopGroup, python, type SleepsParameters, secondsList } from './scenario'

// #region programme
export function* work(seconds: number, name: string) {
  yield* sleep(seconds) // @work-suspended
  print(`${name} is done and stops the loop`)
  getRunningLoop().stop()
}

export function main({ sleeps }: SleepsParameters) {
  const loop = new EventLoop()
  const tasks = []
  for (const [i, seconds] of sleeps.entries()) {
    tasks.push(loop.createTask(work(seconds, ordinal(i)), { name: ordinal(i) })) // @work-ready
  }
  loop.runForever() // @main-waiting
  for (const task of tasks) print(`${task.getName()}: ${task.done() ? 'finished' : 'pending'}`)
}
// #endregion

export const scenario = defineScenario<SleepsParameters>({
  id: 'stop-too-early',
  ...loopGroup,
  title: { en: 'Stopped too early', zh: '停得太早' },
  menu: { en: 'Stopped too early', zh: '停得太早' },
  lookFor: {
    en: 'Each task stops the loop when it ends. The first to end stops it for the other one, too, which is left pending: neither finished nor failed.',
    zh: '每个任务结束时都会停止事件循环。先结束的那个也替另一个停掉了循环，于是另一个停在未完成状态：既没有完成，也没有失败。',
  },
  contrastNote: { en: 'the first to end stops the loop', zh: '先结束的停掉事件循环' },
  parameters: [secondsList('sleeps', [1, 2])],
  contrast: ['stop-too-early', 'gather-then-stop'],
  python: python`
    import asyncio

    SPEED = 1
    SLEEPS = [1, 2]
    ${pythonOrdinal}

    async def work(seconds, name):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended
        print(f"{name} is done and stops the loop")
        asyncio.get_running_loop().stop()


    def main():
        loop = asyncio.new_event_loop()
        tasks = []
        for i, seconds in enumerate(SLEEPS):
            tasks.append(loop.create_task(work(seconds, name_of(i)), name=name_of(i)))  # @work-ready
        loop.run_forever()  # @main-waiting
        for task in tasks:
            print(f"{task.get_name()}: {'finished' if task.done() else 'pending'}")


    main()
  `,
  main,
  ideal: ({ sleeps }) => Math.min(...sleeps),
  formula: ({ sleeps }) => least(sleeps),
})
