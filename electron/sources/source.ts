/** What a queue source is: it takes items, says what it is doing, and keeps every item until its task is done. */
import type { LocalText } from '#protocol/catalogue'
import type { DeadLetterAnswer, DeadLetterRequest } from '#protocol/deadLetters'
import type { SourceReport } from '#protocol/messages'
import type { Settlement } from '#protocol/vocabulary'

/** One item that was taken from the queue and not yet acknowledged. */
export interface TakenItem {
  /** Unique for this source's life; names the item in `done` and `bury`. */
  readonly id: number
  /** Its number in the queue's own count, which it keeps for life; 0: not known yet, `numbered` will tell. */
  readonly ord: number
  /** The payload as text of at most some 1,000 characters (`textOf`); the bytes themselves stay in the source. */
  readonly text: string
  /** The payload itself, as long as `take` is under way: a part of a larger buffer. */
  readonly bytes: Buffer
  /** 1, and one more for each consumer that died with it. */
  readonly attempt: number
}

/** Where a source puts what it gets. Its methods never throw. */
export interface SourceSink {
  /** An item was taken and is safe in the source's keeping. */
  take(item: TakenItem): void
  /** Called after each batch of `take`, however small. */
  endOfBatch?(): void
  /** The number of an item that was taken without one. */
  numbered?(id: number, ord: number): void
  /** These items were given to others, because our lease was over: their ends here are nobody's business, and they may run a second time elsewhere. */
  lost?(ids: readonly number[]): void
  /** The server answered that it is done with these items, which it was told `millis` before. Items that are not known are left out. */
  settled(ids: readonly number[], how: Settlement, millis: number): void
  /** Sent at each change; the page shows the latest. */
  status(status: SourceReport): void
  /** What the consumer's thread does from now on, for its bar: `waiting` on the queue, `sleeping` before a retry, `running`. */
  activity(state: 'running' | 'sleeping' | 'waiting', label: string): void
  /** An attempt to reach the server failed: a marker, in words of every language such as `ECONNREFUSED 127.0.0.1:6379`. */
  attemptFailed(reason: string): void
}

export interface SourceSettings {
  readonly url: string
  /** Name of the list. */
  readonly queue: string
  /** At most so many items are taken and not yet done, until `limit` is called. */
  readonly concurrency: number
  /** Ask before the first item is moved when the list already holds some. */
  readonly ask: boolean
}

/** Why nothing was pushed, or why that is not known: one sentence or two. */
export class PushError extends Error {
  constructor(readonly sentence: LocalText) {
    super(sentence.en)
  }
}

export interface QueueSource {
  /** Connects, puts back what a crashed run left, and begins to take items. Called once. */
  start(sink: SourceSink): void
  /** The item's task finished: it is acknowledged and forgotten. */
  done(id: number): void
  /** The item cannot be run: it goes to the dead letters with the reason, byte for byte. */
  bury(id: number, reason: string): void
  /**
   * From now on at most so many items are taken and not yet done; 0: nothing more is taken until it is raised. What runs goes on, with its lease, and
   * is acknowledged.
   */
  limit(concurrency: number): void
  /** Adds payloads to the queue as a producer would. Resolves when the queue has them, rejects with a PushError. */
  push(payloads: readonly string[]): Promise<void>
  /** Looks at what was buried, or puts it back or deletes it. Never rejects: what went wrong is in the answer. */
  deadLetters(request: DeadLetterRequest): Promise<DeadLetterAnswer>
  /** The user's answer while the phase is `asking`. */
  answer(choice: 'watch' | 'consume'): void
  /** Try to reach the server now. */
  retry(): void
  /** Puts back what was taken and is not done, says goodbye. Safe to call twice; resolves within 500 ms. */
  stop(): Promise<void>
}
