/** How threads reach a loop: each has a line to it, and all share its words. */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { here } from '../threads/context'
import { RuntimeError } from './errors'
import type { Inbox } from './inbox'
import { createLetterRing } from './letterRing'
import { Line } from './line'
import type { FarEnd } from './loopMessages'
import { createLoopWords, LoopWords } from './loopWords'

/** Cloneable: what all who hold a loop share. */
export interface LoopShares {
  readonly words: SharedArrayBuffer
  /** What its thread waits for when it waits for letters; no two loops of a run have the same. */
  readonly resource: number
}
/** What crosses of a loop: its words, and a line of the receiver's own. */
export interface LoopWire extends LoopShares, FarEnd {}

export class LoopLink {
  readonly shares: LoopShares
  readonly words: LoopWords
  #line: Line | undefined
  /** The other end of the line while it is not known where the loop will live. */
  #far: FarEnd | undefined
  #inbox: Inbox | undefined

  constructor(shares?: LoopShares) {
    this.shares = shares ?? { words: createLoopWords(), resource: here().control.newResource() }
    this.words = new LoopWords(this.shares.words)
  }

  /** On a thread that was given the loop. */
  static to({ words, resource, ...end }: LoopWire): LoopLink {
    const link = new LoopLink({ words, resource })
    link.#line = new Line(end, link.words, resource, here().control)
    return link
  }

  /** The loop lives on this thread. */
  settle(inbox: Inbox, far = this.#far): void {
    this.#inbox = inbox
    this.#far = undefined
    if (far) inbox.connect(far)
    this.words.home = here().slot
  }

  /** The loop will live on the thread of another: what that one needs of it. */
  handOver(): FarEnd {
    const far = this.line && this.#far
    if (!far) throw new RuntimeError('this loop has a thread already: make another for another thread')
    this.#far = undefined
    return far
  }

  /** This thread's own. */
  get line(): Line {
    if (this.#line) return this.#line
    const { near, far } = newLine()
    if (this.#inbox) this.#inbox.connect(far)
    else this.#far = far
    this.#line = new Line(near, this.words, this.shares.resource, here().control)
    return this.#line
  }

  /** A line for another thread; `transfer` gets its port. */
  fork(transfer: MessagePort[]): LoopWire {
    const { near, far } = newLine()
    if (this.#inbox) this.#inbox.connect(far)
    else this.line.post({ type: 'connect', far }, [far.port])
    transfer.push(near.port)
    return { ...this.shares, ...near }
  }
}

/** Both ends have the ring, and what the near one waits for. */
export function newLine(): { near: FarEnd; far: FarEnd } {
  const { port1, port2 } = new MessageChannel()
  const shared = { ring: createLetterRing(), replies: here().control.newResource() }
  return { near: { port: port1, ...shared }, far: { port: port2, ...shared } }
}
