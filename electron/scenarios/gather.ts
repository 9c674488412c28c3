import { createTask, EventLoop, gather, sleep } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { coroutinesGroup, defineScenario, greatest, python, type SleepsParameters, secondsList } from './scenario'

// #region programme
export function* work(seconds: number, name: string) {
  yield* sleep(seconds) // @work-suspended
  print(`${name} is done`)
  return name
}

export function* together(sleeps: readonly number[]) {
  const tasks = []
  for (const [i, seconds] of sleeps.entries()) {
    tasks.push(createTask(work(seconds, ordinal(i)), { name: ordinal(i) })) // @work-ready
  }
  const results = yield* gather(...tasks) // @together-suspended
  print(`results: ${results.join(', ')}`)
}

export function main({ sleeps }: SleepsParameters) {
  const loop = new EventLoop()
  const task = loop.createTask(together(sleeps), { name: 'together' }) // @together-ready
  loop.runUntilComplete(task) // @main-waiting
}
// #endregion

export const scenario = defineScenario<SleepsParameters>({
  id: 'gather',
  ...coroutinesGroup,
  title: { en: 'Gather', zh: '用 gather 收集' },
  menu: { en: 'Gather', zh: 'gather' },
  lookFor: {
    en: 'Three orders: the tasks start as they were created, they finish as long as they sleep, and their results come back in the order in which they were given, whatever finished first.',
    zh: '三种次序：任务按创建的次序开始，按睡眠的长短结束，而结果按给出的次序返回，与谁先完成无关。',
  },
  contrastNote: { en: 'results in the order given', zh: '结果按给出的次序' },
  reported: { en: '4 s', zh: '4 秒' },
  parameters: [secondsList('sleeps', [1, 2, 4])],
  contrast: ['gather', 'wait'],
  figure: 'order',
  python: python`
    import asyncio

    SPEED = 1
    SLEEPS = [1, 2, 4]
    ${pythonOrdinal}

    async def work(seconds, name):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended
        print(f"{name} is done")
        return name


    async def together(sleeps):
        tasks = []
        for i, seconds in enumerate(sleeps):
            tasks.append(asyncio.create_task(work(seconds, name_of(i)), name=name_of(i)))  # @work-ready
        results = await asyncio.gather(*tasks)  # @together-suspended
        print(f"results: {', '.join(results)}")


    def main():
        loop = asyncio.new_event_loop()
        task = loop.create_task(together(SLEEPS), name="together")  # @together-ready
        loop.run_until_complete(task)  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: ({ sleeps }) => Math.max(...sleeps),
  formula: ({ sleeps }) => greatest(sleeps),
})
