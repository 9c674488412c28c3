/** Between a loop's thread and the threads that submit to it. They never leave this folder. */
import type { MessagePort } from 'node:worker_threads'

export type ToLoop =
  /** A plain function, as callSoonThreadsafe hands over. */
  | { readonly type: 'call'; readonly target: string; readonly values: readonly unknown[]; readonly task: number }
  /** A coroutine function: its coroutine is made on the loop's thread, since a generator cannot cross. */
  | {
      readonly type: 'coroutine'
      readonly target: string
      readonly values: readonly unknown[]
      readonly task: number
      readonly name: string
    }
  | { readonly type: 'cancel'; readonly task: number }
  | { readonly type: 'stop' }
  /** Another thread was given a handle: its end of a line of its own. `replies`: the resource it waits for. */
  | { readonly type: 'connect'; readonly port: MessagePort; readonly replies: number }

/** End of a coroutine that this line submitted. Errors cross as their words. */
export interface LoopResult {
  readonly task: number
  readonly end: 'finished' | 'failed' | 'cancelled'
  readonly value: unknown
  readonly error: string
}

/** What a loop's thread is started with. */
export interface Inbox {
  readonly port: MessagePort
  readonly replies: number
}
