import { sleep } from '../loop/coroutines'
import { EventLoop } from '../loop/eventLoop'
import { createConsumer } from '../threads/consumerThread'
import { Thread } from '../threads/thread'
import { ThreadQueue } from '../threads/threadQueue'
import { print } from '../threads/time'
import { defineScenario } from './scenario'

type QueueParameters = { readonly url: string; readonly queue: string; readonly concurrency: number }

// #region programme
/** One task of the list: awaits its number of seconds, then tells main. */
export function* work(seconds: number, name: string, messages: ThreadQueue<string>) {
  yield* sleep(seconds)
  messages.put(name)
}

export function main({ url, queue, concurrency }: QueueParameters) {
  const loop = new EventLoop()
  const messages = new ThreadQueue<string>()
  new Thread(loop.runForever, [], { daemon: true }).start()
  // A daemon thread of its own: takes each task from the list and submits work(seconds, name, messages) to the loop.
  createConsumer(loop, work, [messages], { url, queue, concurrency }).start()
  for (;;) print(`${messages.get()} is done`)
}
// #endregion

export const scenario = defineScenario<QueueParameters>({
  id: 'redis-queue',
  group: 'redis',
  title: { en: 'Redis queue' },
  menu: { en: 'Redis queue' },
  lookFor: {
    en: 'Push numbers of seconds into a Redis list with any client: each becomes a task as it arrives, minutes later too. The shortest ends first.',
  },
  contrastNote: { en: 'tasks added while the programme runs' },
  parameters: [
    { name: 'url', kind: 'url', default: 'redis://127.0.0.1:6379', maxLength: 500 },
    { name: 'queue', kind: 'text', default: 'queue', maxLength: 200 },
    { name: 'concurrency', kind: 'integer', default: 100, min: 1, max: 10_000 },
  ],
  contrast: [],
  endless: true,
  reported: { en: '1 s, 3 s, 5 s' },
  source: 'redis',
  main,
  threads: () => 1,
  ideal: () => null,
})
