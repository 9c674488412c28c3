import { createTask, EventLoop, gather, sleep } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { coroutinesGroup, defineScenario, greatest, plus, python, secondsList, sum } from './scenario'

type NestedParameters = { readonly sleeps: readonly number[]; readonly mode: 'together' | 'sequential' }

// #region programme
export function* inner(seconds: number, name: string) {
  yield* sleep(seconds) // @inner-suspended
  print(`${name} is done`)
}

export function* outer({ sleeps, mode }: NestedParameters) {
  const together = []
  for (const [i, seconds] of sleeps.entries()) {
    const task = createTask(inner(seconds, ordinal(i)), { name: ordinal(i) }) // @inner-ready
    if (mode === 'sequential')
      yield* task // @outer-suspended
    else together.push(task)
  }
  yield* gather(...together) // @outer-suspended
  print('outer is done')
}

export function main(parameters: NestedParameters) {
  const loop = new EventLoop()
  const task = loop.createTask(outer(parameters), { name: 'outer' }) // @outer-ready
  loop.runUntilComplete(task) // @main-waiting
}
// #endregion

export const scenario = defineScenario<NestedParameters>({
  id: 'nested-coroutines',
  ...coroutinesGroup,
  title: { en: 'Nested coroutines', zh: '嵌套的协程' },
  menu: { en: 'Nested coroutines', zh: '嵌套的协程' },
  lookFor: {
    en: 'The outer coroutine awaits its inner ones, so that its bar encloses theirs. Together they take as long as the longest; awaited one by one they add up. Try both modes.',
    zh: '外层协程等待它的内层协程，所以它的条包住它们的条。一起等待时，总时间等于最长的一个；逐个等待时则相加。两种模式都试一试。',
  },
  contrastNote: { en: 'an outer coroutine awaits inner ones', zh: '外层协程等待内层协程' },
  reported: { en: '4 s', zh: '4 秒' },
  parameters: [
    secondsList('sleeps', [1, 2, 4]),
    { name: 'mode', kind: 'choice', default: 'together', choices: ['together', 'sequential'] },
  ],
  contrast: ['nested-coroutines', 'gather'],
  python: python`
    import asyncio

    SPEED = 1
    SLEEPS = [1, 2, 4]
    MODE = "together"
    ${pythonOrdinal}

    async def inner(seconds, name):
        await asyncio.sleep(seconds / SPEED)  # @inner-suspended
        print(f"{name} is done")


    async def outer(sleeps, mode):
        together = []
        for i, seconds in enumerate(sleeps):
            task = asyncio.create_task(inner(seconds, name_of(i)), name=name_of(i))  # @inner-ready
            if mode == "sequential":
                await task  # @outer-suspended
            else:
                together.append(task)
        await asyncio.gather(*together)  # @outer-suspended
        print("outer is done")


    def main():
        loop = asyncio.new_event_loop()
        task = loop.create_task(outer(SLEEPS, MODE), name="outer")  # @outer-ready
        loop.run_until_complete(task)  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: ({ sleeps, mode }) => (mode === 'together' ? Math.max(...sleeps) : sum(sleeps)),
  formula: ({ sleeps, mode }) => (mode === 'together' ? greatest(sleeps) : plus(sleeps)),
})
