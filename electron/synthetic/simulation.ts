/**
 * A programme that nobody wrote: threads that compute and sleep, and loops on which several tasks take turns, one at a time. Everything in it
 * follows from the seed. Times are ns since its zero.
 */
import { none } from '#protocol/frame'
import { endCode, type LaneKind, laneCode, markerCode, stateCode } from '#protocol/vocabulary'
import { Agenda } from './agenda'
import { livePerSecond, type SyntheticOptions } from './info'
import { type Piece, PieceWriter } from './piece'
import { type Chance, chanceOf } from './random'
import { errors, functionCount, functionName, taskName, taskNames } from './words'

/** What the lanes after the first are, over and over. */
const kinds = ['loop', 'thread', 'loop', 'daemon'] as const satisfies readonly LaneKind[]
/** Tasks that are on a loop at once. */
const tasksOnLoop = 6
/** How long each state lasts on average, in units. Three quarters of a loop's time it runs something. */
const lasts = { created: 0.3, ready: 0.15, running: 0.5, suspended: 3, sleeping: 2, waiting: 1.5, gap: 1.5 }
/** How long a state of such a slot lasts on average, in units, found by counting. */
const meanOnLoop = 1.47
const meanOnThread = 1
/** Times that a task runs: from 1 to so many. */
const mostTurns = 4
/** Share of the tasks with each end; all others finish. */
const shares = { failed: 0.002, cancelled: 0.004, killed: 0.0005 }
/** Share of the ends of tasks that are marked, and of those that are printed. */
const marked = 0.004
const printed = 0.0005

/** What a slot, which has one task after another, does next. */
const step = { arrive: 0, schedule: 1, start: 2, pause: 3, wake: 4 } as const

export class Simulation {
  private readonly chance: Chance
  private readonly rows = new PieceWriter()
  private readonly agenda: Agenda
  /** ns. */
  private readonly unit: number
  private readonly lane: Uint16Array
  private readonly isLoop: Uint8Array
  /** Of each lane: 1 while a task holds it. */
  private readonly taken: Uint8Array
  /** Of each loop: slots whose task is ready, the longest first. */
  private readonly queues: (number[] | undefined)[] = []
  private readonly next: Uint8Array
  private readonly task: Uint32Array
  private readonly span: Uint32Array
  private readonly turns: Uint8Array
  private readonly end: Uint8Array

  constructor({ lanes, seed }: SyntheticOptions) {
    this.chance = chanceOf(seed)
    const lanesOfSlots: number[] = []
    let loops = 0
    this.taken = new Uint8Array(lanes)
    const numbers: Partial<Record<LaneKind, number>> = {}
    for (let lane = 0; lane < lanes; lane++) {
      const kind = lane === 0 ? 'main' : kinds[(lane - 1) % kinds.length]!
      const number = (numbers[kind] ?? 0) + 1
      numbers[kind] = number
      this.rows.lanes.push({ name: this.rows.string(kind === 'main' ? kind : `${kind}-${number}`), kind: laneCode[kind] })
      const isLoop = kind === 'loop'
      if (isLoop) this.queues[lane] = []
      if (isLoop) loops++
      for (let i = 0; i < (isLoop ? tasksOnLoop : 1); i++) lanesOfSlots.push(lane)
    }
    const slots = lanesOfSlots.length
    const spansInUnit = (loops * tasksOnLoop) / meanOnLoop + (lanes - loops) / meanOnThread
    this.unit = (spansInUnit / livePerSecond) * 1e9
    this.lane = Uint16Array.from(lanesOfSlots)
    this.isLoop = Uint8Array.from(lanesOfSlots, (lane) => (this.queues[lane] ? 1 : 0))
    this.next = new Uint8Array(slots).fill(step.arrive)
    this.task = new Uint32Array(slots)
    this.span = new Uint32Array(slots)
    this.turns = new Uint8Array(slots)
    this.end = new Uint8Array(slots)
    this.agenda = new Agenda(slots)
    for (let slot = 0; slot < slots; slot++) this.agenda.add(slot, this.chance.next() * this.unit * 2)
    const said = `synthetic: made up from seed ${seed}, not measured`
    this.rows.marker(markerCode.note, 0, 0, null, said)
    this.rows.outputs.push({ time: 0, text: this.rows.string(said), task: none, lane: 0 })
  }

