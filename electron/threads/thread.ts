/** `threading.Thread`: a real thread (a nested worker) that runs a function a scenario exports. */
import { here } from './context'
import { begunOf, doneOf } from './controlBlock'
import { type AnyFunction, bindingOf, encodeArguments, nameOf, plainName } from './handles'
import { currentPool, type Seat, type SeatKind } from './pool'

export interface ThreadOptions {
  /** Shown on its lane; `thread-1`, `thread-2` … by default. */
  readonly name?: string
  /** A daemon thread does not keep the programme alive: it is killed when everything else has ended. */
  readonly daemon?: boolean
}

/** A worker that died while it loaded never begins; its error ends the run. */
const longestStartMillis = 2000

/** The non-daemon threads that were started. */
const keepingAlive: Seat[] = []

/** Resolves when every non-daemon thread has ended: Python's `threading._shutdown` waits for the same when main has returned. */
export async function nonDaemonThreadsEnded(): Promise<void> {
  const { control } = here()
  await Promise.all(
    keepingAlive.map(
      ({ slot, worker }) =>
        new Promise<void>((resolve) => {
          worker.ref()
          const look = () => control.isDone(slot) && resolve()
          // It tells after it is done; until then an error of its worker is heard here, too.
          worker.on('message', look)
          look()
        }),
    ),
  )
}

let unnamed = 0

export class Thread<A extends readonly unknown[] = readonly unknown[]> {
  readonly name: string
  readonly daemon: boolean
  readonly #seat: Seat
  readonly #task: number
  #started = false

  /** `target` must be a function that the scenario exports, or a loop's `runForever`; `args` cloneable data or handles. */
  constructor(target: (...args: never[]) => unknown, args?: A, options: ThreadOptions = {}, kind: SeatKind = 'nested') {
    this.daemon = options.daemon ?? false
    const me = here()
    const run = target as AnyFunction
    const runs = nameOf(run)
    this.#seat = currentPool().take(kind)
    // A loop's thread only lends itself to the loop's tasks: it has a lane and no task of its own.
    const binding = bindingOf(run)
    const stage = binding !== undefined
    this.name = options.name ?? (stage ? 'loop' : `thread-${++unnamed}`)
    const lane = this.#seat.slot
    // Of the consumer's bundle there is also a watcher, which takes nothing.
    const takes = plainName(runs) === 'consume'
    binding?.onSeat(lane)
    me.lane(lane, stage ? 'loop' : kind === 'consumer' && takes ? 'consumer' : this.daemon ? 'daemon' : 'thread', this.name)
    this.#task = stage ? -1 : me.newTask(lane, this.name, plainName(runs), 'created')
    // The parked thread unpacks what it will run while this one goes on: a start then costs one wake-up.
    const wire = encodeArguments([...(binding?.args ?? []), ...(args ?? [])])
    this.#seat.start.write({ target: runs, task: this.#task, speed: me.speed }, wire)
    me.control.wakeThread(lane)
  }

  /**
   * Returns when the thread is on its first line, as threading.Thread.start does (it waits for the thread's `_started` event); until then the
   * thread is *ready*. A thread can be started once.
   */
  start(): void {
    if (this.#started) throw new Error('threads can only be started once')
    this.#started = true
    const me = here()
    const { slot } = this.#seat
    if (this.#task >= 0) me.state(this.#task, slot, 'ready')
    me.control.setStarted(slot)
    if (!this.daemon) keepingAlive.push(this.#seat)
    const deadline = Date.now() + longestStartMillis
    me.control.wait(
      me.slot,
      begunOf(slot),
      () => me.control.hasBegun(slot),
      () => deadline - Date.now(),
    )
  }

  /** Blocks until the thread has ended, or `timeout` programme seconds are over. */
  join(timeout?: number): void {
    if (!this.#started) throw new Error('cannot join thread before it is started')
    const me = here()
    const { slot } = this.#seat
    if (slot === me.slot) throw new Error('cannot join current thread')
    const ended = me.block('waiting', this.name, doneOf(slot), () => me.control.isDone(slot), timeout)
    if (ended) me.marker('join', this.name, this.#task < 0 ? me.task : this.#task)
  }

  isAlive = () => this.#started && !here().control.isDone(this.#seat.slot)
}
