/** What the loop runs: `asyncio.Handle` and `asyncio.TimerHandle`. */
import type { LoopCore } from './core'

/** Something in the loop's ready queue. */
export interface ReadyEntry {
  /** It is about to be put into the queue. */
  becomesReady?(): void
  /** Its turn, once for each time that it was put into the queue. By the loop alone. */
  step(): void
  /** What an exception of it is told of: `work()`. */
  readonly label: string
}

/** What a handle calls, and how it is told of. */
export interface Call {
  readonly run: () => unknown
  readonly name: string
  /** The name of the function; undefined: the call is the loop's own and has no bar. */
  readonly target: string | undefined
}

/** A callback in the loop; what the programme gave to it has a bar of its own. */
export class Handle implements ReadyEntry {
  #cancelled = false
  /** The task that is its bar; -1 while it has none. */
  #task: number

  constructor(
    protected readonly core: LoopCore,
    protected readonly call: Call,
    task = -1,
  ) {
    this.#task = task
    if (task >= 0) core.open.add(task, this)
  }

  /** Keeps it from running, if it has not run. */
  cancel(): void {
    if (this.#cancelled) return
    this.#cancelled = true
    if (this.#task >= 0 && this.core.open.delete(this.#task)) this.core.context.end(this.#task, this.core.lane, 'cancelled')
  }
  cancelled(): boolean {
    return this.#cancelled
  }

  /** It is about to be put into the ready queue. */
  becomesReady(): void {
    const { core, call } = this
    if (call.target === undefined || this.#task >= 0) return
    this.#task = core.context.newTask(core.lane, call.name, call.target, 'ready')
    core.open.add(this.#task, this)
  }

  step(): void {
    if (this.#cancelled) return
    if (this.#task < 0) this.call.run()
    else this.#runRecorded(this.#task)
  }

  #runRecorded(task: number): void {
    const { core } = this
    const { context, lane } = core
    core.open.delete(task)
    context.task = task
    context.state(task, lane, 'running')
    try {
      this.call.run()
      context.end(task, lane, 'finished')
    } catch (error) {
      core.endByError(task, error)
      throw error
    } finally {
      context.task = -1
    }
  }

  get label(): string {
    return `${this.call.target ?? this.call.name}()`
  }
}

/** What `callLater` and `callAt` return. Its bar begins when it is due. */
export class TimerHandle extends Handle {
  constructor(
    core: LoopCore,
    call: Call,
    /** Nanoseconds on the threads' clock. */
    readonly deadline: number,
    /** Programme seconds, where it was given in them: there and back again would round it. */
    private readonly given?: number,
  ) {
    super(core, call)
  }

  /** The loop's time, in programme seconds, at which it is due. */
  when(): number {
    return this.given ?? this.core.programmeSeconds(this.deadline)
  }
}
