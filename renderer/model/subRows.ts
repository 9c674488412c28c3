/**
 * Sub-rows of one lane: tasks that overlap in time are drawn one below the other. A task takes the first sub-row that is free at its first
 * moment and keeps it for life.
 *
 * Which sub-row that is depends on the tasks and their ends alone, not on how the history was cut into frames: an end that arrives after a task
 * which could have used the place sends the tasks from there on to be placed again (in practice a frame's worth of them).
 */
import { firstWhere, uint32 } from './columns'

/** What sub-rows ask of the store. */
export interface TaskTimes {
  /** First moment of the task. */
  startOf(task: number): number
  /** Infinity while it goes on, and for pending. */
  endOf(task: number): number
  /** Spans of the task in order of time. */
  spansOf(task: number): Iterable<number>
}

export class SubRow {
  /** Indices of spans, by time: neither starts nor ends ever go back. */
  readonly spans = uint32()
  /** Tasks, by time. */
  readonly tasks: number[] = []
  /** Where each task's spans begin in `spans`. */
  readonly firstSpan: number[] = []
}

export class SubRows {
  readonly rows: SubRow[] = []
  private readonly rowOf = new Map<number, number>()
  /** Tasks by start, then index: the order in which they take their places. */
  private readonly order: number[] = []
  private dirtyFrom = Infinity

  constructor(private readonly times: TaskTimes) {}

  /** Sub-row of a task, −1 if it has none yet. */
  find(task: number): number {
    return this.rowOf.get(task) ?? -1
  }

  /** The task has its first moment. */
  add(task: number): void {
    const start = this.times.startOf(task)
    this.order.splice(this.place(task, start), 0, task)
    this.dirty(start)
  }

  /** A span turned up that changes what was the task's first moment. */
  move(task: number, before: number): void {
    this.order.splice(this.order.lastIndexOf(task), 1)
    this.add(task)
    this.dirty(before)
  }

  /** The task has one more span, the last in its time. */
  extend(task: number, span: number): void {
    const row = this.rows[this.find(task)]
    if (row && row.tasks[row.tasks.length - 1] === task) row.spans.push(span)
    else this.dirty(this.times.startOf(task))
  }

  /** Places from `time` on are to be found again. */
  dirty(time: number): void {
    this.dirtyFrom = Math.min(this.dirtyFrom, time)
  }

  /** The task ended: whoever came later could have had its place. */
  ended(end: number): void {
    const last = this.order[this.order.length - 1]
    if (last !== undefined && this.times.startOf(last) >= end) this.dirty(end)
  }

  /** Gives every task a place that has none. Called once after each append. */
  settle(): void {
    const from = this.dirtyFrom
    if (from === Infinity) return
    this.dirtyFrom = Infinity
    const { times, order } = this
    for (const row of this.rows) {
      let keep = row.tasks.length
      while (keep > 0 && times.startOf(row.tasks[keep - 1]!) >= from) keep--
      if (keep === row.tasks.length) continue
      row.spans.truncate(row.firstSpan[keep]!)
      row.tasks.length = keep
      row.firstSpan.length = keep
    }
    const first = firstWhere(0, order.length, (i) => times.startOf(order[i]!) >= from)
    for (let i = first; i < order.length; i++) this.put(order[i]!)
    while (this.rows.length > 0 && this.rows[this.rows.length - 1]!.tasks.length === 0) this.rows.pop()
  }

  private put(task: number): void {
    const start = this.times.startOf(task)
    let index = this.rows.findIndex(
      (row) => row.tasks.length === 0 || this.times.endOf(row.tasks[row.tasks.length - 1]!) <= start,
    )
    if (index < 0) index = this.rows.push(new SubRow()) - 1
    const row = this.rows[index]!
    row.tasks.push(task)
    row.firstSpan.push(row.spans.length)
    for (const span of this.times.spansOf(task)) row.spans.push(span)
    this.rowOf.set(task, index)
  }

  private place(task: number, start: number): number {
    const { order, times } = this
    return firstWhere(0, order.length, (i) => {
      const other = order[i]!
      const otherStart = times.startOf(other)
      return otherStart > start || (otherStart === start && other > task)
    })
  }
}
