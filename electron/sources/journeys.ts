/**
 * When each item was claimed and settled, joined to its task: one mark for as many tasks as follow one another, since a busy consumer takes and
 * acknowledges a hundred thousand items a second.
 */

import type { Envelope } from '#protocol/envelope'
import type { EnvelopeKind, Settlement } from '#protocol/vocabulary'
import { WallClock } from './wallClock'

/** Where the marks go; `time`, `pushed` and `sent` are ns on the threads' clock. */
export interface JourneyMarks {
  now(): number
  claimed(task: number, count: number, time: number, pushed: number, envelope: EnvelopeKind): void
  settled(task: number, count: number, time: number, sent: number, how: Settlement): void
}

/**
 * µs, a year: what says that it was pushed longer ago, or will be pushed later, counts in another unit or has no clock. A little later is the other clock's
 * fault, is kept, and is said.
 */
const farthest = 366 * 86_400e6

/** Tasks of one mark, at most. */
const longestRun = 65_535

export class Journeys {
  /** Item of the source → its task on the loop, until it is settled. */
  readonly #tasks = new Map<number, number>()
  readonly #wall = new WallClock()
  /** When the reply came that is being taken; null: none is. */
  #arrived: number | null = null
  /** Tasks of that reply that are not marked yet. */
  #run = { task: 0, count: 0 }

  constructor(private readonly marks: JourneyMarks) {}

  /** An item is about to be taken; all that are taken without a pause came with one reply. */
  arrive(): void {
    if (this.#arrived !== null) return
    this.#arrived = this.marks.now()
    queueMicrotask(() => {
      this.#markRun()
      this.#arrived = null
    })
  }

  /** Its task is `task`. */
  took(item: number, task: number, envelope: Envelope | null): void {
    this.#tasks.set(item, task)
    const run = this.#run
    if (!envelope && task === run.task + run.count && run.count < longestRun) {
      run.count++
      return
    }
    this.#markRun()
    if (envelope) this.#markOne(task, envelope)
    else this.#run = { task, count: 1 }
  }

  /** Undefined: it is settled, or was never taken. */
  taskOf(item: number): number | undefined {
    return this.#tasks.get(item)
  }

  /** The server answered that it is done with these items, which it was told `millis` ago. */
  settled(items: readonly number[], how: Settlement, millis: number): void {
    const time = this.marks.now()
    const sent = time - millis * 1e6
    let first = 0
    let count = 0
    for (const item of items) {
      const task = this.#tasks.get(item)
      if (task === undefined) continue
      this.#tasks.delete(item)
      if (count > 0 && task === first + count && count < longestRun) {
        count++
        continue
      }
      if (count > 0) this.marks.settled(first, count, time, sent, how)
      first = task
      count = 1
    }
    if (count > 0) this.marks.settled(first, count, time, sent, how)
  }

  /** Nothing more will be heard of these items, or of all that were taken. */
  forget(items?: readonly number[]): void {
    if (!items) this.#tasks.clear()
    else for (const item of items) this.#tasks.delete(item)
  }

  #markRun(): void {
    const { task, count } = this.#run
    if (count > 0) this.marks.claimed(task, count, this.#arrived!, Number.NaN, 'none')
    this.#run = { task: 0, count: 0 }
  }

  #markOne(task: number, { at }: Envelope): void {
    const ago = this.#wall.now() - at
    const isTime = Math.abs(ago) <= farthest
    const pushed = isTime ? this.marks.now() - ago * 1000 : Number.NaN
    this.marks.claimed(task, 1, this.#arrived!, pushed, isTime ? 'timed' : 'untimed')
  }
}
