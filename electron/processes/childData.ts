import type { MessagePort } from 'node:worker_threads'
import type { ThreadShares } from '../threads/context'

/** What the thread of a process that runs programmes is made with. */
export interface ChildThreadData extends ThreadShares {
  readonly speed: number
  /** The process's lane. */
  readonly lane: number
  /** The server to make some requests to before the first chunk; null: the programme has none. */
  readonly serverUrl: string | null
  /** Its line to the process's main thread, which does its socket work. */
  readonly requests: MessagePort
  /** The resource that an answer wakes. */
  readonly replies: number
}
