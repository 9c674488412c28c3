/**
 * Marks → spans: one pure state machine. A state mark of a task ends the segment before it and begins the next. What is unpaired:
 * - a segment without a following mark is open until the programme's exit is known; it then ends there;
 * - a task that had started and has no end was *killed* at the exit: between `earliest` (the last moment it was known to live) and the exit;
 * - a task that never started and has no end is *pending*; its ready or created segment reaches to the exit. A loop's task starts with its first
 *   step, a thread with its start();
 * - a state mark that comes late (another thread's ring was read first) becomes the segment before the task's first one;
 * - a mark for a task nobody declared (its declaration was dropped) declares it as `task n`;
 * - marks after a task's end are ignored and counted as dropped; states beyond the cap are, too, and listed as lost.
 */
import { type End, ends, type LaneKind, laneKinds, markerKinds, type State, stateCode, states } from '#protocol/vocabulary'
import type { Mark } from '../threads/markRing'
import { type History, maxSpans } from './history'

/** ns: a loss for each state beyond the cap would take what the cap is to save. */
const listedAsOne = 250e6

interface OpenTask {
  readonly index: number
  readonly lane: number
  span: number
  state: State | null
  since: number
  first: boolean
  started: boolean
  ended: boolean
}

export class Assembler {
  /** By id: ids are dense. */
  readonly #tasks: (OpenTask | undefined)[] = []
  readonly #lanes = new Map<number, number>()
  /** By lane: states beyond the cap that are not yet listed as lost. */
  readonly #leftOut = new Map<number, { from: number; until: number; count: number }>()
  /** Lanes whose tasks share a thread, or a worker elsewhere: a task that is ready there has not begun. */
  readonly #loops = new Set<number>()
  /** The threads' clock at main's first line; marks before it are put at 0. */
  zero: number | null = null
  /** ns since zero; null while main has not returned or thrown. */
  mainEnd: number | null = null
  lastEnd = 0
  /** Latest end that a thread which holds the programme open has told: until then nothing of it was killed. */
  #openUntil = 0

  constructor(
    readonly history: History,
    readonly mostSpans = maxSpans,
  ) {}

  feed(mark: Mark): void {
    this.history.marks++
    const time = this.#since(mark)
    switch (mark.kind) {
      case 'lane':
        this.#addLane(mark.lane, mark.text, laneKinds[mark.code] ?? 'thread')
        break
      case 'task':
        this.#declareIn(mark, time)
        break
      case 'state':
        this.#enter(this.#task(mark), states[mark.code] ?? 'running', time, mark.text)
        break
      case 'end':
        this.#end(mark, this.#task(mark), ends[mark.code] ?? 'finished', time)
        break
      case 'marker':
        this.#marker(mark, time)
        break
      case 'output':
        this.history.addOutput(time, this.#lane(mark.lane), this.#known(mark.task)?.index ?? null, mark.text)
        break
      case 'level':
        this.history.addLevel(time, this.#lane(mark.lane), mark.text, mark.value)
        break
      case 'claim':
        this.#eachRun(mark, (task, count) => this.history.addClaim(task, count, time, mark.value - (this.zero ?? 0), mark.code))
        break
      case 'settle':
        this.#eachRun(mark, (task, count) =>
          this.history.addSettlement(task, count, time, this.#sinceZero(mark.value), mark.code),
        )
        break
      case 'text':
        break
    }
  }

  /**
   * The programme's thread was seen to exit at `exit`; `stopped`: when it was told to stop, null if it ended by itself. Both ns since zero.
   * Without a stop, daemon threads lived at least until the last thread ended that holds the programme open.
   */
  close(exit: number, stopped: number | null): void {
    for (const lane of this.#leftOut.keys()) this.#listLeftOut(lane)
    const earliest = stopped ?? (this.mainEnd === null ? exit : this.#openUntil)
    for (const task of this.#tasks) {
      if (!task || task.ended || task.state === null) continue
      this.#closeSpan(task, exit)
      if (task.started) this.#record(task, 'killed', exit, Math.min(exit, Math.max(earliest, task.since)), '')
      else this.#record(task, 'pending', Number.NaN, Number.NaN, '')
    }
  }

  /** `count` marks of the thread at `slot` found their ring full between two moments on the threads' clock. */
  lose(slot: number, from: number, until: number, count: number): void {
    this.history.addLoss(this.#sinceZero(from), this.#sinceZero(until), this.#lane(slot), count)
  }

  #since(mark: Mark): number {
    if (this.zero === null && mark.kind === 'state' && mark.task === 0 && mark.code === stateCode.running) this.zero = mark.time
    return this.#sinceZero(mark.time)
  }

  #sinceZero = (time: number): number => (this.zero === null ? 0 : Math.max(0, time - this.zero))

  /** Where its name was lost with other marks, it has a number. */
  #addLane(slot: number, name: string, kind: LaneKind): number {
    const lane = this.history.addLane(name || `${kind} ${slot}`, kind)
    this.#lanes.set(slot, lane)
    if (kind === 'loop' || kind === 'server' || kind === 'worker') this.#loops.add(lane)
    return lane
  }

  #lane = (slot: number): number => this.#lanes.get(slot) ?? this.#addLane(slot, '', 'thread')

  #declareIn({ task: id, lane, text, target, value, code }: Mark, time: number): void {
    const task = this.#declare(id, lane, text, target, value)
    if (code > 0) this.#enter(task, states[code - 1] ?? 'created', time, '')
  }

  /** The same for a task. */
  #declare(id: number, slot: number, name: string, target: string, parent: number): OpenTask {
    const lane = this.#lane(slot)
    const task: OpenTask = {
      index: this.history.addTask(name || `task ${id}`, lane, target, this.#known(parent)?.index ?? null),
      lane,
      span: -1,
      state: null,
      since: 0,
      first: true,
      started: false,
      ended: false,
    }
    this.#tasks[id] = task
    return task
  }

  /** Undefined for the ids that stand for none, too. */
  #known = (id: number): OpenTask | undefined => (id >= 0 && id < this.#tasks.length ? this.#tasks[id] : undefined)

  #task(mark: Mark): OpenTask {
    return this.#known(mark.task) ?? this.#declare(mark.task, mark.lane, '', '', -1)
  }

  #enter(task: OpenTask, state: State, time: number, label: string): void {
    if (task.ended && !this.#belongsBefore(task, time)) {
      this.history.dropped++
      return
    }
    if (this.history.spans.length >= this.mostSpans) {
      this.#leaveOut(task.lane, time)
      return
    }
    if (task.state !== null && time < task.since) {
      if (task.first) this.history.addClosedSpan(task.index, task.lane, state, time, task.since, label)
      else this.history.dropped++
      return
    }
    if (task.state !== null) {
      this.#closeSpan(task, time)
      task.first = false
    }
    task.span = this.history.openSpan(task.index, task.lane, state, time, label)
    task.state = state
    task.since = time
    // A thread whose start() was called exists and dies with its programme, though it may not have got to its first line.
    if (state !== 'created' && (state !== 'ready' || !this.#loops.has(task.lane))) task.started = true
  }

  /** Beyond the cap: what is not kept is as unknown as what a full ring lost, and is listed as that. */
  #leaveOut(lane: number, time: number): void {
    this.history.dropped++
    const known = this.#leftOut.get(lane) ?? { from: time, until: time, count: 0 }
    known.until = Math.max(known.until, time)
    known.count++
    this.#leftOut.set(lane, known)
    if (known.until - known.from >= listedAsOne) this.#listLeftOut(lane)
  }

  #listLeftOut(lane: number): void {
    const { from, until, count } = this.#leftOut.get(lane)!
    this.#leftOut.delete(lane)
    this.history.addLoss(from, until, lane, count)
  }

