/**
 * Sub-rows of one lane: tasks that overlap in time are drawn one below the other, and what a task made while it lived right below that task. A
 * task takes the first sub-row that is free at its first moment and keeps it for life.
 *
 * Which sub-row that is depends on the tasks and their ends alone, not on how the history was cut into frames: an end that arrives after a task
 * which could have used the place sends the tasks from there on to be placed again (in practice a frame's worth of them).
 */
import { firstWhere, uint32 } from './columns'
import { FreeTimes } from './freeTimes'
import { type Items, isMoment, momentOf, SpanTree } from './spanTree'

/** What sub-rows ask of the store. */
export interface TaskTimes {
  /** First moment of the task. */
  startOf(task: number): number
  /** Infinity while it goes on, and for pending. */
  endOf(task: number): number
  /** Spans of the task in order of time. */
  spansOf(task: number): Iterable<number>
  /** The task of the same lane that made it. */
  parentOnLane(task: number): number | null
}

/** Tasks that stand one in another; what is made further in stands beside the one that made it. Nobody could read it, and a call goes as deep. */
const deepest = 64

export class SubRow {
  /** How many tasks, one in another, it is inside of. */
  readonly depth: number
  /** What stands in it, by time. */
  readonly tree: SpanTree
  /** Tasks, by time. */
  readonly tasks: number[] = []
  /** Where each task's items begin in the tree. */
  readonly firstItem: number[] = []
  /** Rows of the tasks that its own enclose. */
  readonly inner: SubRow[] = []
  /** From the top of the lane. */
  index = -1
  /** Among the rows that the same one encloses. */
  place = 0

  /** `number`: among all rows of the run. `outer`: the row of the tasks that enclose those of this one; null: none does. */
  constructor(
    readonly lane: SubRows,
    readonly number: number,
    readonly outer: SubRow | null,
    items: Items,
  ) {
    this.tree = new SpanTree(items)
    this.depth = outer ? outer.depth + 1 : 0
  }
}

/** Which row each task of a run is in: a number for a task, where a map would take ten times as much. */
export class Places {
  /** Number of the row, from 1; 0: none yet. */
  private readonly numbers = uint32()
  private readonly rows: (SubRow | null)[] = [null]
  private readonly free: number[] = []

  get(task: number): SubRow | null {
    return task < this.numbers.length ? this.rows[this.numbers.get(task)]! : null
  }

  set(task: number, row: SubRow | null): void {
    while (this.numbers.length <= task) this.numbers.push(0)
    this.numbers.set(task, row?.number ?? 0)
  }

  open(make: (number: number) => SubRow): SubRow {
    const number = this.free.pop() ?? this.rows.length
    const row = make(number)
    this.rows[number] = row
    return row
  }

  /** Nothing is in the row any more, and so nothing in those that it encloses. */
  close(row: SubRow): void {
    this.rows[row.number] = null
    this.free.push(row.number)
    for (const inner of row.inner) this.close(inner)
  }
}

export class SubRows {
  /** From top to bottom: each row, then those that it encloses. */
  readonly rows: SubRow[] = []
  private readonly outermost: SubRow[] = []
  /** Tasks by start, then index: the order in which they take their places. */
  private readonly order: number[] = []
  private readonly children = new Map<number, Set<number>>()
  /** See `lastInner`. Forgotten when places change. */
  private readonly lastInnerOf = new Map<number, number>()
  /** When the rows of a list become free; only while places are found. */
  private readonly freeOf = new Map<readonly SubRow[], FreeTimes>()
  private dirtyFrom = Infinity
  /** Grows whenever a task was given a place: until then the rows and their names are what they were. */
  placings = 0

  constructor(
    private readonly times: TaskTimes,
    private readonly items: Items,
    private readonly places: Places,
  ) {}

  /** Sub-row of a task, −1 if it has none yet, or is on another lane. */
  find(task: number): number {
    return this.rowOf(task)?.index ?? -1
  }

  private rowOf(task: number): SubRow | null {
    const row = this.places.get(task)
    return row?.lane === this ? row : null
  }

  /** The lowest row of what the task encloses; its own where it encloses nothing. */
  lastInner(task: number): number {
    const known = this.lastInnerOf.get(task)
    if (known !== undefined) return known
    const row = this.rowOf(task)
    let last = this.find(task)
    for (const child of this.children.get(task) ?? []) {
      if (this.rowOf(child)?.outer === row) last = Math.max(last, this.lastInner(child))
    }
    this.lastInnerOf.set(task, last)
    return last
  }

  /** The task has its first moment. */
  add(task: number): void {
    const start = this.times.startOf(task)
    const place = this.orderOf(task, start)
    if (place === this.order.length) this.order.push(task)
    else this.order.splice(place, 0, task)
    const parent = this.times.parentOnLane(task)
    if (parent !== null) this.children.set(parent, (this.children.get(parent) ?? new Set()).add(task))
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
    const row = this.rowOf(task)
    const alone = row && row.tasks[row.tasks.length - 1] === task && !isMoment(row.tree.items.get(row.tree.length - 1))
    if (alone) row.tree.push(span)
    else this.dirty(this.times.startOf(task))
  }

