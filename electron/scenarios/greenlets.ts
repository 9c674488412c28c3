import { createTask, EventLoop, sleep, type Task, wait } from '../loop'
import { print } from '../threads/time'
import { ordinal, pythonOrdinal } from './ordinal'
import { coroutinesGroup, defineScenario, python, seconds, tasksCount } from './scenario'

type GreenletParameters = {
  readonly tasks: number
  readonly sleep: number
  readonly timeout: number
  readonly slow: number
  readonly fails: number
}

// #region programme
export function* request(seconds: number, fails: boolean) {
  yield* sleep(seconds) // @request-suspended
  if (fails) throw new Error('the server refused')
}

export function* joinAll({ tasks, sleep: seconds, timeout, slow, fails }: GreenletParameters) {
  const requests: Task[] = []
  for (let n = 1; n <= tasks; n++) {
    const length = n === slow ? 2 * Math.max(timeout, seconds) : seconds
    requests.push(createTask(request(length, n === fails), { name: ordinal(n - 1) })) // @request-ready
  }
  yield* wait(requests, { timeout }) // @joinAll-suspended
  const failed = requests.find((one) => one.done() && one.exception())
  if (failed) print(`the first failure is reported: ${failed.getName()}, ${(failed.exception() as Error).message}`)
  for (const one of requests) {
    if (one.done()) continue
    print(`${one.getName()} is cut off by the timeout`)
    one.cancel()
  }
  // They are cancelled in a turn of their own.
  yield* sleep(0)
}

export function main(parameters: GreenletParameters) {
  const loop = new EventLoop()
  const all = loop.createTask(joinAll(parameters), { name: 'joinall' }) // @joinAll-ready
  loop.runUntilComplete(all) // @main-waiting
}
// #endregion

const isCutOff = ({ tasks, sleep, timeout, slow }: GreenletParameters) => (slow >= 1 && slow <= tasks) || sleep > timeout
const idealOf = (parameters: GreenletParameters) => (isCutOff(parameters) ? parameters.timeout : parameters.sleep)

export const scenario = defineScenario<GreenletParameters>({
  id: 'greenlets',
  ...coroutinesGroup,
  title: { en: 'Greenlets: spawn, join all', zh: 'greenlet：spawn 与 joinall' },
  menu: { en: 'Greenlets', zh: 'greenlet' },
  lookFor: {
    en: 'Many requests are spawned and joined with a timeout. Most finish, one fails, one is too slow and is cut off when the time is over: three ends, told apart. The first failure is what is reported. slow and fails are the numbers of those two requests; 0 is none.',
    zh: '发出许多请求，然后带超时地等待全部。多数完成，一个失败，一个太慢、到时间被截断：三种结局画法各不相同。报告的是第一个失败。slow 与 fails 是这两个请求的编号，0 表示没有。',
  },
  contrastNote: { en: 'finished, failed, cut off', zh: '完成、失败、被截断' },
  parameters: [
    tasksCount(5),
    seconds('sleep', 1),
    seconds('timeout', 3),
    { name: 'slow', kind: 'integer', default: 1, min: 0, max: 1000 },
    { name: 'fails', kind: 'integer', default: 2, min: 0, max: 1000 },
  ],
  contrast: ['greenlets', 'wait'],
  python: python`
    import asyncio

    # With gevent:
    #     jobs = [gevent.spawn(request, ...) for n in range(1, TASKS + 1)]
    #     gevent.joinall(jobs, timeout=TIMEOUT)
    #     gevent.killall(jobs)
    # Each greenlet then has its value, its exception, or neither.

    SPEED = 1
    TASKS = 5
    SLEEP = 1
    TIMEOUT = 3
    SLOW = 1
    FAILS = 2
    ${pythonOrdinal}

    async def request(seconds, fails):
        await asyncio.sleep(seconds / SPEED)  # @request-suspended
        if fails:
            raise RuntimeError("the server refused")


    async def join_all():
        requests = []
        for n in range(1, TASKS + 1):
            length = 2 * max(TIMEOUT, SLEEP) if n == SLOW else SLEEP
            requests.append(asyncio.create_task(request(length, n == FAILS), name=name_of(n - 1)))  # @request-ready
        await asyncio.wait(requests, timeout=TIMEOUT / SPEED)  # @joinAll-suspended
        failed = next((one for one in requests if one.done() and one.exception()), None)
        if failed:
            print(f"the first failure is reported: {failed.get_name()}, {failed.exception()}")
        for one in requests:
            if not one.done():
                print(f"{one.get_name()} is cut off by the timeout")
                one.cancel()
        # They are cancelled in a turn of their own.
        await asyncio.sleep(0)


    def main():
        loop = asyncio.new_event_loop()
        everything = loop.create_task(join_all(), name="joinall")  # @joinAll-ready
        loop.run_until_complete(everything)  # @main-waiting
        loop.close()


    main()
  `,
  main,
  ideal: idealOf,
  formula: (parameters) => String(idealOf(parameters)),
})
