import { EventLoop, sleep } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { defineScenario, loopGroup, plus, python, type SleepsParameters, secondsList, sum } from './scenario'

// #region programme
export function* work(seconds: number, name: string) {
  yield* sleep(seconds) // @work-suspended
  print(`${name} is done`)
}

export function main({ sleeps }: SleepsParameters) {
  const loop = new EventLoop()
  for (const [i, seconds] of sleeps.entries()) {
    const task = loop.createTask(work(seconds, ordinal(i)), { name: ordinal(i) }) // @work-ready
    loop.runUntilComplete(task) // @main-waiting
  }
  loop.close()
  try {
    loop.runForever()
  } catch (error) {
    print(`refused: ${(error as Error).message}`)
  }
}
// #endregion

export const scenario = defineScenario<SleepsParameters>({
  id: 'close',
  ...loopGroup,
  title: { en: 'Close', zh: '关闭' },
  menu: { en: 'Close', zh: '关闭' },
  lookFor: {
    en: 'A loop that has stopped can be run again, as often as one likes. One that was closed cannot: the last call is refused with the loop’s own error, and the mark on main says which rule was broken.',
    zh: '停止了的事件循环可以再次运行，次数不限。关闭了的则不行：最后一次调用被事件循环自己的错误拒绝，主线程上的标记说明违反了哪条规则。',
  },
  contrastNote: { en: 'run, run again, close, refused', zh: '运行、再运行、关闭、被拒绝' },
  reported: { en: 'an error', zh: '报错' },
  parameters: [secondsList('sleeps', [1, 3])],
  contrast: ['close', 'run-until-complete'],
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
        for i, seconds in enumerate(SLEEPS):
            task = loop.create_task(work(seconds, name_of(i)), name=name_of(i))  # @work-ready
            loop.run_until_complete(task)  # @main-waiting
        loop.close()
        try:
            loop.run_forever()
        except RuntimeError as error:
            print(f"refused: {error}")


    main()
  `,
  main,
  ideal: ({ sleeps }) => sum(sleeps),
  formula: ({ sleeps }) => plus(sleeps),
})
