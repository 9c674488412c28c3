/** Takes the place of daemon-threads in a build of its own: with one thread main, else a thread that main waits for, takes memory without end. */
import { scenario as daemonThreads } from '../../../electron/scenarios/daemonThreads'
import type { Scenario } from '../../../electron/scenarios/scenario'
import { Thread } from '../../../electron/threads/thread'
import { hoarder } from './threads'

export { hoarder }

function main({ threads }: { readonly threads: number }) {
  if (threads === 1) hoarder()
  const thread = new Thread(hoarder, [], { name: 'hoarder' })
  thread.start()
  thread.join()
}

export const scenario: Scenario = { ...daemonThreads, main: main as Scenario['main'] }
