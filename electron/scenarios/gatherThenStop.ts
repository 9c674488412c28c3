import { EventLoop, gather, sleep } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { defineScenario, greatest, loopGroup, python, type SleepsParameters, secondsList } from './scenario'

// #region programme
export function* work(seconds: number, name: string) {
  yield* sleep(seconds) // @work-suspended
  print(`${name} is done`)
}

export function main({ sleeps }: SleepsParameters) {
  const loop = new EventLoop()
  const tasks = []
  for (const [i, seconds] of sleeps.entries()) {
    tasks.push(loop.createTask(work(seconds, ordinal(i)), { name: ordinal(i) })) // @work-ready
  }
  gather(...tasks).addDoneCallback(function stop() {
    print('all are done: the callback stops the loop')
    loop.stop()
  })
  loop.runForever() // @main-waiting
}
// #endregion

export const scenario = defineScenario<SleepsParameters>({
  id: 'gather-then-stop',
  ...loopGroup,
  title: { en: 'Gather, then stop', zh: '先 gather 再停止' },
  menu: { en: 'Gather, then stop', zh: '先 gather 再停止' },
  lookFor: {
    en: 'Both tasks are gathered, and the callback of the gathering stops the loop: both finish. This is what run_until_complete does.',
    zh: '两个任务被 gather 在一起，由 gather 的回调来停止事件循环：两个都完成。run_until_complete 做的就是这件事。',
  },
  contrastNote: { en: 'the callback of the gathering stops the loop', zh: 'gather 的回调停止事件循环' },
  parameters: [secondsList('sleeps', [1, 3])],
  contrast: ['gather-then-stop', 'stop-too-early'],
  python: python`
    import asyncio

    SPEED = 1
    SLEEPS = [1, 3]
    ${pythonOrdinal}

    async def work(seconds, name):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended
        print(f"{name} is done")


    def main():
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        tasks = []
        for i, seconds in enumerate(SLEEPS):
            tasks.append(loop.create_task(work(seconds, name_of(i)), name=name_of(i)))  # @work-ready

        def stop(_):
            print("all are done: the callback stops the loop")
            loop.stop()

        asyncio.gather(*tasks).add_done_callback(stop)
        loop.run_forever()  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: ({ sleeps }) => Math.max(...sleeps),
  formula: ({ sleeps }) => greatest(sleeps),
})
