/** The spans of a run in columns: 25 bytes each, 29 where they have labels. Programme seconds. */
import { none } from '#protocol/frame'
import { states } from '#protocol/vocabulary'
import { float64, sparseUint32, uint8, uint32 } from './columns'
import { lookOf, stateOfLook } from './spanTree'

export class SpanTable {
  readonly start = float64()
  /** NaN while it is open. */
  readonly end = float64()
  readonly task = uint32()
  /** Index of a string: what it waits for. */
  readonly label = sparseUint32(0)
  /** State and, of the last span of its task, the task's end: `lookOf`. */
  readonly look = uint8()
  readonly state = { get: (span: number) => stateOfLook(this.look.get(span)) }
  /** The task's next span in time. */
  readonly next = uint32()

  /** Longest segment of each state so far: one that is never a pixel wide need not be explained. */
  readonly longest: number[] = states.map(() => 0)
  /** Open spans of each state, oldest first. */
  private readonly open = states.map(() => new Set<number>())

  get length(): number {
    return this.start.length
  }

  push(start: number, end: number, task: number, label: number, state: number): void {
    if (Number.isNaN(end)) this.open[state]?.add(this.length)
    else this.measure(state, end - start)
    this.start.push(start)
    this.end.push(end)
    this.task.push(task)
    this.label.push(label)
    this.look.push(lookOf(state, null))
    this.next.push(none)
  }

  close(span: number, end: number): void {
    const state = this.state.get(span)
    this.end.set(span, end)
    this.open[state]?.delete(span)
    this.measure(state, end - this.start.get(span))
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
    return Number.isNaN(this.end.get(span))
  }
}
