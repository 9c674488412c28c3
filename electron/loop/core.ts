/**
 * The loop itself. It blocks the thread that runs it, as asyncio's does: a FIFO ready queue, of which each turn runs what was ready when the turn
 * began (as BaseEventLoop._run_once does), a heap of timers, and between turns a sleep on the thread's own word, which other threads end by posting.
 */
import type { ThreadContext } from '../threads/context'
import { noResource, Stopped } from '../threads/controlBlock'
import { describeError } from '../threads/nestedThread'
import { RuntimeError } from './errors'
import { type Call, Handle, type ReadyEntry, TimerHandle } from './handle'
import { OpenTasks } from './openTasks'
import { type Timer, TimerHeap } from './timerHeap'

/** What other threads send: see inbox.ts. */
export interface Mail {
  /** What this thread waits for when it waits for mail. */
  readonly resource: number
  readonly waiting: () => boolean
  /** Puts what has come into the ready queue. */
  take(): void
  /** Sends off what the turn has brought forth. */
  flush(): void
}

/** Of an exception that nobody caught: what happened, and where. */
export interface ExceptionContext {
  readonly message: string
  readonly exception?: unknown
  readonly task?: object
  readonly future?: object
}

const noMail: Mail = { resource: noResource, waiting: () => false, take: () => undefined, flush: () => undefined }

/** Something that becomes ready when its deadline is past. */
export type Scheduled = Timer & ReadyEntry

/** A task or a callback that has not ended. */
export interface Open {
  cancel(): unknown
  readonly tellsIfPending?: boolean
}

export class LoopCore {
  #ready: ReadyEntry[] = []
  readonly #timers = new TimerHeap<Scheduled>()
  #stopping = false
  /** The task that asked the loop to stop, −1: none, for example a callback. */
  stoppedBy = -1
  running = false
  closed = false
  mail = noMail
  /** Left pending if the loop is closed, or its thread ends, first. */
  readonly open = new OpenTasks<Open>()
  /** The task whose coroutine is executing. */
  currentTask: object | undefined
  /** Futures whose exception nobody has asked for, and the exception. */
  readonly unretrieved = new Map<{ readonly kind: string }, unknown>()
  /** Undefined: exceptions go into the run's output. */
  exceptionHandler: ((context: ExceptionContext) => unknown) | undefined

  /** `lane`: where the bars of its tasks are drawn. */
  constructor(
    readonly context: ThreadContext,
    readonly lane: number,
  ) {}

  push(entry: ReadyEntry): void {
    this.#ready.push(entry)
  }

  /** `task`: its bar, where another thread has declared it. */
  callSoon(call: Call, task?: number): Handle {
    this.checkOpen()
    const handle = new Handle(this, call, task)
    handle.becomesReady()
    this.#ready.push(handle)
    return handle
  }

  /** `deadline` in ns on the threads' clock, `given` the same in programme seconds where they came first. Never runs early. */
  callAt(call: Call, deadline: number, given?: number): TimerHandle {
    this.checkOpen()
    const timer = new TimerHandle(this, call, deadline, given)
    this.schedule(timer, deadline)
    return timer
  }

  schedule(timer: Scheduled, deadline: number): void {
    this.#timers.push(timer, deadline)
  }

  /** The threads' clock in so many programme seconds. */
  after(delay: number): number {
    return this.context.writer.now() + (delay * 1e9) / this.context.speed
  }
  programmeSeconds(nanos: number): number {
    return (nanos / 1e9) * this.context.speed
  }

  /** Makes turns until `stop()`; where that was called before, one turn, as in asyncio. */
  run(): void {
    this.running = true
    try {
      do this.#turn()
      while (!this.#stopping)
    } finally {
      this.running = false
      this.#stopping = false
    }
  }

  /** The turn under way still runs to its end, as in asyncio. */
  stop(): void {
    this.#stopping = true
    this.stoppedBy = this.context.task
  }

  checkOpen(): void {
    if (!this.closed) return
    const error = new RuntimeError('Event loop is closed')
    this.context.marker('note', describeError(error))
    throw error
  }

  /** Ends a bar whose code threw. */
  endByError(task: number, error: unknown): void {
    if (error instanceof Stopped) this.context.end(task, this.lane, 'killed')
    else this.context.end(task, this.lane, 'failed', describeError(error))
  }

  /** As asyncio's call_exception_handler: the loop goes on. */
  report(problem: ExceptionContext): void {
    try {
      if (this.exceptionHandler) this.exceptionHandler(problem)
      else this.#print(problem)
    } catch (error) {
      if (error instanceof Stopped) throw error
      this.context.output(`Unhandled error in exception handler: ${describeError(error)}`)
    }
  }

  /**
   * Nothing will run any more: what is left is pending. Python tells of such tasks, and of exceptions that nobody asked for, when it destroys the
   * objects; here that is told when the loop is closed or its thread ends.
   */
  abandon(): void {
    for (const [id, left] of this.open.entries()) {
      this.context.end(id, this.lane, 'pending')
      if (left.tellsIfPending) this.report({ message: 'Task was destroyed but it is pending!', task: left })
    }
    this.open.clear()
    for (const [future, exception] of this.unretrieved) {
      this.report({ message: `${future.kind} exception was never retrieved`, exception, future })
    }
    this.unretrieved.clear()
  }

  #print({ message, task, future }: ExceptionContext): void {
    this.context.output(message)
    if (task) this.context.output(`task: ${task}`)
    if (future) this.context.output(`future: ${future}`)
  }

  #turn(): void {
    const { context } = this
    if (context.control.stopped) throw new Stopped()
    if (this.#ready.length === 0 && !this.#stopping) this.#sleep()
    this.mail.take()
    if (this.#timers.size > 0) this.#takeDueTimers()
    const entries = this.#ready
    this.#ready = []
    for (const entry of entries) {
      try {
        entry.step()
      } catch (error) {
        if (error instanceof Stopped) throw error
        this.report({ message: `Exception in callback ${entry.label}: ${describeError(error)}`, exception: error })
      }
    }
    this.mail.flush()
  }

  #takeDueTimers(): void {
    const now = this.context.writer.now()
    for (let timer = this.#timers.popDue(now); timer; timer = this.#timers.popDue(now)) {
      timer.becomesReady?.()
      this.#ready.push(timer)
    }
  }

  #sleep(): void {
    this.context.waitUntil(this.mail.resource, this.mail.waiting, this.#timers.nextDeadline)
  }
}
