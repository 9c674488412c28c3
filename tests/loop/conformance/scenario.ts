/** All programmes of a topic as one run: each on a loop of its own, on the programme's main thread. */
import { EventLoop, isCoroutine } from '../../../electron/loop/index'
import { print } from '../../../electron/threads/time'
import { testScenario } from '../../support/programmes/programme'
import * as callbacks from './callbacks'
import * as cancellation from './cancellation'
import * as crossing from './crossing'
import * as errors from './errors'
import { outcome, type Programmes, report } from './events'
import * as futures from './futures'
import * as gathering from './gathering'
import * as lifecycle from './lifecycle'
import * as locks from './locks'
import * as queues from './queues'
import * as tasks from './tasks'
import * as timeouts from './timeouts'
import * as waiting from './waiting'

// Its functions cross threads by name.
export * from './crossing'

export const topics: Readonly<Record<string, { readonly programmes: Programmes }>> = {
  callbacks,
  cancellation,
  crossing,
  errors,
  futures,
  gathering,
  lifecycle,
  locks,
  queues,
  tasks,
  timeouts,
  waiting,
}

/** What the line before the first of each programme begins with. */
export const heading = 'programme: '

function run(topic: string): void {
  for (const [name, programme] of Object.entries(topics[topic]!.programmes)) {
    print(`${heading}${name}`)
    const loop = new EventLoop()
    // A loop that has a handler stays on the thread that gave it; those of `crossing` get theirs on their own.
    if (topic !== 'crossing') loop.setExceptionHandler(report)
    const thrown = outcome(() => {
      const made = programme(loop)
      if (isCoroutine(made)) loop.runUntilComplete(made)
    })
    if (thrown instanceof Error) print(thrown.stack ?? String(thrown))
    // A thread that a broken programme leaves behind would keep the run alive.
    if (loop.isRunning()) loop.callSoonThreadsafe(loop.stop)
    else loop.close()
  }
}

export const scenario = testScenario(
  'conformance-test',
  4,
  Object.fromEntries(Object.keys(topics).map((topic) => [topic, () => run(topic)])),
)
