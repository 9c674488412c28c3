/**
 * How a result of elsewhere gets into a loop: a worker of any kind (one that serves sockets, say) completes a future of the loop. The door is opened on
 * the loop's thread and its wire given to the worker once; after that a future and its ticket cost no message.
 */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Control } from '../threads/controlBlock'
import type { EventLoop } from './eventLoop'
import { Future } from './future'
import { postLetter } from './loopLink'
import type { ToLoop } from './loopMessages'
import { LoopWords } from './loopWords'

/** Cloneable; list `port` as to be transferred. */
export interface DoorWire {
  readonly port: MessagePort
  readonly words: SharedArrayBuffer
  readonly resource: number
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
    const { port1, port2 } = new MessageChannel()
    const { context } = loop.core
    loop.inbox.connect({ port: port1, replies: context.control.newResource() })
    this.wire = { ...loop.link.shares, port: port2, control: context.control.shared }
  }

  /** A future that the worker completes. A ticket whose future was cancelled meanwhile may be completed all the same: nobody is told. */
  future<T>(): ExternalFuture<T> {
    const future = new Future<T>(this.loop.core)
    return { future, ticket: this.loop.inbox.ticketFor(future as Future<unknown>) }
  }
}

/** The worker's side. */
export class DoorKnocker {
  readonly #words: LoopWords
  readonly #control: Control

  constructor(readonly wire: DoorWire) {
    this.#words = new LoopWords(wire.words)
    this.#control = new Control(wire.control)
    // An idle door does not keep the worker alive.
    wire.port.unref()
  }

  /** The future's result; cloneable. */
  complete(ticket: number, value: unknown): void {
    this.#post({ type: 'complete', ticket, value })
  }
  /** The future's exception; an Error arrives as an Error, without its class. */
  fail(ticket: number, error: unknown): void {
    this.#post({ type: 'fail', ticket, error })
  }

  #post(message: ToLoop): void {
    postLetter(this.wire.port, message, this.#words, [], () => {
      const { home } = this.#words
      if (home >= 0) this.#control.wakeOne(home, this.wire.resource)
    })
  }
}
