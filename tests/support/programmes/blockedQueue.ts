import { type Coroutine, EventLoop } from '../../../electron/loop/index'
import type { Scenario } from '../../../electron/scenarios/scenario'
import { createConsumer } from '../../../electron/threads/consumerThread'
import { Thread } from '../../../electron/threads/thread'
import { ThreadQueue } from '../../../electron/threads/threadQueue'
import { blockingSleep, print } from '../../../electron/threads/time'
import { testScenario } from './programme'

/** One task of the list, which awaits nothing: as long as it sleeps, the loop's thread stands still. */
// biome-ignore lint/correctness/useYield: that is what it is for
export function* block(seconds: number, name: string, messages: ThreadQueue<string>): Coroutine<void> {
  blockingSleep(seconds)
  messages.put(name)
}

function main({ url, queue }: { url: string; queue: string }) {
  const loop = new EventLoop()
  const messages = new ThreadQueue<string>()
  new Thread(loop.runForever, [], { daemon: true }).start()
  createConsumer(loop, block, [messages], { url, queue, concurrency: 10 }).start()
  for (;;) print(`${messages.get()} is done`)
}

export const scenario: Scenario = {
  ...testScenario('blocked-queue-test', 2, {}),
  parameters: [
    { name: 'url', kind: 'url', default: 'redis://127.0.0.1:6379', maxLength: 500 },
    { name: 'queue', kind: 'text', default: 'queue', maxLength: 200 },
  ],
  endless: true,
  source: 'redis',
  main: main as Scenario['main'],
}
