import { EventLoop, gather, sleep } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { coroutinesGroup, defineScenario, greatest, python, tasksCount } from './scenario'

type RandomParameters = { readonly tasks: number; readonly min: number; readonly max: number; readonly seed: number }

// #region programme
/** The same numbers in every language: the generator of Lehmer, as Park and Miller chose it. */
export function randomSeconds({ tasks, min, max, seed }: RandomParameters) {
  const modulus = 2 ** 31 - 1
  let state = ((seed % modulus) + modulus) % modulus || 1
  const next = () => {
    state = (state * 48271) % modulus
    return min + (state % (Math.max(min, max) - min + 1))
  }
  return Array.from({ length: tasks }, next)
}

export function* work(seconds: number, name: string) {
  yield* sleep(seconds) // @work-suspended
  print(`${name} is done`)
}

export function main(parameters: RandomParameters) {
  const loop = new EventLoop()
  const lengths = randomSeconds(parameters)
  print(`lengths: ${lengths.join(', ')}`)
  const tasks = []
  for (const [i, seconds] of lengths.entries()) {
    tasks.push(loop.createTask(work(seconds, ordinal(i)), { name: ordinal(i) })) // @work-ready
  }
  loop.runUntilComplete(gather(...tasks)) // @main-waiting
}
// #endregion

export const scenario = defineScenario<RandomParameters>({
  id: 'random-ten',
  ...coroutinesGroup,
  title: { en: 'Ten of random length', zh: '十个随机长度的任务' },
  menu: { en: 'Ten at random', zh: '十个随机任务' },
  lookFor: {
    en: 'Coroutines that sleep for random whole seconds finish in the order of their length, whatever order they started in, and all of them together take as long as the longest.',
    zh: '睡眠随机整数秒的协程，按长短次序结束，与开始的次序无关；全部所需的时间等于最长的一个。',
  },
  contrastNote: { en: 'order of length, not of start', zh: '按长短，而不是按开始的次序' },
  reported: { en: '1, 1, 2 and seven times 4 s', zh: '1、1、2，以及七个 4 秒' },
  parameters: [
    tasksCount(10),
    { name: 'min', kind: 'integer', default: 1, min: 0, max: 86_400 },
    { name: 'max', kind: 'integer', default: 5, min: 0, max: 86_400 },
    { name: 'seed', kind: 'integer', default: 7 },
  ],
  contrast: ['random-ten', 'same-sleep-many'],
  figure: 'length',
  python: python`
    import asyncio

    SPEED = 1
    TASKS = 10
    MIN = 1
    MAX = 5
    SEED = 7
    ${pythonOrdinal}

    def random_seconds(tasks, least, most, seed):
        # The same numbers in every language: the generator of Lehmer, as Park and Miller chose it.
        modulus = 2**31 - 1
        state = seed % modulus or 1
        for _ in range(tasks):
            state = state * 48271 % modulus
            yield least + state % (max(least, most) - least + 1)


    async def work(seconds, name):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended
        print(f"{name} is done")


    def main():
        loop = asyncio.new_event_loop()
        lengths = list(random_seconds(TASKS, MIN, MAX, SEED))
        print(f"lengths: {', '.join(map(str, lengths))}")
        tasks = []
        for i, seconds in enumerate(lengths):
            tasks.append(loop.create_task(work(seconds, name_of(i)), name=name_of(i)))  # @work-ready
        loop.run_until_complete(asyncio.gather(*tasks))  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: (parameters) => Math.max(...randomSeconds(parameters)),
  formula: (parameters) => greatest(randomSeconds(parameters)),
})
