/** How threads reach a loop: each has a line to it (a pair of ports), and all share its words. */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { here } from '../threads/context'
import { RuntimeError } from './errors'
import type { Inbox } from './inbox'
import { Line } from './line'
import type { FarEnd, Letter, ToLoop } from './loopMessages'
import { createLoopWords, LoopWords } from './loopWords'

/** Cloneable: what all who hold a loop share. */
export interface LoopShares {
  readonly words: SharedArrayBuffer
  /** What its thread waits for when it waits for mail; no two loops of a run have the same. */
  readonly resource: number
}
/** What crosses of a loop: its words, and a line of the receiver's own. */
export interface LoopWire extends LoopShares {
  readonly port: MessagePort
  readonly replies: number
}

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
  static to({ port, replies, ...shares }: LoopWire): LoopLink {
    const link = new LoopLink(shares)
    link.#line = new Line(port, replies, link.post)
    return link
  }

  /** The loop lives on this thread. */
  settle(inbox: Inbox, far = this.#far): void {
    this.#inbox = inbox
    this.#far = undefined
    if (far) inbox.connect(far)
    this.words.home = here().slot
  }

  /** The loop will live on the thread `slot`: what that one needs of it. */
  handOver(): FarEnd {
    const far = this.line && this.#far
    if (!far) throw new RuntimeError('this loop has a thread already: make another for another thread')
    this.#far = undefined
    return far
  }

  get line(): Line {
    if (this.#line) return this.#line
    const { port1, port2 } = new MessageChannel()
    const replies = here().control.newResource()
    const far = { port: port2, replies }
    if (this.#inbox) this.#inbox.connect(far)
    else this.#far = far
    this.#line = new Line(port1, replies, this.post)
    return this.#line
  }

  readonly post = (message: ToLoop, transfer: readonly MessagePort[] = []): void =>
    postLetter(this.line.port, message, this.words, transfer, this.wake)

  readonly wake = (): void => {
    const { home } = this.words
    if (home >= 0) here().control.wakeOne(home, this.shares.resource)
  }

  /** A line for another thread; `transfer` gets its port. */
  fork(transfer: MessagePort[]): LoopWire {
    const { port1, port2 } = new MessageChannel()
    const replies = here().control.newResource()
    if (this.#inbox) this.#inbox.connect({ port: port1, replies })
    else this.post({ type: 'connect', port: port1, replies }, [port1])
    transfer.push(port2)
    return { ...this.shares, port: port2, replies }
  }
}

/** Its number is taken before, and it is counted after it is posted: who sees the count finds the letter. */
export function postLetter(
  port: MessagePort,
  message: ToLoop,
  words: LoopWords,
  transfer: readonly MessagePort[],
  wake: () => void,
): void {
  // Not copied: one object less for each submission.
  const letter = message as Letter
  letter.order = words.nextOrder()
  port.postMessage(letter, transfer)
  words.countPosted()
  wake()
}
