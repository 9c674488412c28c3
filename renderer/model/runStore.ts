/** One run as the page knows it: columns that only grow, filled from frames, with times in programme seconds. */
import { type Frame, none, type SectionName, type Slice } from '#protocol/frame'
import { type End, endCode, type LaneKind, laneKinds, type MarkerKind, markerKinds } from '#protocol/vocabulary'
import { brokenLink, type Lengths } from './frameLinks'
import { Journeys } from './journeys'
import { RowItems } from './rowItems'
import { longestName, shownText } from './shownText'
import { SpanTable } from './spanTable'
import { Places, SubRows } from './subRows'
import { TaskTable } from './taskTable'

export interface Lane {
  readonly name: string
  /** As it came; `name` is how it is shown. */
  readonly fullName: string
  readonly kind: LaneKind
}

export interface Marker {
  readonly kind: MarkerKind
  /** Programme seconds. */
  readonly seconds: number
  readonly lane: number
  /** The task it is about. */
  readonly task: number | null
  readonly text: string
  /** As it came, where it is shown otherwise. */
  readonly fullText?: string
}

/** A number that changed to `value`. */
export interface Level {
  readonly name: string
  readonly value: number
  readonly seconds: number
  readonly lane: number
}

/** Marks of a lane that found their ring full; what happened in between is not known. */
export interface Loss {
  readonly from: number
  readonly until: number
  readonly lane: number
  readonly count: number
}

/** A printed line. */
export interface Output {
  /** That printed it. */
  readonly task: number | null
  readonly seconds: number
  readonly lane: number
  readonly text: string
}

/** One line of the table. Programme seconds; of a task that goes on, sums reach to the store's `now`. */
export interface TaskRow {
  readonly index: number
  readonly name: string
  readonly lane: number
  readonly created: number | null
  readonly ready: number | null
  /** First moment in which it ran, slept, waited or was suspended. */
  readonly started: number | null
  /** Null while it goes on and for `pending`. */
  readonly finished: number | null
  /** started − ready. */
  readonly waited: number | null
  /** running + sleeping. */
  readonly ran: number
  readonly suspended: number
  /** Null while it goes on. */
  readonly end: End | null
  /** '' unless it failed. */
  readonly error: string
}

/** Which words occur, one bit for each code of the vocabulary: what the key shows. */
export interface Seen {
  states: number
  ends: number
  markers: number
}

export class RunStore {
  readonly lanes: Lane[] = []
  readonly markers: Marker[] = []
  readonly outputs: Output[] = []
  readonly levels: Level[] = []
  readonly losses: Loss[] = []
  /** Markers of each lane, by time. What is about a task is on the task's lane. */
  readonly laneMarkers: Marker[][] = []
  /** The other markers, which concern the run as a whole. */
  readonly runMarkers: Marker[] = []
  /** Of each lane, by time. */
  readonly laneLosses: Loss[][] = []
  /** As they are shown. String 0 is ''. */
  readonly strings: string[] = []
  /** As they came, of those that are shown otherwise. */
  private readonly fullStrings = new Map<number, string>()
  readonly spans: SpanTable
  readonly tasks: TaskTable
  /** Of what came from a queue. */
  readonly journeys: Journeys
  /** What stands in rows. */
  readonly items: RowItems
  /** Sub-rows of each lane. */
  readonly subRows: SubRows[] = []
  private readonly places = new Places()
  readonly seen: Seen = { states: 0, ends: 0, markers: 0 }
  /** Tasks that failed. */
  failed = 0
  /** Programme seconds up to which everything is known. */
  now = 0
  dropped = 0
  marks = 0
  /** Grows with every append. */
  version = 0
  private closings = 0
  private claims = 0
  private settlements = 0
  private ends = 0

  constructor(
    readonly id: number,
    readonly speed: number,
  ) {
    this.spans = new SpanTable(speed)
    this.tasks = new TaskTable(this.spans)
    this.journeys = new Journeys((nanos) => this.spans.seconds(nanos))
    this.items = new RowItems(this.spans, this.tasks)
  }

  get taskCount(): number {
    return this.tasks.length
  }

