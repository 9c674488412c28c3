/** `asyncio`'s event loop as other threads hold it: a handle that crosses threads and submits work. The loop itself is in loopThread.ts. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { here } from '../threads/context'
import {
  type AnyFunction,
  bindTarget,
  encodeArguments,
  nameOf,
  plainName,
  registerFunctions,
  registerHandle,
} from '../threads/handles'
import { ConcurrentFuture, type ResultLine } from './concurrentFuture'
import type { Handle } from './core'
import type { Coroutine } from './future'
import type { Inbox, LoopResult, ToLoop } from './loopMessages'
import { runForever } from './loopThread'

interface Wire {
  readonly port: MessagePort
  readonly replies: number
  readonly lane: number
}

class InboxHandle {
  constructor(readonly inbox: Inbox) {}
}

export class EventLoop implements ResultLine {
  readonly replies: number
  readonly #port: MessagePort
  #lane: number
  readonly #results = new Map<number, LoopResult>()
  #listener: ((results: readonly LoopResult[]) => void) | undefined

  /** Target for `new Thread(loop.runForever)`: runs until `stop`. */
  readonly runForever = (): never => {
    throw new Error('a loop runs in a thread of its own: new Thread(loop.runForever)')
  }
  /** To be submitted: `loop.callSoonThreadsafe(loop.stop)`. */
  readonly stop = (): void => this.#post({ type: 'stop' })

  constructor(wire?: Wire) {
    if (wire) {
      this.#port = wire.port
      this.replies = wire.replies
      this.#lane = wire.lane
      return
    }
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.replies = here().control.newResource()
    this.#lane = -1
    // An idle line does not keep the submitting thread alive.
    port1.unref()
    bindTarget(this.runForever, {
      name: 'loop/runForever',
      args: [new InboxHandle({ port: port2, replies: this.replies })],
      onSeat: (slot) => {
        this.#lane = slot
      },
    })
  }

  /** Puts `callback(...args)` into the loop's ready queue, from any thread. It is *ready* from this moment on. */
  callSoonThreadsafe<A extends readonly unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    if ((callback as unknown) === this.stop) {
      this.stop()
      return { cancel: () => undefined }
    }
    const task = this.#submit('call', callback as unknown as AnyFunction, args)
    return { cancel: () => this.cancel(task.id) }
  }

  /** See `runCoroutineThreadsafe`. */
  submit<T, A extends readonly unknown[]>(coroutine: (...args: A) => Coroutine<T>, args: A): ConcurrentFuture<T> {
    const { id, name } = this.#submit('coroutine', coroutine as unknown as AnyFunction, args)
    return new ConcurrentFuture<T>(id, name, this)
  }

  /** As `submit`, for a function of which only the name is known here and a task that this thread has declared. */
  submitNamed(target: string, name: string, args: readonly unknown[]): number {
    return this.#submitTask('coroutine', target, name, args)
  }

  #submit(type: 'call' | 'coroutine', target: AnyFunction, args: readonly unknown[]): { id: number; name: string } {
    const name = (args.find((arg) => typeof arg === 'string') as string | undefined) ?? target.name
    return { id: this.#submitTask(type, nameOf(target), name, args), name }
  }

  #submitTask(type: 'call' | 'coroutine', target: string, name: string, args: readonly unknown[]): number {
    const task = this.declare(name, target)
    const { values, transfer } = encodeArguments(args)
    here().state(task, this.#lane, 'ready')
    this.#post({ type, target, values, task, name }, transfer)
    return task
  }

  /** A new task on the loop's lane. */
  declare(name: string, target: string): number {
    if (this.#lane < 0) throw new Error('this loop has no thread yet: new Thread(loop.runForever)')
    return here().newTask(this.#lane, name, plainName(target))
  }
  get lane(): number {
    return this.#lane
  }

  cancel(task: number): void {
    this.#post({ type: 'cancel', task })
  }

  poll(task: number): LoopResult | undefined {
    for (;;) {
      const batch = receiveMessageOnPort(this.#port)?.message as LoopResult[] | undefined
      if (!batch) return this.#results.get(task)
      for (const result of batch) this.#results.set(result.task, result)
    }
  }

  /** For threads that have an event loop of Node's own: results as they come, instead of `poll`. */
  onResults(listener: (results: readonly LoopResult[]) => void): void {
    if (!this.#listener) this.#port.on('message', (batch: LoopResult[]) => this.#listener?.(batch))
    this.#listener = listener
  }

  /** A line of its own for another thread. */
  fork(transfer: MessagePort[]): Wire {
    const { port1, port2 } = new MessageChannel()
    const replies = here().control.newResource()
    this.#post({ type: 'connect', port: port1, replies }, [port1])
    transfer.push(port2)
    return { port: port2, replies, lane: this.#lane }
  }

  #post(message: ToLoop, transfer: MessagePort[] = []): void {
    this.#port.postMessage(message, transfer)
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

registerFunctions('loop', { runForever })
registerHandle({
  kind: 'loopInbox',
  is: (value) => value instanceof InboxHandle,
  encode: ({ inbox }: InboxHandle, transfer: MessagePort[]) => {
    transfer.push(inbox.port)
    return inbox
  },
  decode: (inbox: Inbox) => inbox,
})
registerHandle({
  kind: 'eventLoop',
  is: (value) => value instanceof EventLoop,
  encode: (loop: EventLoop, transfer: MessagePort[]) => loop.fork(transfer),
  decode: (wire: Wire) => new EventLoop(wire),
})
