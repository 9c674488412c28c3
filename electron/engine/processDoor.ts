/** The door for what a process of a pool says: it runs a programme's own code, and may be out of order. */
import * as v from 'valibot'
import type { Chunk, FromChild } from '../processes/messages'
import { type Mark, markKinds } from '../threads/markRing'

/** A mark's text is cut where it is written. */
const text = v.pipe(v.string(), v.maxLength(4000))
const code = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))
/** Nanoseconds that another process's clock may be ahead of ours. */
const aheadNanos = 1e9
/** In a mark: no task. */
const noTask = 0xffffffff

/** A process of a pool takes nothing from a queue. */
const kinds = markKinds.filter((kind) => kind !== 'claim' && kind !== 'settle')

const mark = v.object({
  time: v.pipe(v.number(), v.finite()),
  kind: v.picklist(kinds),
  code,
  lane: v.number(),
  task: v.number(),
  text,
  target: text,
  // Mostly none.
  value: v.union([v.number(), v.nan()]),
})
const marks = v.array(v.unknown())
const result = v.union([
  v.object({ values: v.array(v.unknown()), error: v.null() }),
  v.object({ values: v.null(), error: v.pipe(v.string(), v.minLength(1)) }),
])
const message = v.variant('type', [
  v.object({ type: v.literal('loaded') }),
  v.object({ type: v.literal('pong'), reading: v.pipe(v.number(), v.finite()) }),
  v.object({ type: v.literal('marks'), marks }),
  v.object({ type: v.literal('ran'), marks, result }),
])

export interface Heard {
  readonly message: FromChild
  /** Marks that were left out of it. */
  readonly refused: number
}

/** What one process was told, and what it may say because of that. */
export class ProcessDoor {
  #loaded = false
  #pings = 0
  /** What it works on. */
  #chunk: Chunk | null = null
  readonly #tasks = new Set<number>([noTask])

  constructor(readonly lane: number) {}

  pinged(): void {
    this.#pings++
  }

  handed(chunk: Chunk): void {
    this.#chunk = chunk
    this.#tasks.add(chunk.task)
  }

  /** `now`: ns on the threads' clock. Null: no message of a process that keeps to its part; nothing more of it can be believed. */
  hear(received: unknown, now: number): Heard | null {
    const parsed = v.safeParse(message, received)
    if (!parsed.success) return null
    const said = parsed.output
    switch (said.type) {
      case 'loaded':
        if (this.#loaded) return null
        this.#loaded = true
        return { message: said, refused: 0 }
      case 'pong':
        return this.#pings-- > 0 ? { message: said, refused: 0 } : null
      case 'marks': {
        const { kept, refused } = this.#marks(said.marks, now)
        return { message: { type: 'marks', marks: kept }, refused }
      }
      case 'ran': {
        const chunk = this.#chunk
        if (!chunk || (said.result.values && said.result.values.length !== chunk.items.length)) return null
        this.#chunk = null
        const { kept, refused } = this.#marks(said.marks, now)
        return { message: { type: 'ran', marks: kept, result: said.result }, refused }
      }
    }
  }

  /** Those of its own lane and of tasks that it was given, at a time that can be. */
  #marks(received: readonly unknown[], now: number): { kept: Mark[]; refused: number } {
    const kept = received.filter(
      (one): one is Mark =>
        v.is(mark, one) && one.lane === this.lane && this.#tasks.has(one.task) && one.time >= 0 && one.time <= now + aheadNanos,
    )
    return { kept, refused: received.length - kept.length }
  }
}