  /**
   * Takes what is new in the frame; what it has already is skipped. Throws, and takes nothing, if rows are missing in between or point at what
   * is not there: that is a bug of the sender.
   */
  append(frame: Frame): void {
    const { slices } = frame
    const broken = brokenLink(frame, this.lengths(), this.strings.length)
    if (broken !== null) throw new RangeError(broken)
    for (let i = this.strings.length - frame.firstString; i < frame.strings.length; i++) this.addString(frame.strings[i]!)
    for (const i of fresh(slices.lanes, this.lanes.length)) {
      const { name, kind } = slices.lanes.columns
      const fullName = this.fullString(name[i]!)
      this.shortenName(name[i]!)
      this.lanes.push({ name: this.strings[name[i]!] ?? '', fullName, kind: laneKinds[kind[i]!] ?? 'thread' })
      this.subRows.push(new SubRows(this.tasks, this.items, this.places))
      this.laneMarkers.push([])
      this.laneLosses.push([])
    }
    for (const i of fresh(slices.tasks, this.tasks.length)) {
      const { name, lane, target, parent } = slices.tasks.columns
      this.shortenName(name[i]!)
      this.tasks.push(name[i]!, lane[i]!, target[i]!, parent[i]!)
    }
    const ended = [...fresh(slices.ends, this.ends)]
    for (const i of ended) this.appendEnd(slices.ends, i)
    for (let i = firstFresh(slices.spans, this.spans.length); i < slices.spans.count; i++) this.appendSpan(slices.spans, i)
    for (const i of fresh(slices.closings, this.closings)) {
      this.closings++
      const span = slices.closings.columns.span[i]!
      // A page that came later got the span with its end.
      if (!this.spans.isOpen(span)) continue
      const task = this.spans.task.get(span)
      this.tasks.close(span, slices.closings.columns.end[i]!)
      this.subRows[this.tasks.lane.get(task)]!.changed(task, span)
    }
    // After the spans: a task that ended in the frame in which it began stands where it began.
    for (const i of ended) this.placeEnd(slices.ends.columns.task[i]!)
    for (const i of fresh(slices.markers, this.markers.length)) this.appendMarker(slices.markers, i)
    for (const i of fresh(slices.outputs, this.outputs.length)) {
      const { time, text, task, lane } = slices.outputs.columns
      this.outputs.push({
        task: task[i] === none ? null : task[i]!,
        seconds: this.time(time[i]!),
        lane: lane[i]!,
        text: this.fullString(text[i]!),
      })
    }
    for (const i of fresh(slices.levels, this.levels.length)) {
      const { time, value, name, lane } = slices.levels.columns
      this.levels.push({ name: this.strings[name[i]!] ?? '', value: value[i]!, seconds: this.time(time[i]!), lane: lane[i]! })
    }
    for (const i of fresh(slices.claims, this.claims)) this.journeys.addClaim(slices.claims, i)
    this.claims = reached(slices.claims, this.claims)
    for (const i of fresh(slices.settlements, this.settlements)) this.journeys.addSettlement(slices.settlements, i)
    this.settlements = reached(slices.settlements, this.settlements)
    for (const i of fresh(slices.losses, this.losses.length)) {
      const { from, until, count, lane } = slices.losses.columns
      const loss = { from: this.time(from[i]!), until: this.time(until[i]!), lane: lane[i]!, count: count[i]! }
      this.losses.push(loss)
      insert(this.laneLosses[loss.lane]!, loss, ({ from }) => from)
    }
    for (const rows of this.subRows) rows.settle()
    this.now = Math.max(this.now, this.time(frame.now))
    this.spans.reach(this.now)
    this.dropped = Math.max(this.dropped, frame.dropped)
    this.marks = Math.max(this.marks, frame.marks)
    this.version++
  }

  task(index: number): TaskRow {
    if (!(index >= 0 && index < this.taskCount)) throw new RangeError(`no task ${index}`)
    return this.tasks.row(index, this.strings, this.now)
  }

  nameOf(task: number): string {
    return this.strings[this.tasks.name.get(task)] ?? ''
  }

  /** The function that a task runs. */
  targetOf(task: number): string {
    return this.strings[this.tasks.target.get(task)] ?? ''
  }

  /** The task that made this one. */
  parentOf(task: number): number | null {
    const parent = this.tasks.parent.get(task)
    return parent === none ? null : parent
  }

  /** What a span waits for, '' if the wire does not say. */
  labelOf(span: number): string {
    return this.strings[this.spans.label.get(span)] ?? ''
  }

  /** A string as it came. */
  fullString(id: number): string {
    return this.fullStrings.get(id) ?? this.strings[id] ?? ''
  }

  private addString(text: string): void {
    const shown = shownText(text)
    if (shown !== text) this.fullStrings.set(this.strings.length, text)
    this.strings.push(shown)
  }

