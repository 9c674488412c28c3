/** The tasks of a run in columns: what the table shows, kept up to date as spans open and close. Taken in real nanoseconds, given in programme seconds; NaN = none. */
import { none } from '#protocol/frame'
import { ends, type State, states } from '#protocol/vocabulary'
import { sparseUint32, uint8 } from './columns'
import { packedBytes, packedLengths, packedTimes, packedWords } from './packedColumn'
import type { TaskRow } from './runStore'
import type { SpanTable } from './spanTable'

/** Code of a task that has not ended. */
export const goesOn = 255

export type TaskNumber = 'ready' | 'started' | 'finished' | 'waited' | 'ran' | 'suspended'

/** Which column of the table a state counts into. */
const sumOf: Partial<Record<State, 'ran' | 'suspended'>> = { running: 'ran', sleeping: 'ran', suspended: 'suspended' }
const didStart = (state: State) => state !== 'created' && state !== 'ready'

export class TaskTable {
  readonly name = packedWords(none)
  readonly lane = packedBytes(none)
  /** String: the function that it runs. */
  readonly target = sparseUint32(0)
  readonly parent = sparseUint32(none)
  readonly end = uint8()
  private readonly ended = packedTimes()
  readonly endTime = { get: (task: number) => this.spans.seconds(this.ended.get(task)) }
  /** Of the few of which it is known. */
  private readonly endedAfter = new Map<number, number>()
  /** Before endTime where the end is only known to lie between them; else NaN. */
  readonly earliest = { get: (task: number) => this.spans.seconds(this.endedAfter.get(task) ?? Number.NaN) }
  readonly error = packedWords(0)
  readonly firstSpan = packedWords(none)
  readonly lastSpan = packedWords(none)
  private readonly created = packedTimes()
  private readonly ready = packedTimes()
  private readonly started = packedTimes()
  /** Sums over closed spans; what the open one adds depends on when one looks. */
  private readonly ran = packedLengths(0)
  private readonly suspended = packedLengths(0)

  constructor(private readonly spans: SpanTable) {}

  get length(): number {
    return this.name.length
  }

  push(name: number, lane: number, target: number, parent: number): void {
    this.name.push(name)
    this.lane.push(lane)
    this.target.push(target)
    this.parent.push(parent)
    this.end.push(goesOn)
    for (const column of [this.ended, this.created, this.ready, this.started]) column.push(Number.NaN)
    this.error.push(0)
    this.firstSpan.push(none)
    this.lastSpan.push(none)
    this.ran.push(0)
    this.suspended.push(0)
  }

  /** The task ended. `earliest` is before `time` where the end is only known to lie between them. */
  finish(task: number, end: number, time: number, earliest: number, error: number): void {
    this.end.set(task, end)
    this.ended.set(task, time)
    if (earliest < time) this.endedAfter.set(task, earliest)
    else this.endedAfter.delete(task)
    this.error.set(task, error)
    const last = this.lastSpan.get(task)
    if (last !== none) this.spans.setEnd(last, end)
  }

  /** An open span got its end. One that was listed with its end already says nothing new. */
  close(span: number, end: number): void {
    if (!this.spans.isOpen(span)) return
    const task = this.spans.task.get(span)
    this.spans.close(span, end)
    this.add(task, this.spans.state.get(span), this.spans.lasted.get(span))
  }

  /** Adds the newest span to its task's chain, which is in order of time. `start`, `end`: real nanoseconds. True if it became the last of the chain. */
  link(span: number, task: number, state: number, start: number, end: number): boolean {
    const { spans } = this
    this.note(task, states[state]!, start)
    if (!Number.isNaN(end)) this.add(task, state, Math.max(0, end - start))
    const last = this.lastSpan.get(task)
    if (last === none || start >= spans.from.get(last)) {
      if (last === none) this.firstSpan.set(task, span)
      else spans.setNext(last, span)
      this.lastSpan.set(task, span)
      const ended = this.end.get(task)
      if (ended === goesOn) return true
      if (last !== none) spans.setEnd(last, null)
      spans.setEnd(span, ended)
      return true
    }
    let before = none
    let after = this.firstSpan.get(task)
    while (spans.from.get(after) <= start) {
      before = after
      after = spans.next(after)
    }
    if (before === none) this.firstSpan.set(task, span)
    else spans.setNext(before, span)
    spans.setNext(span, after)
    return false
  }

  /** Spans of a task in order of time. */
  *spansOf(task: number): Generator<number, void, undefined> {
    for (let span = this.firstSpan.get(task); span !== none; span = this.spans.next(span)) yield span
  }

  /** First moment: of its first span, else its end; NaN if it has neither. */
  startOf(task: number): number {
    const first = this.firstSpan.get(task)
    return first === none ? this.endTime.get(task) : this.spans.start.get(first)
  }

  endOf(task: number): number {
    const time = this.endTime.get(task)
    return Number.isNaN(time) ? Infinity : time
  }

  /** Of a task the end is only known to lie between two moments. */
  get anyUncertain(): boolean {
    return this.endedAfter.size > 0
  }

  /** The task that made it, if that one is on the same lane. */
  parentOnLane(task: number): number | null {
    const parent = this.parent.get(task)
    return parent !== none && parent < this.length && this.lane.get(parent) === this.lane.get(task) ? parent : null
  }

  row(index: number, strings: readonly string[], now: number): TaskRow {
    const end = this.end.get(index)
    const ready = orNull(this.spans.seconds(this.ready.get(index)))
    const started = orNull(this.spans.seconds(this.started.get(index)))
    return {
      index,
      name: strings[this.name.get(index)] ?? '',
      lane: this.lane.get(index),
      created: orNull(this.spans.seconds(this.created.get(index))),
      ready,
      started,
      finished: orNull(this.endTime.get(index)),
      waited: ready !== null && started !== null ? started - ready : null,
      ran: this.sum('ran', index, now),
      suspended: this.sum('suspended', index, now),
      end: end === goesOn ? null : ends[end]!,
      error: strings[this.error.get(index)] ?? '',
    }
  }

  /** As in `row`, of which a million would be too much to make; NaN: none. */
  number(of: TaskNumber, task: number, now: number): number {
    switch (of) {
      case 'finished':
        return this.endTime.get(task)
      case 'waited':
        return this.spans.seconds(this.started.get(task)) - this.spans.seconds(this.ready.get(task))
      case 'ran':
        return Number.isNaN(this.started.get(task)) ? Number.NaN : this.sum('ran', task, now)
      case 'suspended':
        return this.sum('suspended', task, now) || Number.NaN
      default:
        return this.spans.seconds(this[of].get(task))
    }
  }

  private sum(of: 'ran' | 'suspended', task: number, now: number): number {
    const closed = this.spans.seconds(this[of].get(task))
    const last = this.lastSpan.get(task)
    if (last === none || !this.spans.isOpen(last)) return closed
    return sumOf[states[this.spans.state.get(last)]!] === of ? closed + this.spans.lengthOf(last, now) : closed
  }

  /** `lasted`: real nanoseconds. */
  private add(task: number, state: number, lasted: number): void {
    const sum = sumOf[states[state]!]
    if (sum) this[sum].set(task, this[sum].get(task) + lasted)
  }

  private note(task: number, state: State, start: number): void {
    const column = state === 'created' ? this.created : state === 'ready' ? this.ready : didStart(state) ? this.started : null
    const known = column?.get(task)
    if (column && !(known !== undefined && known <= start)) column.set(task, start)
  }
}

const orNull = (time: number) => (Number.isNaN(time) ? null : time)