  #belongsBefore = (task: OpenTask, time: number) => task.first && time < task.since

  #end(mark: Mark, task: OpenTask, end: End, time: number): void {
    if (task.ended) {
      this.history.dropped++
      return
    }
    if (task.state !== null) this.#closeSpan(task, Math.max(time, task.since))
    // What a worker elsewhere went on with after it was last heard is not known; that it is no longer drawn from then on is.
    const untimed = end === 'pending' && !this.#isElsewhere(task)
    if (this.#holdsOpen(task)) this.#openUntil = Math.max(this.#openUntil, time)
    this.#record(task, end, untimed ? Number.NaN : time, untimed ? Number.NaN : time, mark.text)
    if (mark.task !== 0 || end === 'killed') return
    this.mainEnd = time
    this.history.addMarker('mainEnd', time, task.lane, task.index, '')
  }

  #isElsewhere = ({ lane }: OpenTask): boolean => laneKinds[this.history.lanes.get('kind', lane)] === 'worker'

  #holdsOpen(task: OpenTask): boolean {
    const kind = laneKinds[this.history.lanes.get('kind', task.lane)]
    return kind === 'main' || kind === 'thread'
  }

  #record(task: OpenTask, end: End, time: number, earliest: number, error: string): void {
    task.ended = true
    if (time > this.lastEnd) this.lastEnd = time
    this.history.addEnd(task.index, end, time, earliest, error)
  }

  #closeSpan(task: OpenTask, time: number): void {
    if (task.span >= 0) this.history.closeSpan(task.span, time)
    task.span = -1
  }

  /** The tasks of a mark that names several, as they are listed: another thread's may stand in between, and one whose declaration was lost is missing. */
  #eachRun({ task: first, lane: tasks }: Mark, add: (task: number, count: number) => void): void {
    let from = 0
    let count = 0
    for (let id = first; id < first + tasks; id++) {
      const index = this.#known(id)?.index
      if (index === undefined) continue
      if (count > 0 && index !== from + count) {
        add(from, count)
        count = 0
      }
      if (count === 0) from = index
      count++
    }
    if (count > 0) add(from, count)
  }

  #marker(mark: Mark, time: number): void {
    const kind = markerKinds[mark.code] ?? 'message'
    this.history.addMarker(kind, time, this.#lane(mark.lane), this.#known(mark.task)?.index ?? null, mark.text)
  }
}
