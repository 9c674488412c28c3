/** Between the threads that make requests and the one that does their socket work. They never leave this folder. */
import type { MessagePort } from 'node:worker_threads'
import type { DoorWire } from '../loop/door'

/** Threads of a programme with HTTP: the server's, and the one that does the socket work of all requests. */
export const httpThreads = 2

export type ToRequests =
  | { readonly type: 'get'; readonly id: number; readonly url: string; readonly to: Ticket | null }
  /** From now on futures of this loop may be completed. */
  | { readonly type: 'door'; readonly door: number; readonly wire: DoorWire }
  /** Nobody waits for it any more. */
  | { readonly type: 'abort'; readonly id: number }
  /** Another thread was given a client: its end of a line of its own. `replies`: the resource it waits for. */
  | { readonly type: 'connect'; readonly port: MessagePort; readonly replies: number }
  /** Before the programme begins: opens so many connections and leaves them open. */
  | { readonly type: 'warm'; readonly url: string; readonly connections: number }

/** Which future of a loop the answer completes; null: a thread that blocks waits for it. */
export interface Ticket {
  readonly door: number
  readonly ticket: number
}

/** What came of a request. */
export type Outcome = { readonly page: string; readonly problem: null } | { readonly page: null; readonly problem: string }
/** To a thread that blocks; of a warm-up, whose id is 0, too. */
export type Answer = Outcome & { readonly id: number }

/** A page that is always answered at once and charted nowhere: for warming up. */
export const rehearsalPage = 'rehearsal'

/** From the server's thread, once. */
export type ServerReady = { readonly url: string; readonly problem: null } | { readonly url: null; readonly problem: string }
