/** Who the code that is running is: its run's control block, its thread's ring, its task. One per worker. */
import {
  type EnvelopeKind,
  endCode,
  envelopeCode,
  type LaneKind,
  laneCode,
  type MarkerKind,
  markerCode,
  type Settlement,
  type State,
  settlementCode,
  stateCode,
} from '#protocol/vocabulary'
import { Control } from './controlBlock'
import { createRing, MarkWriter, markCode } from './markRing'

/** What every worker of a run is given when it is made. Cloneable. */
export interface ThreadShares {
  readonly control: SharedArrayBuffer
  readonly ring: SharedArrayBuffer
  readonly epoch: bigint
  /** This thread's place in the control block, and the id of its lane. Main is 0. */
  readonly slot: number
  /** Where the clock of two threads is compared. */
  readonly clockCheck?: SharedArrayBuffer
  /** Folder of the worker bundles. */
  readonly workersDir: string
}

/** A thread that the system wakes by a timer runs 0.1 to 0.25 ms late: it is asked for so much earlier. */
const wakeUpNanos = 250_000

/** Marks of a rehearsal that are not read; the rest is dropped. */
const rehearsalSlots = 16_384

export class ThreadContext {
  readonly control: Control
  readonly writer: MarkWriter
  /** Real time is programme time divided by it. */
  speed = 1
  /** Whether a thread that is done waits for its programme's end; off for rehearsals. */
  rests = true
  /** The task whose code is executing; -1 outside any. */
  task = -1
  /** Where what the code prints and marks is drawn: the thread's own lane, or that of the loop that it runs. */
  onLane: number
  readonly #atEnd: (() => void)[] = []

  constructor(readonly shares: ThreadShares) {
    this.control = new Control(shares.control)
    this.writer = new MarkWriter(shares.ring, shares.epoch)
    this.onLane = shares.slot
  }

  get slot(): number {
    return this.shares.slot
  }

  lane(lane: number, kind: LaneKind, name: string): void {
    this.writer.mark(markCode.lane, laneCode[kind], lane, 0, name)
  }
  /**
   * `name`: a number is that of a task which is called after its function. `target`: the name of the function that the task runs. Its parent is the
   * task whose code is executing. `state`: that it is in from now on.
   */
  newTask(lane: number, name: string | number, target: string, state: State): number {
    const task = this.control.newTask()
    const code = stateCode[state] + 1
    if (typeof name === 'string') this.writer.mark(markCode.task, code, lane, task, name, undefined, target, this.task)
    else this.writer.markNumbered(code, lane, task, name, target, this.task)
    return task
  }
  /** Its state is told later. */
  declareTask(task: number, lane: number, name: string, target: string): void {
    this.writer.mark(markCode.task, 0, lane, task, name, undefined, target, this.task)
  }
  state(task: number, lane: number, state: State, label = ''): void {
    this.writer.mark(markCode.state, stateCode[state], lane, task, label)
  }
  end(task: number, lane: number, end: keyof typeof endCode, error = ''): void {
    this.writer.mark(markCode.end, endCode[end], lane, task, error)
  }
  marker(kind: MarkerKind, text = '', task = this.task): void {
    this.writer.mark(markCode.marker, markerCode[kind], this.onLane, task < 0 ? 0xffffffff : task, text)
  }
  /** A number that changed, for example the length of a queue. */
  level(name: string, value: number, lane = this.onLane): void {
    this.writer.mark(markCode.level, 0, lane, 0, name, undefined, '', value)
  }
  /** `count` tasks from `task` on, 65,535 at most, were taken by one reply of a queue. Times are ns on the threads' clock; `pushed` NaN: not known. */
  claimed(task: number, count: number, time: number, pushed: number, envelope: EnvelopeKind): void {
    this.writer.mark(markCode.claim, envelopeCode[envelope], count, task, '', time, '', pushed)
  }
  /** Of so many the queue's server said at `time` what became of them, which it was told at `sent`. */
  settled(task: number, count: number, time: number, sent: number, how: Settlement): void {
    this.writer.mark(markCode.settle, settlementCode[how], count, task, '', time, '', sent)
  }
  output(text: string): void {
    this.writer.mark(markCode.output, 0, this.onLane, this.task < 0 ? 0xffffffff : this.task, text)
  }

  /**
   * Blocks this thread as the task in `state` until `poll()` is true or `programmeSeconds` are over; tells which. Recorded as a segment only
   * where it really has to block.
   */
  block(
    state: State,
    label: string,
    resource: number,
    poll: () => boolean,
    programmeSeconds = Number.POSITIVE_INFINITY,
  ): boolean {
    if (poll()) return true
    const deadline = this.writer.now() + (programmeSeconds * 1e9) / this.speed
    const task = this.task
    if (task >= 0) this.state(task, this.onLane, state, label)
    const got = this.waitUntil(resource, poll, deadline)
    if (task >= 0) this.state(task, this.onLane, 'running')
    return got
  }

  /** Blocks this thread until `poll()` is true or the deadline (ns on the threads' clock) is reached, never earlier; tells which. Not recorded. */
  waitUntil(resource: number, poll: () => boolean, deadline: number): boolean {
    let now = this.writer.now()
    // What was due before it is waited for, a loop's timer for one, is late by whatever held the thread and not by the waking.
    const wasDue = now >= deadline
    const got = this.control.wait(this.slot, resource, poll, () => (deadline - this.writer.now() - wakeUpNanos) / 1e6)
    if (got) return true
    // The rest is too short for the system's timers; a wait that only its deadline ends is then exact to microseconds.
    for (now = this.writer.now(); now < deadline; now = this.writer.now()) if (poll()) return true
    if (!wasDue) this.control.lateness.add(now - deadline)
    return false
  }

  /** `hook` runs on this thread when its target has returned or thrown; not when it is killed. */
  atEnd(hook: () => void): void {
    this.#atEnd.push(hook)
  }
  /** By the thread's entry file, once. */
  runEndHooks(): void {
    for (const hook of this.#atEnd.splice(0)) hook()
  }
}

let current: ThreadContext | undefined

/** Set once by the worker's entry file. */
export function enterThread(shares: ThreadShares): ThreadContext {
  current = new ThreadContext(shares)
  return current
}

/**
 * Runs `work` as this thread, recorded nowhere. For rehearsals: what runs for the first times costs up to a millisecond, which would be charted as
 * the programme's.
 */
export function unrecorded<T>(work: () => T): T {
  const recorded = here()
  current = new ThreadContext({ ...recorded.shares, ring: createRing(rehearsalSlots) })
  current.task = current.control.newTask()
  try {
    return work()
  } finally {
    current = recorded
  }
}

/** `context` is the calling thread while `work` runs: for rehearsals. */
export function rehearseAs(context: ThreadContext, work: () => void): void {
  const real = current
  current = context
  work()
  current = real
}

/** The calling thread. Throws outside the workers of a run: the API of programmes means nothing there. */
export function here(): ThreadContext {
  if (!current) throw new Error('this runs only inside a programme')
  return current
}