  /** Until there are `spans` of them, or the time is `until`; what goes on then is open. */
  run(spans: number, until = Infinity): Piece {
    const { agenda } = this
    while (this.rows.spans.length < spans && agenda.nextTime <= until) {
      const time = agenda.nextTime
      this.act(agenda.take(), time)
    }
    return this.rows.take(Math.min(agenda.nextTime, until))
  }

  private act(slot: number, time: number): void {
    switch (this.next[slot]) {
      case step.arrive:
        this.arrive(slot, time)
        break
      case step.schedule:
      case step.wake:
        this.makeReady(slot, time)
        break
      case step.start:
        this.enter(slot, stateCode.running, time)
        this.plan(slot, step.pause, time, lasts.running)
        break
      default:
        this.pause(slot, time)
    }
  }

  private arrive(slot: number, time: number): void {
    const { chance, rows } = this
    const name = chance.whole(taskNames)
    this.task[slot] = rows.tasks.push({
      name: rows.string(taskName(name)),
      target: rows.string(functionName(name % functionCount)),
      parent: none,
      lane: this.lane[slot]!,
    })
    this.turns[slot] = 1 + chance.whole(mostTurns)
    const draw = chance.next()
    const { failed, cancelled, killed } = shares
    this.end[slot] =
      draw < failed
        ? endCode.failed
        : draw < failed + cancelled
          ? endCode.cancelled
          : draw < failed + cancelled + killed
            ? endCode.killed
            : endCode.finished
    this.span[slot] = rows.open(this.task[slot]!, this.lane[slot]!, stateCode.created, time)
    this.plan(slot, step.schedule, time, lasts.created)
  }

  private makeReady(slot: number, time: number): void {
    const lane = this.lane[slot]!
    this.enter(slot, stateCode.ready, time)
    if (this.taken[lane]) this.queues[lane]!.push(slot)
    else this.begin(slot, time)
  }

  /** It has the lane from now on and runs in a moment. */
  private begin(slot: number, time: number): void {
    this.taken[this.lane[slot]!] = 1
    this.plan(slot, step.start, time, lasts.ready)
  }

  private pause(slot: number, time: number): void {
    const { chance } = this
    const lane = this.lane[slot]!
    this.taken[lane] = 0
    const turns = --this.turns[slot]!
    if (turns === 0) this.finish(slot, time)
    else if (this.isLoop[slot]) {
      this.enter(slot, stateCode.suspended, time)
      this.plan(slot, step.wake, time, lasts.suspended)
    } else {
      const state = chance.next() < 0.7 ? 'sleeping' : 'waiting'
      this.enter(slot, stateCode[state], time)
      // A thread that wakes has its lane still, and runs on.
      this.plan(slot, step.start, time, lasts[state])
    }
    const ready = this.queues[lane]?.shift()
    if (ready !== undefined) this.begin(ready, time)
  }

  private finish(slot: number, time: number): void {
    const { chance, rows } = this
    const [task, end] = [this.task[slot]!, this.end[slot]!]
    rows.close(this.span[slot]!, time)
    const text = end === endCode.failed ? rows.string(errors[chance.whole(errors.length)]!) : 0
    rows.ends.push({ time, earliest: time, task, text, end })
    const draw = chance.next()
    if (draw < printed)
      rows.outputs.push({ time, text: rows.string('one more is done (synthetic)'), task, lane: this.lane[slot]! })
    else if (draw < marked)
      rows.marker(this.isLoop[slot] ? markerCode.callback : markerCode.note, time, this.lane[slot]!, task, '')
    this.plan(slot, step.arrive, time, lasts.gap)
  }

  private enter(slot: number, state: number, time: number): void {
    this.rows.close(this.span[slot]!, time)
    this.span[slot] = this.rows.open(this.task[slot]!, this.lane[slot]!, state, time)
  }

  /** `length` on average, in units. */
  private plan(slot: number, next: number, time: number, length: number): void {
    this.next[slot] = next
    this.agenda.add(slot, time + length * this.chance.length() * this.unit)
  }
}
