/** The spans of a run in columns: 12 bytes each where many come in a second, 4 more where they have labels. Taken in real nanoseconds, given in programme seconds. */
import { none } from '#protocol/frame'
import { nanos, toProgramme } from '#protocol/units'
import { states } from '#protocol/vocabulary'
import { sparseUint32, uint8 } from './columns'
import { packedBytes, packedLengths, packedTimes, packedWords } from './packedColumn'
import { lookOf, stateOfLook } from './spanTree'

export class SpanTable {
  /** Real nanoseconds. */
  readonly from = packedTimes()
  /** Real nanoseconds; NaN while it is open. */
  readonly lasted = packedLengths(Number.NaN)
  readonly start = { get: (span: number) => this.seconds(this.from.get(span)) }
  /** NaN while it is open. */
  readonly end = { get: (span: number) => this.seconds(this.from.get(span) + this.lasted.get(span)) }
  readonly task = packedWords(none)
  /** Index of a string: what it waits for. */
  readonly label = sparseUint32(0)
  /** State and, of the last span of its task, the task's end: `lookOf`. */
  readonly look = uint8()
  readonly state = { get: (span: number) => stateOfLook(this.look.get(span)) }
  /** How much further on the task's next span in time is. */
  private readonly ahead = packedBytes(none)

  /** Longest segment of each state so far: one that is never a pixel wide need not be explained. */
  readonly longest: number[] = states.map(() => 0)
  /** Open spans of each state, oldest first. */
  private readonly open = states.map(() => new Set<number>())

  constructor(readonly speed: number) {}

  get length(): number {
    return this.from.length
  }

  /** Two processes' clocks may be apart by more than a short span lasts: none ends before it starts. */
  push(start: number, end: number, task: number, label: number, state: number): void {
    const lasted = Math.max(0, end - start)
    if (Number.isNaN(end)) this.open[state]?.add(this.length)
    else this.measure(state, this.seconds(lasted))
    this.from.push(start)
    this.lasted.push(lasted)
    this.task.push(task)
    this.label.push(label)
    this.look.push(lookOf(state, null))
    this.ahead.push(none)
  }

  close(span: number, end: number): void {
    const state = this.state.get(span)
    const lasted = Math.max(0, end - this.from.get(span))
    this.lasted.set(span, lasted)
    this.open[state]?.delete(span)
    this.measure(state, this.seconds(lasted))
  }

  /** The task's next span in time; `none`: it is the last. */
  next(span: number): number {
    const ahead = this.ahead.get(span)
    return ahead === none ? none : span + ahead
  }

  setNext(span: number, next: number): void {
    this.ahead.set(span, next === none ? none : next - span)
  }

  /** How its task ended; null: it has not, or it is not the task's last. */
  setEnd(span: number, end: number | null): void {
    this.look.set(span, lookOf(this.state.get(span), end))
  }

  /** Open spans reach to `now`; the oldest of a state is its longest. */
  reach(now: number): void {
    this.open.forEach((spans, state) => {
      for (const oldest of spans) {
        this.measure(state, now - this.start.get(oldest))
        break
      }
    })
  }

  private measure(state: number, length: number): void {
    if (length > (this.longest[state] ?? Infinity)) this.longest[state] = length
  }

  /** Where the span ends for somebody who looks at `now`: an open one reaches there. */
  endAt(span: number, now: number): number {
    const end = this.end.get(span)
    return Number.isNaN(end) ? Math.max(now, this.start.get(span)) : end
  }

  lengthOf(span: number, now: number): number {
    return this.endAt(span, now) - this.start.get(span)
  }

  isOpen(span: number): boolean {
    return Number.isNaN(this.lasted.get(span))
  }

  /** Real nanoseconds of the run → programme seconds. */
  seconds(real: number): number {
    return toProgramme(nanos(real), this.speed)
  }
}
