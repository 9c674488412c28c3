/**
 * `asyncio`'s event loop. It lives on the thread that runs it: the one that made it, or that of `new Thread(loop.runForever)`. Every other
 * thread that is given it holds a line to it and may submit work.
 */
import type { MessagePort } from 'node:worker_threads'
import { here } from '../threads/context'
import {
  type AnyFunction,
  bindTarget,
  makerOf,
  nameOf,
  plainName,
  registerFunctions,
  registerHandle,
  shownName,
} from '../threads/handles'
import { ConcurrentFuture } from './concurrentFuture'
import { type ExceptionContext, LoopCore } from './core'
import { birthOf, claim, firstText, isCoroutine, nextNumber, numberedName, throwing } from './coroutines'
import { RuntimeError } from './errors'
import { type Awaitable, type Coroutine, Future } from './future'
import type { Call, Handle, TimerHandle } from './handle'
import { Inbox } from './inbox'
import { takeLane } from './lanes'
import { LoopLink, type LoopShares, type LoopWire } from './loopLink'
import type { FarEnd } from './loopMessages'
import { repr } from './repr'
import type { LoopResult } from './results'
import { checkNoLoopRuns, setRunningLoop } from './running'
import { Task } from './task'

export interface TaskOptions {
  /** Shown on its bar; its function's name and a number by default. */
  readonly name?: string
}

export class EventLoop {
  #core: LoopCore | undefined
  #inbox: Inbox | undefined
  /** Whether it may live on this thread: it was made here and not handed to another. */
  #mine: boolean

