/** What was taken and is not settled yet: the consumer's own account of it, compared with the server's after every reconnection. */

/**
 * Where the server keeps the item, as far as we know. stage: just moved there by BLMOVE, not yet booked. hash: booked. nowhere: the server came back
 * empty and does not have it yet. lost: it was given to somebody else (our lease was over), so its end here is nobody's business.
 */
type Place = 'stage' | 'hash' | 'nowhere' | 'lost'

/** Of an item that was taken before: consumers that died with it in hand, and who took it first. */
export interface Past {
  readonly deaths: number
  readonly origin: Buffer
}

interface Entry {
  readonly id: number
  /** Where the payload's bytes lie; what they lie in came with one reply, of which no item keeps more than a little. */
  readonly reply: Buffer
  readonly from: number
  readonly to: number
  /** The item's number for life; 0: not booked yet. */
  ord: number
  readonly past: Past | null
  place: Place
  /** null: running. 'ack': finished. Else it is to be buried, for this reason. */
  end: null | 'ack' | { readonly reason: string }
}

/** An item that is booked only now. Times as the feed counts; `endedAt` only where it has ended. */
export interface Booked {
  readonly bytes: Buffer
  readonly takenAt: number
  readonly endedAt: number
  readonly end: Entry['end']
}

/** An item that a server which came back empty does not know. */
export interface Unwritten {
  readonly id: number
  /** 0: the server gives it its number. */
  readonly ord: number
  readonly past: Past | null
  readonly bytes: Buffer
  /** It runs no more: it is written to be buried. */
  readonly ended: boolean
}

/** What the server answered to `renew`. */
export interface ServerView {
  /** The server is not the one we knew: its data are gone. */
  readonly emptied: boolean
  /** Fields of our hash. */
  readonly ids: readonly number[]
}

export class InFlight {
  readonly #entries = new Map<number, Entry>()
  /** Ends that wait to be sent; an entry leaves only when its end was confirmed. */
  #ends: Entry[] = []
  /** Confirmed before, and still held by a server that came back older than it was. */
  #repeats: number[] = []
  /** Confirmed since the last `age` but one. With AOF `everysec` a server may come back without them: then they are acknowledged once more, not run. */
  #confirmed: (readonly number[])[] = []
  #confirmedBefore: (readonly number[])[] = []
  #running = 0
  #staged: number | null = null
  #stagedAt = 0
  #stagedEndedAt = 0
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

