/** Reads the rings of a run's threads and hands their marks to the assembler in order of time. */
import { clock, type Mark, MarkReader } from '../threads/markRing'
import type { Assembler } from './assemble'

/** A mark is written a moment after its time was read; marks younger than this wait for the next round, so that rings merge in order. */
const settleNanos = 2e6

export class Recorder {
  readonly #readers: MarkReader[] = []
  #held: Mark[] = []
  #lost = 0

  constructor(
    readonly epoch: bigint,
    readonly assembler: Assembler,
  ) {}

  add(ring: SharedArrayBuffer): void {
    this.#readers.push(new MarkReader(ring))
  }

  /** Nanoseconds on the threads' clock. */
  now = () => clock(this.epoch)

  /** Feeds what is settled; `all` when the threads have gone and nothing more can come. */
  drain(all = false): void {
    const until = this.now() - settleNanos
    const marks = this.#held
    const before = marks.length
    for (const reader of this.#readers) reader.drain(marks)
    this.#countLost()
    if (marks.length === 0) return
    if (marks.length > before) marks.sort((a, b) => a.time - b.time)
    let settled = marks.length
    if (!all) while (settled > 0 && marks[settled - 1]!.time > until) settled--
    for (let i = 0; i < settled; i++) this.assembler.feed(marks[i]!)
    this.#held = settled === marks.length ? [] : marks.slice(settled)
  }

  /** Marks that found a ring full; what the assembler could not place is counted beside them. */
  #countLost(): void {
    const lost = this.#readers.reduce((sum, reader) => sum + reader.dropped, 0)
    this.assembler.history.dropped += lost - this.#lost
    this.#lost = lost
  }
}