  /** @internal `link`: on a thread that was given a loop; `mine`: whether to live there. */
  constructor(
    readonly link = new LoopLink(),
    mine = true,
  ) {
    this.#mine = mine
    if (mine) bindTarget(this.runForever, this.#binding())
  }

  // On the loop's own thread

  /**
   * Runs until `stop()`, blocking the calling thread. As a target, `new Thread(loop.runForever)` gives the loop a thread of its own. Throws
   * RuntimeError where it is closed or running already.
   */
  readonly runForever = (): void => {
    const { core } = this
    core.checkOpen()
    checkNoLoopRuns(core.running)
    this.#run(core)
  }

  /** Ends the run after the turn under way; where it does not run, the next run makes one turn. From another thread: `loop.callSoonThreadsafe(loop.stop)`. */
  readonly stop = (): void => this.core.stop()

  /** Runs until the task or future is done: its result, or what it threw. A coroutine becomes a task. */
  runUntilComplete<T>(awaitable: Awaitable<T>): T {
    const { core } = this
    core.checkOpen()
    checkNoLoopRuns(core.running)
    const future = this.ensureFuture(awaitable)
    if (future !== awaitable && future instanceof Task) future.tellsIfPending = false
    const stop = () => {
      if (!future.cancelled()) future.exception()
      core.stop()
    }
    future.whenDone(stop)
    try {
      this.#run(core)
    } finally {
      future.removeDoneCallback(stop)
    }
    if (!future.done()) throw new RuntimeError('Event loop stopped before Future completed.')
    return future.result()
  }

  /** No more runs. What has not ended is pending and told of. Throws RuntimeError while it runs. */
  close(): void {
    if (this.isRunning()) throw new RuntimeError('Cannot close a running event loop')
    if (this.isClosed()) return
    this.link.words.close()
    if (!this.#core) return
    this.#core.closed = true
    this.#core.abandon()
  }

  isRunning(): boolean {
    return this.link.words.running
  }
  isClosed(): boolean {
    return this.link.words.closed
  }

  /** The loop's clock in programme seconds. */
  time(): number {
    const context = here()
    return (context.writer.now() / 1e9) * context.speed
  }

  /** Schedules the coroutine: it is ready at once and runs in a turn to come. */
  createTask<T>(coroutine: Coroutine<T>, { name }: TaskOptions = {}): Task<T> {
    const { core } = this
    core.checkOpen()
    if (!isCoroutine(coroutine)) throw new TypeError(`a coroutine was expected, got ${repr(coroutine)}`)
    const first = claim(coroutine)
    const born = first ? birthOf(coroutine) : undefined
    const maker = makerOf(coroutine)
    const called = name ?? born?.name ?? (maker && first ? nextNumber(maker) : numberedName(maker || 'task'))
    const id = born?.id ?? core.context.newTask(core.lane, called, maker, 'ready')
    if (born) core.context.state(id, core.lane, 'ready')
    return new Task(core, first ? coroutine : throwing(new RuntimeError('cannot reuse already awaited coroutine')), id, called)
  }

  /** A future as it is; a coroutine becomes a task. */
  ensureFuture<T>(awaitable: Awaitable<T>, options?: TaskOptions): Future<T> {
    if (awaitable instanceof Future) return awaitable
    if (isCoroutine(awaitable)) return this.createTask(awaitable, options)
    throw new TypeError('An asyncio.Future, a coroutine or an awaitable is required')
  }

  createFuture<T = unknown>(): Future<T> {
    return new Future<T>(this.core)
  }

  /** `callback(...args)` in the next turn. */
  callSoon<A extends readonly unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    return this.core.callSoon(this.#call(callback, args))
  }
  /** `callback(...args)` in `delay` programme seconds, never earlier. */
  callLater<A extends readonly unknown[]>(delay: number, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    return this.core.callAt(this.#call(callback, args), this.core.after(delay))
  }
  /** `callback(...args)` when `time()` is `when`. */
  callAt<A extends readonly unknown[]>(when: number, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    return this.core.callAt(this.#call(callback, args), (when * 1e9) / here().speed, when)
  }

  /** What is told of exceptions that nobody caught; undefined: they go into the run's output. */
  setExceptionHandler(handler: ((loop: EventLoop, context: ExceptionContext) => unknown) | undefined): void {
    this.core.exceptionHandler = handler && ((context) => handler(this, context))
  }
  callExceptionHandler(context: ExceptionContext): void {
    this.core.report(context)
  }

  /** The machine; throws RuntimeError on threads that do not run the loop. */
  get core(): LoopCore {
    if (this.#core) return this.#core
    if (!this.#mine) throw new RuntimeError('Non-thread-safe operation invoked on an event loop other than the current one')
    return this.settle()
  }

  /** @internal What other threads post; the core has it when there is a core. */
  get inbox(): Inbox {
    if (!this.#inbox) this.core.checkOpen()
    return this.#inbox!
  }

  /** @internal The loop lives on this thread from now on. `far`: the end of a line that another thread has made. */
  settle(far?: FarEnd): LoopCore {
    const { link } = this
    const core = new LoopCore(here(), this.lane)
    const inbox = new Inbox(core, link.words, link.shares.resource)
    core.mail = inbox
    this.#inbox = inbox
    link.settle(inbox, far)
    core.context.atEnd(() => core.abandon())
    this.#core = core
    return core
  }

  // From any thread

  /** Puts `callback(...args)` into the loop's ready queue. It is *ready* from this moment on. */
  callSoonThreadsafe<A extends readonly unknown[]>(callback: (...args: A) => unknown, ...args: A): { cancel(): void } {
    if (this.#mine) return this.callSoon(callback, ...args)
    if ((callback as unknown) === this.stop) {
      this.link.line.post({ type: 'stop' })
      return { cancel: () => undefined }
    }
    const target = callback as unknown as AnyFunction
    const task = this.#submit('call', nameOf(target), firstText(args) ?? shownName(target), args)
    return { cancel: () => this.link.line.post({ type: 'cancel', task }) }
  }

  /** See `runCoroutineThreadsafe`. */
  submit<T, A extends readonly unknown[]>(coroutine: (...args: A) => Coroutine<T>, args: A): ConcurrentFuture<T> {
    const target = coroutine as unknown as AnyFunction
    const name = firstText(args) ?? shownName(target)
    return new ConcurrentFuture<T>(this.#submit('coroutine', nameOf(target), name, args), name, this.link.line)
  }

  /** As `submit`, for a function of which only the name is known here; tells its task. A loop that sleeps sleeps on until `wakeUp`. */
  submitNamed(target: string, name: string, args: readonly unknown[]): number {
    return this.#submit('coroutine', target, name, args, true)
  }

  /** After `submitNamed`: once for as many as come together, or the loop would fall asleep between two of them. */
  wakeUp(): void {
    this.link.line.wake()
  }

  /** A new task on the loop's lane, which is ready. */
  declare(name: string, target: string): number {
    return here().newTask(this.lane, name, plainName(target), 'ready')
  }

  /** Where its bars are drawn. */
  get lane(): number {
    if (this.#mine) this.#takeLane()
    const { words } = this.link
    if (words.lane < 0) throw new RuntimeError('this loop has no thread yet: new Thread(loop.runForever)')
    return words.lane
  }

  /** @internal Who is given the loop may submit at once: from then on it has a lane. */
  fork(transfer: MessagePort[]): LoopWire {
    known.set(this.link.shares.resource, this)
    if (this.#mine) this.#takeLane()
    return this.link.fork(transfer)
  }

  /** For threads that have an event loop of Node's own: results as they come. */
  onResults(listener: (results: readonly LoopResult[]) => void): void {
    this.link.line.onResults(listener)
  }

  #takeLane(): void {
    if (this.link.words.lane < 0) this.link.words.lane = takeLane()
  }

  #submit(type: 'call' | 'coroutine', target: string, name: string, args: readonly unknown[], quietly = false): number {
    if (this.isClosed()) throw new RuntimeError('Event loop is closed')
    const task = this.declare(name, target)
    this.link.line.submit(type, target, args, task, quietly)
    return task
  }

  /** The loop's own `stop` is no work of the programme and has no bar. */
  #call<A extends readonly unknown[]>(callback: (...args: A) => unknown, args: A): Call {
    const target = (callback as unknown) === this.stop ? undefined : shownName(callback as unknown as AnyFunction) || 'callback'
    return { run: () => callback(...args), name: firstText(args) ?? target ?? 'stop', target }
  }

  /** Runs the machine; the thread's own task, if it has one, waits meanwhile. */
  #run(core: LoopCore): void {
    const { context } = core
    const { task, onLane } = context
    if (task >= 0) context.state(task, onLane, 'waiting', 'loop')
    context.task = -1
    context.onLane = core.lane
    this.link.words.running = true
    setRunningLoop(this)
    context.marker('loopStart')
    try {
      core.run()
    } catch (error) {
      context.task = task
      throw error
    }
    context.marker('loopStop', '', core.stoppedBy)
    setRunningLoop(undefined)
    this.link.words.running = false
    context.onLane = onLane
    context.task = task
    if (task >= 0) context.state(task, onLane, 'running')
  }

  /** What makes `new Thread(loop.runForever)` a thread of the loop's own. */
  #binding() {
    const moves = () => {
      if (this.#core) throw new RuntimeError('this loop lives on the thread that has scheduled work on it, and cannot move')
      return [new FarEndHandle(this.link.shares, this.link.handOver())]
    }
    return {
      name: 'loop/runForever',
      get args() {
        return moves()
      },
      onSeat: (slot: number) => {
        this.#mine = false
        if (this.link.words.lane < 0) this.link.words.lane = slot
      },
    }
  }
}

/**
 * `asyncio.run_coroutine_threadsafe`: the coroutine `coroutine(...args)` on the loop, from any thread. Other than in Python the coroutine is made
 * on the loop's thread, since a generator cannot cross threads.
 */
export const runCoroutineThreadsafe = <T, A extends readonly unknown[]>(
  loop: EventLoop,
  coroutine: (...args: A) => Coroutine<T>,
  ...args: A
): ConcurrentFuture<T> => loop.submit(coroutine, args)

/** One object a loop and thread, however often its handle arrives. */
const known = new Map<number, EventLoop>()

class FarEndHandle {
  constructor(
    readonly shares: LoopShares,
    readonly end: FarEnd,
  ) {}
}
registerHandle({
  kind: 'loopFarEnd',
  is: (value) => value instanceof FarEndHandle,
  encode: ({ shares, end }: FarEndHandle, transfer: MessagePort[]) => {
    transfer.push(end.port)
    return { shares, end }
  },
  decode: (wire: { shares: LoopShares; end: FarEnd }) => wire,
})
registerFunctions('loop', {
  runForever({ shares, end }: { shares: LoopShares; end: FarEnd }): void {
    const loop = new EventLoop(new LoopLink(shares))
    known.set(shares.resource, loop)
    loop.settle(end)
    loop.runForever()
  },
})
registerHandle({
  kind: 'eventLoop',
  is: (value) => value instanceof EventLoop,
  encode: (loop: EventLoop, transfer: MessagePort[]) => loop.fork(transfer),
  decode: (wire: LoopWire) => {
    const loop = known.get(wire.resource)
    if (loop) {
      wire.port.close()
      return loop
    }
    const made = new EventLoop(LoopLink.to(wire), false)
    known.set(wire.resource, made)
    return made
  },
  kept: { idOf: (loop: EventLoop) => loop.link.shares.resource, byId: (id) => known.get(id) },
})
