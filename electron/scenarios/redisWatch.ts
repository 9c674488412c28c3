import { ThreadQueue } from '../threads/threadQueue'
import { print } from '../threads/time'
import { createWatcher } from '../threads/watcherThread'
import { defineScenario, python } from './scenario'

type WatchParameters = { readonly url: string; readonly queue: string }

// #region programme
export function main({ url, queue }: WatchParameters) {
  const lengths = new ThreadQueue<number>()
  // A daemon thread of its own: asks once a second how long the list is, and draws what those who take from it tell. It writes nothing.
  createWatcher(lengths, { url, queue }).start() // @watch
  for (;;) print(`${lengths.get()} waiting`) // @main-waiting
}
// #endregion

export const scenario = defineScenario<WatchParameters>({
  id: 'redis-watch',
  group: 'redis',
  title: { en: 'Watch a Redis queue', zh: '查看 Redis 队列' },
  menu: { en: 'Watch a queue', zh: '查看队列' },
  lookFor: {
    en: 'Looks at a queue that others work on and writes nothing: how long it is, who takes from it, and what each worker does, on lanes of their own. What was sent to the server is listed.',
    zh: '查看别人正在处理的队列，什么也不写入：队列有多长，谁在取任务，每个工作进程在做什么，各占一条泳道。发出的命令都会列出。',
  },
  contrastNote: { en: 'looks and takes nothing', zh: '只看，不取' },
  parameters: [
    { name: 'url', kind: 'url', default: 'redis://127.0.0.1:6379', maxLength: 500 },
    { name: 'queue', kind: 'text', default: 'queue', maxLength: 200 },
  ],
  contrast: [],
  endless: true,
  reported: null,
  source: 'watch',
  python: python`
    import queue
    import threading
    import time

    import redis  # pip install redis

    SPEED = 1
    URL = "redis://127.0.0.1:6379"
    QUEUE = "queue"


    def watch(lengths):
        client = redis.Redis.from_url(URL)
        last = None
        while True:
            length = client.llen(QUEUE)
            if length != last:
                lengths.put(length)
            last = length
            time.sleep(1 / SPEED)


    def main():
        lengths = queue.Queue()
        threading.Thread(target=watch, args=(lengths,), daemon=True).start()
        while True:
            print(f"{lengths.get()} waiting", flush=True)  # @main-waiting


    main()
  `,
  main,
  threads: () => 0,
  ideal: () => null,
  formula: () => null,
})
