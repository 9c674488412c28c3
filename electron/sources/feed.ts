/**
 * What this consumer tells of its items, through the stream `events`, to whoever looks on. It is worth less than the items: where the server does
 * not take it, it is counted as lost and the acknowledgements go alone.
 */
import type { Redis } from 'ioredis'
import { type RecordKind, RecordPacker } from '#protocol/feedRecords'
import type { FeedSink } from './feedSink'
import { ServerClock, workerMicros } from './serverClock'

/** Frames that the server keeps, of all consumers; fewer where they are so large that they would take more memory than this. */
const mostFrames = 5000
const streamBytes = 64 << 20
/** Bytes of marks that wait here while nothing can be sent. */
const mostWaiting = 1 << 20
/** Real ms between two attempts where the server refuses the feed. */
const againMs = 5000

/** What the Redis source is made with, so that others see this consumer and its items. */
export const tellingOthers = ({ feed, kind }: { readonly feed: boolean; readonly kind: 'app' | 'worker' }) => ({
  kind,
  ...(feed && { feed: new Feed() }),
})

type FrameArguments = readonly (string | number | Buffer)[]

export class Feed implements FeedSink {
  /** Frames that the server did not take. */
  lost = 0
  readonly #packer = new RecordPacker()
  readonly #clock = new ServerClock()
  #sid = ''
  #number = 0
  /** Frames of all connections, and the bytes of one, averaged over the last hundred or so: the first after an outage is large, and the stream is everybody's. */
  #made = 0
  #usual = 0
  /** As `performance.now` counts. */
  #refusedUntil = 0
  /** 0: to be read. */
  #now = 0
  readonly #passed = () => {
    this.#now = 0
  }

  /** Read once for all that one callback tells: thousands of ends come together. */
  now(): number {
    if (this.#now === 0) {
      this.#now = workerMicros()
      queueMicrotask(this.#passed)
    }
    return this.#now
  }

  mark(kind: RecordKind, ord: number, text = '', time = this.now()): void {
    if (this.#packer.length > mostWaiting) {
      this.#packer.take()
      this.#number += 1
      this.lost += 1
    }
    this.#packer.add(kind, ord, time, text)
  }

  begin(sid: string): void {
    this.#sid = sid
    this.#number = 0
    this.#refusedUntil = 0
    this.#clock.forget()
  }

  frame(): FrameArguments | null {
    if (this.#packer.count === 0 || performance.now() < this.#refusedUntil) return null
    const bytes = this.#packer.take()
    this.#number += 1
    this.#made += 1
    this.#usual += (bytes.length - this.#usual) / Math.min(this.#made, 100)
    const keep = Math.max(100, Math.min(mostFrames, Math.floor(streamBytes / this.#usual)))
    const measured = this.#clock.current
    const clock = measured ? ['o', Math.round(measured.offset), 'e', Math.ceil(measured.error)] : ['o', '', 'e', '']
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return ['MAXLEN', '~', keep, '*', 'v', 1, 's', this.#sid, 'n', this.#number, ...clock, 'd', data]
  }

  lose(refused: boolean): void {
    this.lost += 1
    if (refused) this.#refusedUntil = performance.now() + againMs
  }

  measure(client: Redis): Promise<void> {
    return this.#clock.measure(client)
  }
}

/** `susp`: the suspect in hand is among the items, and forgotten with them. */
export interface SettledKeys {
  readonly inflight: string
  readonly events: string
  readonly susp: string | null
}

/**
 * Takes the items out of `inflight` and adds the feed's marks to `events`, in one transaction. Resolves when the items are acknowledged, whatever
 * became of the feed; rejects when they are not.
 */
export async function acknowledge(
  client: Redis,
  { inflight, events, susp }: SettledKeys,
  ids: readonly number[],
  feed: Pick<FeedSink, 'frame' | 'lose'> | null,
): Promise<void> {
  const frame = feed?.frame() ?? null
  const fields = ids.map(String)
  if (susp === null && !frame) {
    if (fields.length > 0) await client.hdel(inflight, ...fields)
    return
  }
  const transaction = client.multi()
  if (fields.length > 0) transaction.hdel(inflight, ...fields)
  if (susp !== null) transaction.del(susp)
  if (frame) transaction.call('XADD', events, ...frame)
  let answers: [error: Error | null, answer: unknown][] | null
  try {
    answers = await transaction.exec()
  } catch (error) {
    const refused = error instanceof Error && error.name === 'ReplyError'
    if (frame) feed?.lose(refused)
    if (!refused || !frame) throw error
    // One command that may not be queued, as XADD where the memory is full, discards them all.
    await acknowledge(client, { inflight, events, susp }, ids, null)
    return
  }
  if (answers === null) throw new Error('the transaction was discarded')
  const errors = answers.map(([error]) => error)
  if (frame && errors.pop()) feed?.lose(true)
  for (const error of errors) if (error) throw error
}