  /** The span got its end, or its task did. */
  changed(task: number, span: number): void {
    const row = this.rowOf(task)
    if (!row) return
    const { tree } = row
    // Most are of the row's newest task, and its newest span: no need to look for that among all of the row's.
    const isNewest = tree.length > 0 && tree.items.get(tree.length - 1) === span
    const position = isNewest ? tree.length - 1 : tree.find(span)
    if (position >= 0) tree.changed(position)
  }

  /** Places from `time` on are to be found again. */
  dirty(time: number): void {
    this.dirtyFrom = Math.min(this.dirtyFrom, time)
  }

  /** The task ended: whoever came later could have had its place, and what outlives it is not enclosed. */
  ended(task: number): void {
    const end = this.times.endOf(task)
    const last = this.order[this.order.length - 1]
    if (last !== undefined && this.times.startOf(last) >= end) this.dirty(end)
    for (const one of [task, ...(this.children.get(task) ?? [])]) {
      const row = this.rowOf(one)
      if (row && row.outer !== this.outerOf(one)) this.dirty(this.times.startOf(one))
    }
  }

  /** Gives every task a place that has none. Called once after each append. */
  settle(): void {
    this.place()
    for (const { tree } of this.rows) tree.refresh()
  }

  private place(): void {
    const from = this.dirtyFrom
    if (from === Infinity) return
    this.dirtyFrom = Infinity
    this.placings++
    this.lastInnerOf.clear()
    const { times, order } = this
    for (const row of this.rows) {
      let keep = row.tasks.length
      while (keep > 0 && times.startOf(row.tasks[keep - 1]!) >= from) keep--
      if (keep === row.tasks.length) continue
      row.tree.truncate(row.firstItem[keep]!)
      for (const task of row.tasks.splice(keep)) this.places.set(task, null)
      row.firstItem.length = keep
    }
    const first = firstWhere(0, order.length, (i) => times.startOf(order[i]!) >= from)
    for (let i = first; i < order.length; i++) this.put(order[i]!)
    this.freeOf.clear()
    this.rows.length = 0
    this.list(this.outermost)
  }

  private put(task: number): void {
    const start = this.times.startOf(task)
    const outer = this.outerOf(task)
    const rows = outer ? outer.inner : this.outermost
    const free = this.freeTimes(rows)
    let place = free.first(start)
    if (place < 0) {
      place = rows.push(this.places.open((number) => new SubRow(this, number, outer, this.items))) - 1
      free.push(Infinity)
    }
    const row = rows[place]!
    free.set(place, this.times.endOf(task))
    row.tasks.push(task)
    row.firstItem.push(row.tree.length)
    const before = row.tree.length
    for (const span of this.times.spansOf(task)) row.tree.push(span)
    if (row.tree.length === before) row.tree.push(momentOf(task))
    this.places.set(task, row)
  }

  private freeTimes(rows: readonly SubRow[]): FreeTimes {
    const known = this.freeOf.get(rows)
    if (known) return known
    const freeFrom = ({ tasks }: SubRow) => (tasks.length === 0 ? -Infinity : this.times.endOf(tasks[tasks.length - 1]!))
    const made = new FreeTimes(rows.map(freeFrom))
    this.freeOf.set(rows, made)
    return made
  }

  /** The row of the parent that encloses the task: that is there when it begins and not gone before it ends. */
  private outerOf(task: number): SubRow | null {
    const { times } = this
    const parent = times.parentOnLane(task)
    if (parent === null) return null
    const [start, parentStart] = [times.startOf(task), times.startOf(parent)]
    const isThere = parentStart < start || (parentStart === start && parent < task)
    if (!isThere || times.endOf(parent) < times.endOf(task)) return null
    const row = this.rowOf(parent)
    return row && row.depth >= deepest ? row.outer : row
  }

  /** Lists the rows from top to bottom, without those that have become empty: they are always the last of theirs. */
  private list(rows: SubRow[]): void {
    while (rows.length > 0 && rows[rows.length - 1]!.tasks.length === 0) this.places.close(rows.pop()!)
    rows.forEach((row, place) => {
      row.place = place
      row.index = this.rows.push(row) - 1
      this.list(row.inner)
    })
  }

  private orderOf(task: number, start: number): number {
    const { order, times } = this
    const isAfter = (i: number) => {
      const other = order[i]!
      const otherStart = times.startOf(other)
      return otherStart > start || (otherStart === start && other > task)
    }
    // Most come in their order.
    const last = order.length - 1
    return last < 0 || !isAfter(last) ? order.length : firstWhere(0, last, isAfter)
  }
}
