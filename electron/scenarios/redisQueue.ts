import { EventLoop, sleep } from '../loop/index'
import { createConsumer } from '../threads/consumerThread'
import { Thread } from '../threads/thread'
import { ThreadQueue } from '../threads/threadQueue'
import { print } from '../threads/time'
import { defineScenario, python } from './scenario'

type QueueParameters = { readonly url: string; readonly queue: string; readonly concurrency: number }

// #region programme
/** One task of the list: awaits its number of seconds, then tells main. */
export function* work(seconds: number, name: string, messages: ThreadQueue<string>) {
  yield* sleep(seconds) // @work-suspended
  messages.put(name)
}

export function main({ url, queue, concurrency }: QueueParameters) {
  const loop = new EventLoop()
  const messages = new ThreadQueue<string>()
  new Thread(loop.runForever, [], { daemon: true }).start()
  // A daemon thread of its own: takes each task from the list and submits work(seconds, name, messages) to the loop.
  createConsumer(loop, work, [messages], { url, queue, concurrency }).start() // @consume @work-ready
  for (;;) print(`${messages.get()} is done`) // @main-waiting
}
// #endregion

export const scenario = defineScenario<QueueParameters>({
  id: 'redis-queue',
  group: 'redis',
  title: { en: 'Redis queue', zh: 'Redis 队列' },
  menu: { en: 'Redis queue', zh: 'Redis 队列' },
  lookFor: {
    en: 'Push numbers of seconds into a Redis list with any client: each becomes a task as it arrives, minutes later too. The shortest ends first.',
    zh: '用任何客户端把秒数推入 Redis 列表：每个数一到就成为一个任务，几分钟之后再推也一样。最短的最先结束。',
  },
  contrastNote: { en: 'tasks added while the programme runs', zh: '程序运行期间添加任务' },
  parameters: [
    { name: 'url', kind: 'url', default: 'redis://127.0.0.1:6379', maxLength: 500 },
    { name: 'queue', kind: 'text', default: 'queue', maxLength: 200 },
    { name: 'concurrency', kind: 'integer', default: 100, min: 1, max: 10_000 },
  ],
  contrast: [],
  endless: true,
  reported: { en: '1 s, 3 s, 5 s', zh: '1 秒、3 秒、5 秒' },
  source: 'redis',
  python: python`
    import asyncio
    import queue
    import threading

    import redis  # pip install redis

    SPEED = 1
    URL = "redis://127.0.0.1:6379"
    QUEUE = "queue"
    CONCURRENCY = 100


    async def work(seconds, name, messages):
        await asyncio.sleep(seconds / SPEED)  # @work-suspended
        messages.put(name)


    def consume(loop, messages):
        client = redis.Redis.from_url(URL)
        free = threading.Semaphore(CONCURRENCY)
        while True:
            free.acquire()
            _, payload = client.brpop([QUEUE])
            name = payload.decode()
            future = asyncio.run_coroutine_threadsafe(work(float(name), name, messages), loop)  # @work-ready
            future.add_done_callback(lambda _: free.release())


    def main():
        loop = asyncio.new_event_loop()
        messages = queue.Queue()
        threading.Thread(target=loop.run_forever, daemon=True).start()
        threading.Thread(target=consume, args=(loop, messages), daemon=True).start()
        while True:
            print(f"{messages.get()} is done", flush=True)  # @main-waiting


    main()
  `,
  main,
  threads: () => 1,
  ideal: () => null,
  formula: () => null,
})