  private shortenName(id: number): void {
    const shown = this.strings[id]
    if (shown === undefined || shown.length <= longestName) return
    if (!this.fullStrings.has(id)) this.fullStrings.set(id, shown)
    this.strings[id] = shownText(shown, longestName)
  }

  private lengths(): Lengths {
    const { lanes, tasks, spans, closings, ends, markers, outputs, levels, claims, settlements, losses } = this
    const listed = { lanes, tasks, spans, markers, outputs, levels, losses }
    const lengths = Object.fromEntries(Object.entries(listed).map(([name, { length }]) => [name, length]))
    return { ...(lengths as Omit<Lengths, 'closings' | 'ends' | 'claims' | 'settlements'>), closings, ends, claims, settlements }
  }

  private appendSpan({ columns }: Slice<'spans'>, i: number): void {
    const task = columns.task[i]!
    const { tasks } = this
    const rows = this.subRows[tasks.lane.get(task)]!
    const first = tasks.firstSpan.get(task)
    const isFirst = first === none
    const wasPlaced = isFirst && rows.find(task) >= 0 ? tasks.startOf(task) : Number.NaN
    const span = this.spans.length
    const [start, end, state] = [columns.start[i]!, columns.end[i]!, columns.state[i]!]
    this.spans.push(start, end, task, columns.label[i]!, state)
    this.seen.states |= 1 << state
    const last = tasks.link(span, task, state, start, end)
    if (last && !isFirst) {
      rows.extend(task, span)
      return
    }
    const before = isFirst ? wasPlaced : this.spans.start.get(first)
    const begins = tasks.startOf(task)
    if (Number.isNaN(before)) rows.add(task)
    else if (begins !== before) rows.move(task, before)
    else rows.dirty(begins)
  }

  private appendEnd({ columns }: Slice<'ends'>, i: number): void {
    const end = columns.end[i]!
    this.tasks.finish(columns.task[i]!, end, columns.time[i]!, columns.earliest[i]!, columns.text[i]!)
    this.seen.ends |= 1 << end
    if (end === endCode.failed) this.failed++
    this.ends++
  }

  private placeEnd(task: number): void {
    const rows = this.subRows[this.tasks.lane.get(task)]!
    const last = this.tasks.lastSpan.get(task)
    if (last !== none) rows.changed(task, last)
    if (Number.isNaN(this.tasks.endTime.get(task))) return
    // A task that ended without ever doing anything stands where it ended.
    if (last === none) rows.add(task)
    else rows.ended(task)
  }

  private appendMarker({ columns }: Slice<'markers'>, i: number): void {
    const task = columns.task[i]!
    this.seen.markers |= 1 << columns.kind[i]!
    const text = this.strings[columns.text[i]!] ?? ''
    const fullText = this.fullString(columns.text[i]!)
    const marker: Marker = {
      kind: markerKinds[columns.kind[i]!] ?? 'message',
      seconds: this.time(columns.time[i]!),
      lane: columns.lane[i]!,
      task: task === none ? null : task,
      text,
      ...(fullText !== text && { fullText }),
    }
    this.markers.push(marker)
    if (!isOnLane(marker.kind)) {
      this.runMarkers.push(marker)
      return
    }
    const ofTask = (marker.kind === 'callback' || marker.kind === 'note') && marker.task !== null
    const lane = this.laneMarkers[ofTask ? this.tasks.lane.get(task) : marker.lane]!
    insert(lane, marker, ({ seconds }) => seconds)
  }

  private time(real: number): number {
    return this.spans.seconds(real)
  }
}

/** By time: most come in their order, some a little late. */
function insert<T>(list: T[], one: T, timeOf: (one: T) => number): void {
  let at = list.length
  while (at > 0 && timeOf(list[at - 1]!) > timeOf(one)) at--
  list.splice(at, 0, one)
}

const isOnLane = (kind: MarkerKind) => kind !== 'mainEnd' && kind !== 'push' && kind !== 'stop' && kind !== 'retry'

/** Positions in the slice of the rows that are new to somebody who has `have` of the list. */
function* fresh(slice: Slice<SectionName>, have: number): Generator<number, void, undefined> {
  for (let i = firstFresh(slice, have); i < slice.count; i++) yield i
}

/** How many rows somebody who had `have` has with the slice. */
const reached = ({ first, count }: Slice<SectionName>, have: number) => Math.max(have, first + count)

const firstFresh = (slice: Slice<SectionName>, have: number) => Math.max(0, have - slice.first)
