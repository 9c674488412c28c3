import { noLimit } from '#protocol/parameters'
import { createTask, EventLoop, gather, type ReturnWhen, sleep, type Task, wait } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { coroutinesGroup, defineScenario, greatest, python, secondsList } from './scenario'

type WaitParameters = {
  readonly sleeps: readonly number[]
  readonly timeout: number | typeof noLimit
  readonly returnWhen: 'all' | 'first' | 'exception'
}

// #region programme
const conditions = { all: 'ALL_COMPLETED', first: 'FIRST_COMPLETED', exception: 'FIRST_EXCEPTION' } as const

export function* work(seconds: number) {
  yield* sleep(seconds) // @work-suspended
}

const namesOf = (tasks: readonly Task[]) => tasks.map((task) => task.getName()).join(', ') || 'none'

export function* watch(sleeps: readonly number[], timeout: number | undefined, returnWhen: ReturnWhen) {
  const tasks: Task[] = []
  for (const [i, seconds] of sleeps.entries()) {
    tasks.push(createTask(work(seconds), { name: ordinal(i) })) // @work-ready
  }
  const { done, pending } = yield* wait(tasks, { timeout, returnWhen }) // @watch-suspended
  print(`done: ${namesOf(tasks.filter((task) => done.has(task)))}`)
  print(`pending: ${namesOf(tasks.filter((task) => pending.has(task)))}`)
  yield* gather(...pending) // @watch-suspended
  print('all are done')
}

export function main({ sleeps, timeout, returnWhen }: WaitParameters) {
  const loop = new EventLoop()
  const limit = timeout === noLimit ? undefined : timeout
  const task = loop.createTask(watch(sleeps, limit, conditions[returnWhen]), { name: 'watch' }) // @watch-ready
  loop.runUntilComplete(task) // @main-waiting
}
// #endregion

export const scenario = defineScenario<WaitParameters>({
  id: 'wait',
  ...coroutinesGroup,
  title: { en: 'Wait: done and pending', zh: 'wait：已完成与未完成' },
  menu: { en: 'Wait', zh: 'wait' },
  lookFor: {
    en: 'wait returns two sets: what is done and what is pending. The mark shows the moment and who is in which. What is pending is not cancelled: its bars go on. Set returnWhen to first, or a timeout of 1.5.',
    zh: 'wait 返回两个集合：已完成的和未完成的。标记给出那个时刻，以及谁在哪个集合里。未完成的不会被取消：它们的条继续延伸。试试把 returnWhen 设为 first，或把 timeout 设为 1.5。',
  },
  contrastNote: { en: 'two sets: done and pending', zh: '两个集合：已完成与未完成' },
  reported: { en: '4 s', zh: '4 秒' },
  parameters: [
    secondsList('sleeps', [1, 2, 4]),
    { name: 'timeout', kind: 'secondsOrNone', default: noLimit, min: 0, max: 86_400 },
    { name: 'returnWhen', kind: 'choice', default: 'all', choices: ['all', 'first', 'exception'] },
  ],
  contrast: ['wait', 'gather'],
  figure: 'order',
  python: python`
    import asyncio

    SPEED = 1
    SLEEPS = [1, 2, 4]
    TIMEOUT = None
    RETURN_WHEN = "all"
    CONDITIONS = {"all": asyncio.ALL_COMPLETED, "first": asyncio.FIRST_COMPLETED, "exception": asyncio.FIRST_EXCEPTION}
    ${pythonOrdinal}

    async def work(seconds):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended


    def names_of(tasks):
        return ", ".join(task.get_name() for task in tasks) or "none"


    async def watch(sleeps, timeout, return_when):
        tasks = []
        for i, seconds in enumerate(sleeps):
            tasks.append(asyncio.create_task(work(seconds), name=name_of(i)))  # @work-ready
        done, pending = await asyncio.wait(tasks, timeout=timeout, return_when=return_when)  # @watch-suspended
        print(f"done: {names_of(task for task in tasks if task in done)}")
        print(f"pending: {names_of(task for task in tasks if task in pending)}")
        await asyncio.gather(*pending)  # @watch-suspended
        print("all are done")


    def main():
        loop = asyncio.new_event_loop()
        limit = None if TIMEOUT is None else TIMEOUT / SPEED
        task = loop.create_task(watch(SLEEPS, limit, CONDITIONS[RETURN_WHEN]), name="watch")  # @watch-ready
        loop.run_until_complete(task)  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: ({ sleeps }) => Math.max(...sleeps),
  formula: ({ sleeps }) => greatest(sleeps),
})
