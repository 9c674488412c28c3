/** Reads the rings of a run's threads and hands their marks to the assembler in order of time. */
import { clock, type Mark, MarkReader, type MarkSource } from '../threads/markRing'
import type { Assembler } from './assemble'

interface Ring {
  readonly slot: number
  readonly reader: MarkReader
  lost: number
}

interface Loss {
  readonly slot: number
  readonly from: number
  readonly until: number
  readonly lost: number
  /** When it was heard of: what its thread had written before is then in its ring. */
  readonly heard: number
}

/** A mark is written a moment after its time was read; marks younger than this wait for the next round, so that rings merge in order. */
const settleNanos = 2e6

export class Recorder {
  #rings: Ring[] = []
  readonly #received = new ReceivedMarks()
  #losses: Loss[] = []

  constructor(
    readonly epoch: bigint,
    readonly assembler: Assembler,
  ) {}

  /** `slot`: the thread that writes into it. */
  add(ring: SharedArrayBuffer, slot: number): void {
    this.#rings.push({ slot, reader: new MarkReader(ring), lost: 0 })
  }

  /** Marks that came by message, with the time at which they were written. */
  receive(marks: readonly Mark[]): void {
    this.#received.add(marks)
  }

  /** Marks that came by message for `slot` and are none: as lost as those that found a ring full, at a moment that is not known. */
  refuse(slot: number, count: number): void {
    const now = this.now()
    this.miss(slot, now, now, count)
  }

  /** Marks for `slot` that never came, between two moments on the threads' clock. */
  miss(slot: number, from: number, until: number, count: number): void {
    this.assembler.history.dropped += count
    this.#losses.push({ slot, from, until, lost: count, heard: this.now() })
  }

  /** Nanoseconds on the threads' clock. */
  now = () => clock(this.epoch)

  /** Feeds what is settled. */
  drain(): void {
    this.#feed(this.now() - settleNanos)
  }

  /** Feeds the rest, when the threads have gone, and lets go of their rings: a run that is kept keeps its history alone. */
  close(): void {
    this.#feed(Number.POSITIVE_INFINITY)
    this.#rings = []
  }

  #feed(until: number): void {
    for (const { reader } of this.#rings) reader.open()
    this.#merge([...this.#rings.map(({ reader }) => reader), this.#received], until)
    for (const ring of this.#rings) this.#count(ring)
    for (const { reader } of this.#rings) reader.close()
    this.#feedLosses(until)
  }

  /** A source's marks one after another, as long as no other has an earlier one. */
  #merge(sources: readonly MarkSource[], until: number): void {
    const { assembler } = this
    const times = sources.map((source) => source.nextTime())
    for (;;) {
      let first = 0
      for (let i = 1; i < times.length; i++) if (times[i]! < times[first]!) first = i
      let others = until
      for (let i = 0; i < times.length; i++) if (i !== first) others = Math.min(others, times[i]!)
      let time = times[first]!
      // Also where a time is no number: nothing may hold the engine.
      if (time === Number.POSITIVE_INFINITY || !(time <= until)) return
      for (const source = sources[first]!; time <= others && time !== Number.POSITIVE_INFINITY; time = source.nextTime())
        assembler.feed(source.take())
      times[first] = time
    }
  }

  /** What a full ring lost, it lost after the last mark that it took and before it was emptied. */
  #count(ring: Ring): void {
    const { reader, slot } = ring
    const lost = reader.dropped - ring.lost
    if (lost === 0) return
    ring.lost += lost
    this.assembler.history.dropped += lost
    const now = this.now()
    this.#losses.push({ slot, from: reader.fullSince(), until: now, lost, heard: now })
  }

  /** After the marks around them: only those tell where zero is, and which lane the thread has. */
  #feedLosses(until: number): void {
    const settled = this.#losses.filter(({ heard }) => heard <= until)
    if (settled.length === 0) return
    for (const loss of settled) this.assembler.lose(loss.slot, loss.from, loss.until, loss.lost)
    this.#losses = this.#losses.filter(({ heard }) => heard > until)
  }
}

/** Marks of other processes, which come in batches. */
class ReceivedMarks implements MarkSource {
  #marks: Mark[] = []
  #taken = 0

  add(marks: readonly Mark[]): void {
    this.#marks = [...this.#marks.slice(this.#taken), ...marks].sort((a, b) => a.time - b.time)
    this.#taken = 0
  }

  nextTime(): number {
    return this.#marks[this.#taken]?.time ?? Number.POSITIVE_INFINITY
  }

  take(): Mark {
    return this.#marks[this.#taken++]!
  }
}
