/** Between a loop and the threads that submit to it. They never leave this folder. */
import type { MessagePort } from 'node:worker_threads'

/**
 * A function of which the name crosses, its arguments, and the task that the submitting thread has declared. `call`: a plain function; `coroutine`: its
 * coroutine is made on the loop's thread, since a generator cannot cross.
 */
export interface Submission {
  readonly type: 'call' | 'coroutine'
  readonly target: string
  readonly values: readonly unknown[]
  readonly task: number
}

export type ToLoop =
  | Submission
  | { readonly type: 'cancel'; readonly task: number }
  | { readonly type: 'stop' }
  /** Another thread was given the loop: the loop's end of a line of its own. */
  | { readonly type: 'connect'; readonly far: FarEnd }
  /** Something from outside of the loop has come: see door.ts. */
  | { readonly type: 'complete'; readonly ticket: number; readonly value: unknown }
  | { readonly type: 'fail'; readonly ticket: number; readonly error: unknown }

/** What crosses: the order in which all threads posted is the order in which the loop takes. */
export type Letter = ToLoop & { order: number }

/** The loop's end of a line. */
export interface FarEnd {
  readonly port: MessagePort
  readonly ring: SharedArrayBuffer
  /** What the thread at the other end waits for when it waits for results. */
  readonly replies: number
}
