/** Reads the feed from where it was left, a bounded part at a time: nothing waits at the server for it, and what it was too slow for shows as gaps. */
import type { Redis } from 'ioredis'
import type { LocalText } from '#protocol/catalogue'
import { type FeedFrame, readFrame } from '#protocol/feedRecords'
import type { ClockBounds } from './clockBounds'

/** Entries of one reading. */
const atOnce = 100
/** Readings backwards at the beginning: so much of the past is looked through for what still runs. */
const pagesBack = 5
const firstId = '0-0'

export interface ReadFrame {
  readonly frame: FeedFrame
  /** µs on the server's clock, which gave the entry its name; exact to a millisecond. */
  readonly written: number
}

type Entry = readonly [id: Buffer, fields: readonly Buffer[]]

export class FeedReader {
  /** Null: nothing was read yet. */
  #after: string | null = null
  /** Our time, µs, before which whatever was in the stream has been read. */
  #asked: number | null = null
  unreadable = 0
  problem: LocalText | null = null

  constructor(
    private readonly key: string,
    private readonly clock: ClockBounds,
    /** µs on our clock. */
    private readonly now: () => number,
  ) {}

  /** Whether `past` was read. */
  get begun(): boolean {
    return this.#after !== null
  }

  /** There is no stream yet: whatever it will hold comes after us. */
  beginEmpty(): void {
    this.#after ??= firstId
  }

  /** What the stream holds already, oldest first, as far as it is looked through. */
  async past(client: Redis): Promise<ReadFrame[]> {
    const pages: Entry[][] = []
    let before = '+'
    const asked = this.now()
    let newest = firstId
    for (let page = 0; page < pagesBack; page++) {
      const entries = (await client.xrevrangeBuffer(this.key, before, '-', 'COUNT', atOnce)) as unknown as Entry[]
      if (page === 0 && entries[0]) newest = String(entries[0][0])
      pages.push([...entries])
      const last = entries.at(-1)
      if (!last || entries.length < atOnce) break
      before = `(${last[0]}`
    }
    // Only now: what a connection cut off is read anew with the next.
    this.#after = newest
    this.#asked = asked
    return pages
      .flat()
      .reverse()
      .flatMap((entry) => this.#read(entry))
  }

  /** What came since, at most 100 entries; `more`: there may be others. */
  async next(client: Redis): Promise<{ readonly frames: readonly ReadFrame[]; readonly more: boolean }> {
    const sent = this.now()
    const reply = (await client.xreadBuffer('COUNT', atOnce, 'STREAMS', this.key, this.#after ?? firstId)) as unknown as
      | [Buffer, Entry[]][]
      | null
    const received = this.now()
    const entries = reply?.[0]?.[1] ?? []
    const last = entries.at(-1)
    if (last) this.#after = String(last[0])
    // An entry was written after the reading that did not find it, and before this answer.
    for (const [id] of entries) {
      const written = microsOf(id)
      this.clock.observe(received, written - received, this.#asked === null ? undefined : written + 1000 - this.#asked)
    }
    const more = entries.length === atOnce
    if (!more) this.#asked = sent
    return { frames: entries.flatMap((entry) => this.#read(entry)), more }
  }

  #read([id, fields]: Entry): ReadFrame[] {
    const read = readFrame(fields)
    if (read.ok) return [{ frame: read.value, written: microsOf(id) }]
    this.unreadable += 1
    this.problem = read.problem
    return []
  }
}

/** The name of an entry is `<server ms>-<number>`. */
const microsOf = (id: Buffer) => Number.parseInt(String(id), 10) * 1000
