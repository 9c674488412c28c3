/** What has been taken is put on the account and handed to the sink. */

import { openEnvelope } from '#protocol/envelope'
import type { Claimed, Held } from './commands'
import type { Context } from './context'
import { apart, textOf, textsOf } from './payload'
import type { TakenItem } from './source'

export class Starts {
  constructor(private readonly context: Context) {}

  /** What BLMOVE brought: it starts before any script has booked it. */
  staged(bytes: Buffer): void {
    const { inFlight, feed } = this.context
    const id = inFlight.reserve(1)
    inFlight.addStaged(id, bytes, feed?.now())
    this.context.sink.take({ id, ord: 0, text: textOf(bytes), attempt: 1, bytes })
    this.#endBatch()
  }

  /** The staged item has its number now: what happened to it meanwhile is told. */
  booked(id: number, ord: number): void {
    const { inFlight, sink, feed } = this.context
    const staged = inFlight.booked(id, ord)
    if (!staged || ord === 0) return
    sink.numbered?.(id, ord)
    if (!feed) return
    feed.mark('claimed', ord, nameOf(textOf(staged.bytes)), staged.takenAt)
    feed.mark('started', ord, '', staged.takenAt)
    if (staged.end === 'ack') feed.mark('finished', ord, '', staged.endedAt)
    else if (staged.end) feed.mark('failed', ord, staged.end.reason, staged.endedAt)
  }

  /** Under the ids from `base` on. Returns how many there were. */
  claimed({ recovered, suspect, firstOrd, payloads, lengths }: Claimed, base: number): number {
    let id = base
    const at = this.#now()
    for (const held of recovered) this.#startHeld(id++, held, at)
    if (suspect) this.context.inFlight.suspect = id - 1
    this.#startFresh(id, firstOrd, payloads, lengths, at)
    const count = recovered.length + lengths.length
    if (count > 0) this.#endBatch()
    return count
  }

  /** What was claimed for us and is not known here; null: it is gone. */
  orphans(ids: readonly number[], held: readonly (Held | null)[]): void {
    const at = this.#now()
    held.forEach((one, index) => {
      if (one) this.#startHeld(ids[index]!, one, at)
    })
    this.#endBatch()
  }

  #startHeld(id: number, held: Held, at: number): void {
    const { ord, deaths, bytes } = held
    this.context.inFlight.add(id, bytes, 0, bytes.length, ord, held)
    this.#start({ id, ord, text: textOf(bytes), attempt: 1 + deaths, bytes }, at)
  }

  /** Under ids and numbers that follow one another. */
  #startFresh(firstId: number, firstOrd: number, payloads: Buffer, lengths: readonly number[], time: number): void {
    const { inFlight } = this.context
    const texts = textsOf(payloads, lengths)
    let at = 0
    for (let i = 0; i < lengths.length; i++) {
      const length = lengths[i]!
      const reply = apart(payloads, at, at + length)
      const from = reply === payloads ? at : 0
      const item = new Fresh(firstId + i, firstOrd + i, texts[i]!, reply, from, from + length)
      inFlight.add(item.id, reply, from, item.to, item.ord)
      this.#start(item, time)
      at += length
    }
  }

  /** `at`: when, as the feed counts; the items of a batch are handed on together. */
  #start(item: TakenItem, at: number): void {
    const { sink, feed } = this.context
    feed?.mark('claimed', item.ord, nameOf(item.text), at)
    feed?.mark('started', item.ord, '', at)
    sink.take(item)
  }

  #now(): number {
    return this.context.feed?.now() ?? 0
  }

  #endBatch(): void {
    const { inFlight, board, sink } = this.context
    sink.activity('running', 'takes tasks')
    sink.endOfBatch?.()
    board.set({ inFlight: inFlight.running })
  }
}

/** What the feed calls an item. It cuts long names itself. */
const nameOf = (text: string) => openEnvelope(text)?.payload ?? text

/** An item that was never taken before. Few ask for its bytes. */
class Fresh implements TakenItem {
  readonly attempt = 1

  constructor(
    readonly id: number,
    readonly ord: number,
    readonly text: string,
    readonly reply: Buffer,
    readonly from: number,
    readonly to: number,
  ) {}

  get bytes(): Buffer {
    return this.reply.subarray(this.from, this.to)
  }
}
