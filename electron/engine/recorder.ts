/** Reads the rings of a run's threads and hands their marks to the assembler in order of time. */
import { clock, type Mark, MarkReader } from '../threads/markRing'
import type { Assembler } from './assemble'

interface Source {
  readonly slot: number
  readonly reader: MarkReader
  lost: number
}

interface Loss {
  readonly slot: number
  readonly from: number
  readonly until: number
  readonly lost: number
}

/** A mark is written a moment after its time was read; marks younger than this wait for the next round, so that rings merge in order. */
const settleNanos = 2e6

export class Recorder {
  #sources: Source[] = []
  #held: Mark[] = []
  /** From other processes. */
  #received: Mark[] = []
  #losses: Loss[] = []

  constructor(
    readonly epoch: bigint,
    readonly assembler: Assembler,
  ) {}

  /** `slot`: the thread that writes into it. */
  add(ring: SharedArrayBuffer, slot: number): void {
    this.#sources.push({ slot, reader: new MarkReader(ring), lost: 0 })
  }

  /** Marks that came by message, with the time at which they were written. */
  receive(marks: readonly Mark[]): void {
    this.#received.push(...marks)
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
    this.#sources = []
  }

  #feed(until: number): void {
    const marks = this.#held
    const before = marks.length
    marks.push(...this.#received)
    this.#received = []
    for (const source of this.#sources) this.#read(source, marks)
    this.#feedMarks(marks, before, until)
    this.#feedLosses(until)
  }

  #feedMarks(marks: Mark[], before: number, until: number): void {
    if (marks.length === 0) return
    if (marks.length > before) marks.sort((a, b) => a.time - b.time)
    let settled = marks.length
    while (settled > 0 && marks[settled - 1]!.time > until) settled--
    for (let i = 0; i < settled; i++) this.assembler.feed(marks[i]!)
    this.#held = settled === marks.length ? [] : marks.slice(settled)
  }

  /** What a full ring lost, it lost after the last mark that it took and before it was emptied. */
  #read(source: Source, marks: Mark[]): void {
    const { reader, slot } = source
    reader.drain(marks)
    const lost = reader.dropped - source.lost
    if (lost === 0) return
    source.lost += lost
    this.assembler.history.dropped += lost
    this.#losses.push({ slot, from: reader.fullSince, until: this.now(), lost })
  }

  /** After the marks around them: only those tell where zero is, and which lane the thread has. */
  #feedLosses(until: number): void {
    const settled = this.#losses.filter((loss) => loss.until <= until)
    if (settled.length === 0) return
    for (const loss of settled) this.assembler.lose(loss.slot, loss.from, loss.until, loss.lost)
    this.#losses = this.#losses.filter((loss) => loss.until > until)
  }
}
