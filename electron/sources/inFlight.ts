/** What was taken and is not settled yet: the consumer's own account of it, compared with the server's after every reconnection. */

/**
 * Where the server keeps the item, as far as we know. stage: just moved there by BLMOVE, not yet booked. hash: booked. nowhere: the server came back
 * empty and does not have it yet. lost: it was given to somebody else (our lease was over), so its end here is nobody's business.
 */
type Place = 'stage' | 'hash' | 'nowhere' | 'lost'

interface Entry {
  readonly bytes: Buffer
  /** The item's number for life; 0: not booked yet. */
  ord: number
  /** When it was taken and when it ended, as the feed counts; only of an item that has no number yet. */
  readonly takenAt: number
  endedAt: number
  place: Place
  /** null: running. 'ack': finished. Else it is to be buried, for this reason. */
  end: null | 'ack' | { readonly reason: string }
}

/** What the server answered to `renew`. */
export interface ServerView {
  /** The hash of the incarnation before is ours. */
  readonly adopted: boolean
  /** The server is not the one we knew: its data are gone. */
  readonly emptied: boolean
  /** Fields of our hash. */
  readonly ids: readonly number[]
}

export class InFlight {
  readonly #entries = new Map<number, Entry>()
  /** Ends that wait to be sent; an entry leaves only when its end was confirmed. */
  #ends = new Set<number>()
  /** Confirmed since the last `age` but one. With AOF `everysec` a server may come back without them: then they are acknowledged once more, not run. */
  #confirmed = new Set<number>()
  #confirmedBefore = new Set<number>()
  #running = 0
  #staged: number | null = null
  /** The item that may be what kills its consumers; the server knows that we are trying it. */
  #suspect: number | null = null
  #nextId = 1

  /** Items taken and not done. */
  get running(): number {
    return this.#running
  }

  /** Id of the item that BLMOVE took and no script has booked. At most one. */
  get staged(): number | null {
    return this.#staged
  }

  /** Id of the suspect in hand. At most one. */
  get suspect(): number | null {
    return this.#suspect
  }
  set suspect(id: number) {
    this.#suspect = id
  }

  /** 0: not known, or not running here. */
  ordOf(id: number): number {
    return this.#entries.get(id)?.ord ?? 0
  }

  /** Ours, taken and not done. */
  runningIds(): number[] {
    return [...this.#entries].filter(([, { end, place }]) => !end && place !== 'lost').map(([id]) => id)
  }

  /** Ids for a claim, chosen before the call and never used again: so what was claimed and never heard of can be told from what runs. */
  reserve(count: number): number {
    const base = this.#nextId
    this.#nextId += count
    return base
  }

  add(id: number, bytes: Buffer, place: 'stage' | 'hash', ord = 0, takenAt = 0): void {
    this.#entries.set(id, { bytes, ord, takenAt, endedAt: 0, place, end: null })
    this.#running += 1
    if (place === 'stage') this.#staged = id
  }

  /** Returns what is known of it; undefined: it was not staged. */
  booked(id: number, ord: number): Readonly<Entry> | undefined {
    if (this.#staged === id) this.#staged = null
    const entry = this.#entries.get(id)
    if (entry?.place !== 'stage') return undefined
    entry.place = 'hash'
    entry.ord = ord
    return entry
  }

  /** Returns false when the id is not running here. `at`: when, as the feed counts. */
  end(id: number, end: 'ack' | { readonly reason: string }, at = 0): boolean {
    const entry = this.#entries.get(id)
    if (!entry || entry.end) return false
    entry.end = end
    if (entry.ord === 0) entry.endedAt = at
    this.#running -= 1
    if (entry.place === 'lost') this.#entries.delete(id)
    else this.#ends.add(id)
    return true
  }

  /**
   * Ends that the server may hear of now; burials only where they are asked for. One whose item is not booked yet stays: an HDEL before its HSET
   * would leave the item to be run again.
   */
  takeEnds(withBurials = true): { acks: number[]; burials: { id: number; reason: string }[] } {
    const acks: number[] = []
    const burials: { id: number; reason: string }[] = []
    for (const id of this.#ends) {
      const entry = this.#entries.get(id)
      if (entry && entry.place !== 'hash') continue
      if (!withBurials && entry?.end && entry.end !== 'ack') continue
      this.#ends.delete(id)
      if (entry?.end && entry.end !== 'ack') burials.push({ id, reason: entry.end.reason })
      else acks.push(id)
    }
    return { acks, burials }
  }

  /** The server has heard of these ends. */
  confirm(ids: readonly number[]): void {
    for (const id of ids) {
      const end = this.#entries.get(id)?.end
      this.#entries.delete(id)
      if (id === this.#suspect) this.#suspect = null
      // A burial that the server forgot is made again, since its dead letter is forgotten, too.
      if (end === undefined || end === 'ack') this.#confirmed.add(id)
    }
  }

  /** These ends were sent in vain and will be sent again. */
  again(ids: readonly number[]): void {
    for (const id of ids) this.#ends.add(id)
  }

  /** Forgets what was confirmed two calls ago. Called only while connected, since a server that is away may come back older than it was. */
  age(): void {
    this.#confirmedBefore = this.#confirmed
    this.#confirmed = new Set()
  }

  /**
   * Compares with the server. `orphans`: claimed for us, but the reply was lost, so nobody runs them. `lost`: run here and belong to others from now on.
   */
  reconcile({ adopted, emptied, ids }: ServerView): { orphans: number[]; lost: number[] } {
    const held = new Set(ids)
    const lost: number[] = []
    this.#ends = new Set()
    this.#staged = null
    if (this.#suspect !== null && !held.has(this.#suspect)) this.#suspect = null
    for (const [id, entry] of this.#entries) {
      if (held.has(id)) entry.place = 'hash'
      else if (entry.end) this.#entries.delete(id)
      else if (emptied && !adopted) entry.place = 'nowhere'
      else if (entry.place !== 'nowhere' && entry.place !== 'lost') {
        entry.place = 'lost'
        lost.push(id)
      }
      if (held.has(id) && entry.end) this.#ends.add(id)
    }
    const orphans: number[] = []
    for (const id of ids) {
      if (this.#entries.has(id)) continue
      if (this.#confirmed.has(id) || this.#confirmedBefore.has(id)) this.#ends.add(id)
      else orphans.push(id)
    }
    return { orphans: orphans.sort((a, b) => a - b), lost }
  }

  /** Running here and unknown to a server that came back empty. */
  unwritten(): { id: number; ord: number; bytes: Buffer }[] {
    return [...this.#entries].filter(([, entry]) => entry.place === 'nowhere').map(([id, { ord, bytes }]) => ({ id, ord, bytes }))
  }

  written(ids: readonly number[]): void {
    for (const id of ids) {
      const entry = this.#entries.get(id)
      if (entry?.place === 'nowhere') entry.place = 'hash'
    }
  }

  /** All was given back: what still runs here belongs to whoever takes it next. */
  clear(): void {
    this.#entries.clear()
    this.#ends.clear()
    this.#staged = null
    this.#suspect = null
    this.#running = 0
  }
}