  /** Finished here, and the server has not said yet that it knows. */
  finishedIds(): number[] {
    return [...this.#entries].filter(([, { end, place }]) => end === 'ack' && place === 'hash').map(([id]) => id)
  }

  /** Booked, and the answer with the number was lost. At most one. */
  unnumbered(): number[] {
    return [...this.#entries].filter(([, { ord, place }]) => ord === 0 && place === 'hash').map(([id]) => id)
  }

  /** Ids for a claim, chosen before the call and never used again: so what was claimed and never heard of can be told from what runs. */
  reserve(count: number): number {
    const base = this.#nextId
    this.#nextId += count
    return base
  }

  /** The payload is `reply` from `from` to `to`. */
  add(id: number, reply: Buffer, from: number, to: number, ord: number, past: Past | null = null): void {
    this.#entries.set(id, { id, reply, from, to, ord, past, place: 'hash', end: null })
    this.#running += 1
  }

  /** What BLMOVE took. `takenAt`: as the feed counts. */
  addStaged(id: number, bytes: Buffer, takenAt = 0): void {
    this.#entries.set(id, { id, reply: bytes, from: 0, to: bytes.length, ord: 0, past: null, place: 'stage', end: null })
    this.#running += 1
    this.#staged = id
    this.#stagedAt = takenAt
  }

  /** Undefined: it has its number already, or is not ours. */
  booked(id: number, ord: number): Booked | undefined {
    if (this.#staged === id) this.#staged = null
    const entry = this.#entries.get(id)
    if (!entry || entry.ord > 0 || entry.place === 'lost') return undefined
    entry.place = 'hash'
    entry.ord = ord
    return { bytes: bytesOf(entry), takenAt: this.#stagedAt, endedAt: this.#stagedEndedAt, end: entry.end }
  }

  /** Returns the item's number, 0 where it has none yet, −1 where it is not ours any more; undefined when the id is not running here. `at`: when, as the feed counts. */
  end(id: number, end: 'ack' | { readonly reason: string }, at = 0): number | undefined {
    const entry = this.#entries.get(id)
    if (!entry || entry.end) return undefined
    entry.end = end
    if (entry.ord === 0 && entry.place !== 'lost') this.#stagedEndedAt = at
    this.#running -= 1
    if (entry.place === 'lost') {
      this.#entries.delete(id)
      return -1
    }
    this.#ends.push(entry)
    return entry.ord
  }

  /**
   * Ends that the server may hear of now; burials only where they are asked for. One whose item is not booked yet stays: an HDEL before its HSET
   * would leave the item to be run again.
   */
  takeEnds(withBurials = true): { acks: number[]; burials: { id: number; reason: string }[] } {
    const acks: number[] = []
    const burials: { id: number; reason: string }[] = []
    const kept: Entry[] = []
    for (const entry of this.#ends) {
      const { id, end, place } = entry
      if (place !== 'hash' || (!withBurials && end !== 'ack')) kept.push(entry)
      else if (end && end !== 'ack') burials.push({ id, reason: end.reason })
      else acks.push(id)
    }
    acks.push(...this.#repeats.splice(0))
    this.#ends = kept
    return { acks, burials }
  }

  /** The server has heard of these ends. */
  confirm(ids: readonly number[]): void {
    const acked: number[] = []
    for (const id of ids) {
      const end = this.#entries.get(id)?.end
      this.#entries.delete(id)
      if (id === this.#suspect) this.#suspect = null
      // A burial that the server forgot is made again, since its dead letter is forgotten, too.
      if (end === undefined || end === 'ack') acked.push(id)
    }
    this.#confirmed.push(acked)
  }

  /** These ends were sent in vain and will be sent again. */
  again(ids: readonly number[]): void {
    for (const id of ids) {
      const entry = this.#entries.get(id)
      if (entry) this.#ends.push(entry)
      else this.#repeats.push(id)
    }
  }

  /** Forgets what was confirmed two calls ago. Called only while connected, since a server that is away may come back older than it was. */
  age(): void {
    this.#confirmedBefore = this.#confirmed
    this.#confirmed = []
  }

  /**
   * Compares with the server. `orphans`: claimed for us, but the reply was lost, so nobody runs them. `lost`: run here and belong to others from now on.
   */
  reconcile({ emptied, ids }: ServerView): { orphans: number[]; lost: number[] } {
    const held = new Set(ids)
    const lost: number[] = []
    this.#ends = []
    this.#repeats = []
    this.#staged = null
    for (const [id, entry] of this.#entries) {
      // What failed is written, too: its dead letter can only be made of what the server has. What others have they write themselves.
      const isUnknown = entry.place === 'nowhere' || (emptied && entry.place !== 'lost')
      const isWritten = isUnknown && entry.end !== 'ack'
      if (held.has(id)) entry.place = 'hash'
      else if (isWritten) entry.place = 'nowhere'
      else if (entry.end) this.#entries.delete(id)
      else if (entry.place !== 'lost') {
        entry.place = 'lost'
        lost.push(id)
      }
      if (entry.end && (held.has(id) || isWritten)) this.#ends.push(entry)
    }
    const suspect = this.#suspect
    if (suspect !== null && !held.has(suspect) && this.#entries.get(suspect)?.place !== 'nowhere') this.#suspect = null
    const orphans: number[] = []
    const confirmed = new Set([...this.#confirmedBefore, ...this.#confirmed].flat())
    for (const id of ids) {
      if (this.#entries.has(id)) continue
      if (confirmed.has(id)) this.#repeats.push(id)
      else orphans.push(id)
    }
    return { orphans: orphans.sort((a, b) => a - b), lost }
  }

  /** Running here, or to be buried, and unknown to a server that came back empty. */
  unwritten(): Unwritten[] {
    return [...this.#entries]
      .filter(([, entry]) => entry.place === 'nowhere')
      .map(([id, entry]) => ({ id, ord: entry.ord, past: entry.past, bytes: bytesOf(entry), ended: entry.end !== null }))
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
    this.#ends = []
    this.#repeats = []
    this.#staged = null
    this.#suspect = null
    this.#running = 0
  }
}

const bytesOf = ({ reply, from, to }: Entry) => reply.subarray(from, to)
