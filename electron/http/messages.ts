/** Between the threads that make requests and the one that does their socket work. They never leave this folder. */
import type { MessagePort } from 'node:worker_threads'

/** Threads of a programme with HTTP: the server's, and the one that does the socket work of all requests. */
export const httpThreads = 2

export type ToRequests =
  | { readonly type: 'get'; readonly id: number; readonly url: string }
  /** Nobody waits for it any more. */
  | { readonly type: 'abort'; readonly id: number }
  /** Another thread was given a client: its end of a line of its own. `replies`: the resource it waits for. */
  | { readonly type: 'connect'; readonly port: MessagePort; readonly replies: number }
  /** Before the programme begins: opens so many connections and leaves them open. */
  | { readonly type: 'warm'; readonly url: string; readonly connections: number }

/** What came of request `id`; of a warm-up, whose id is 0, too. */
export type Answer =
  | { readonly id: number; readonly page: string; readonly problem: null }
  | { readonly id: number; readonly page: null; readonly problem: string }

/** From the server's thread, once. */
export type ServerReady = { readonly url: string; readonly problem: null } | { readonly url: null; readonly problem: string }
