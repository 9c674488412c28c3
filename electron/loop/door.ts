/**
 * How a result of elsewhere gets into a loop: a worker of any kind (one that serves sockets, say) completes a future of the loop. The door is opened on
 * the loop's thread and its wire given to the worker once; after that a future and its ticket cost no message.
 */
import { Control } from '../threads/controlBlock'
import type { EventLoop } from './eventLoop'
import { Future } from './future'
import { Line } from './line'
import { type LoopWire, newLine } from './loopLink'
import { LoopWords } from './loopWords'

/** Cloneable; list `port` as to be transferred. */
export interface DoorWire extends LoopWire {
  readonly control: SharedArrayBuffer
}

export interface ExternalFuture<T> {
  readonly future: Future<T>
  /** What the worker completes it by. */
  readonly ticket: number
}

/** The loop's side. */
export class Door {
  readonly wire: DoorWire

  /** On the loop's own thread. */
  constructor(readonly loop: EventLoop) {
    const { near, far } = newLine()
    loop.inbox.connect(far)
    this.wire = { ...loop.link.shares, ...near, control: loop.core.context.control.shared }
  }

  /** A future that the worker completes. A ticket whose future was cancelled meanwhile may be completed all the same: nobody is told. */
  future<T>(): ExternalFuture<T> {
    const future = new Future<T>(this.loop.core)
    return { future, ticket: this.loop.inbox.ticketFor(future as Future<unknown>) }
  }
}

/** The worker's side. */
export class DoorKnocker {
  readonly #line: Line

  constructor(wire: DoorWire) {
    this.#line = new Line(wire, new LoopWords(wire.words), wire.resource, new Control(wire.control))
  }

  /** The future's result; cloneable. */
  complete(ticket: number, value: unknown): void {
    this.#line.post({ type: 'complete', ticket, value })
  }
  /** The future's exception; an Error arrives as an Error, without its class. */
  fail(ticket: number, error: unknown): void {
    this.#line.post({ type: 'fail', ticket, error })
  }
}
