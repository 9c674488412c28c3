/** What the consumption of a queue tells the event feed, which sends it in the same transaction as the acknowledgements. */
import type { Redis } from 'ioredis'
import type { RecordKind } from '#protocol/feedRecords'

export interface FeedSink {
  /** Frames that the server did not take. */
  readonly lost: number
  /** µs since 1970 on a clock that never steps back. */
  now(): number
  /** `ord`: the item's number for life. Of an item that BLMOVE took it is known only when it is booked: `time` is then when it happened, else now. */
  mark(kind: RecordKind, ord: number, text?: string, time?: number): void
  /** The consumer has a new name on the server: its frames are numbered from 1. */
  begin(sid: string): void
  /** What XADD wants behind the key, for all marks since the last call; null: there are none. What is not sent then is lost, and its number missing. */
  frame(): readonly (string | number | Buffer)[] | null
  /** Asks for the server's time, which the frames tell. Rejects with what ioredis rejects with. */
  measure(client: Redis): Promise<void>
  /** The frame that was given last was not taken. `refused`: the server said no, and will the next time, too. */
  lose(refused: boolean): void
}
