/** What the rows of a run hold: its spans, and the tasks that ended without ever doing anything. Programme seconds. */
import type { SpanTable } from './spanTable'
import { type Items, isMoment, lookOf, noState, taskOfMoment } from './spanTree'
import type { TaskTable } from './taskTable'

export class RowItems implements Items {
  constructor(
    private readonly spans: SpanTable,
    private readonly tasks: TaskTable,
  ) {}

  startOf(item: number): number {
    return isMoment(item) ? this.tasks.endTime.get(taskOfMoment(item)) : this.spans.start.get(item)
  }

  endOf(item: number): number {
    return this.endAt(item, Infinity)
  }

  /** Where it ends for somebody who looks at `now`. */
  endAt(item: number, now: number): number {
    return isMoment(item) ? this.tasks.endTime.get(taskOfMoment(item)) : this.spans.endAt(item, now)
  }

  lookOf(item: number): number {
    return isMoment(item) ? lookOf(noState, this.tasks.end.get(taskOfMoment(item))) : this.spans.look.get(item)
  }

  taskOf(item: number): number {
    return isMoment(item) ? taskOfMoment(item) : this.spans.task.get(item)
  }

  /** Null for a task that did nothing. */
  spanOf(item: number): number | null {
    return isMoment(item) ? null : item
  }
}
