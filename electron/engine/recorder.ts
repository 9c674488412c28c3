/** Reads the rings of a run's threads and hands their marks to the assembler in order of time. */
import { clock, type Mark, MarkReader } from '../threads/markRing'
import type { Assembler } from './assemble'

/** A mark is written a moment after its time was read; marks younger than this wait for the next round, so that rings merge in order. */
const settleNanos = 2e6

export class Recorder {
  #readers: MarkReader[] = []
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

  /** Feeds what is settled. */
  drain(): void {
    this.#feed(this.now() - settleNanos)
  }

  /** Feeds the rest, when the threads have gone, and lets go of their rings: a run that is kept keeps its history alone. */
  close(): void {
    this.#feed(Number.POSITIVE_INFINITY)
    this.#readers = []
  }

  #feed(until: number): void {
    const marks = this.#held
    const before = marks.length
    for (const reader of this.#readers) reader.drain(marks)
    this.#countLost()
    if (marks.length === 0) return
    if (marks.length > before) marks.sort((a, b) => a.time - b.time)
    let settled = marks.length
    while (settled > 0 && marks[settled - 1]!.time > until) settled--
    for (let i = 0; i < settled; i++) this.assembler.feed(marks[i]!)
    this.#held = settled === marks.length ? [] : marks.slice(settled)
  }

  /** Marks that found a ring full; what the assembler could not place is counted beside them. */
  #countLost(): void {
    const lost = this.#readers.reduce((sum, reader) => sum + reader.dropped, 0)
    this.assembler.history.dropped += Math.max(0, lost - this.#lost)
    this.#lost = lost
  }
}
