import { EventLoop, gather, sleep } from '../loop'
import { print } from '../threads/time'
import { coroutinesGroup, defineScenario, greatest, python } from './scenario'

type FactorialParameters = { readonly numbers: readonly number[] }

// #region programme
export function* factorial(number: number, name: string) {
  let product = 1n
  for (let factor = 2; factor <= number; factor++) {
    print(`${name}: step ${factor}`)
    yield* sleep(1) // @factorial-suspended
    product *= BigInt(factor)
  }
  print(`${name}: ${number}! = ${product}`)
}

export function main({ numbers }: FactorialParameters) {
  const loop = new EventLoop()
  const tasks = []
  for (const [i, number] of numbers.entries()) {
    const name = `task-${i + 1}`
    tasks.push(loop.createTask(factorial(number, name), { name })) // @factorial-ready
  }
  loop.runUntilComplete(gather(...tasks)) // @main-waiting
}
// #endregion

export const scenario = defineScenario<FactorialParameters>({
  id: 'factorials',
  ...coroutinesGroup,
  title: { en: 'Factorials, step by step', zh: '一步一步的阶乘' },
  menu: { en: 'Factorials', zh: '阶乘' },
  lookFor: {
    en: 'Each coroutine computes a factorial and awaits one second at each step. Their steps interleave on one thread: none runs while another does, and all of them move on together.',
    zh: '每个协程计算一个阶乘，每一步 await 一秒。它们的步骤在同一个线程上交错：一个运行时别的都不运行，却一起向前推进。',
  },
  contrastNote: { en: 'steps interleave on one thread', zh: '步骤在同一线程上交错' },
  parameters: [{ name: 'numbers', kind: 'integerList', default: [2, 3, 4], min: 1, max: 20, maxLength: 1000 }],
  contrast: ['factorials', 'nested-coroutines'],
  python: python`
    import asyncio

    SPEED = 1
    NUMBERS = [2, 3, 4]


    async def factorial(number, name):
        product = 1
        for factor in range(2, number + 1):
            print(f"{name}: step {factor}")
            await asyncio.sleep(1 / SPEED)  # @factorial-suspended
            product *= factor
        print(f"{name}: {number}! = {product}")


    def main():
        loop = asyncio.new_event_loop()
        tasks = []
        for i, number in enumerate(NUMBERS):
            name = f"task-{i + 1}"
            tasks.append(loop.create_task(factorial(number, name), name=name))  # @factorial-ready
        loop.run_until_complete(asyncio.gather(*tasks))  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: ({ numbers }) => Math.max(...numbers) - 1,
  formula: ({ numbers }) => `${greatest(numbers)} − 1`,
})
