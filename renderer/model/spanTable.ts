/** The spans of a run in columns: 33 bytes each. Programme seconds. */
import { none } from '#protocol/frame'
import { float64, uint8, uint16, uint32 } from './columns'

export class SpanTable {
  readonly start = float64()
  /** NaN while it is open. */
  readonly end = float64()
  readonly task = uint32()
  /** Index of a string: what it waits for. */
  readonly label = uint32()
  readonly lane = uint16()
  readonly state = uint8()
  /** The task's next span in time. */
  readonly next = uint32()

  get length(): number {
    return this.start.length
  }

  push(start: number, end: number, task: number, label: number, lane: number, state: number): void {
    this.start.push(start)
    this.end.push(end)
    this.task.push(task)
    this.label.push(label)
    this.lane.push(lane)
    this.state.push(state)
    this.next.push(none)
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
