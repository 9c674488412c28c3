/** The loop's end of all lines: takes what other threads post, in the order in which they posted it, and sends results back in batches. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { decodeArguments, functionNamed, plainName } from '../threads/handles'
import type { LoopCore, Mail } from './core'
import { isCoroutine, throwing } from './coroutines'
import { wordsOf } from './errorWords'
import type { Coroutine, Future } from './future'
import { Handle, type ReadyEntry } from './handle'
import type { FarEnd, Letter, LoopResult, ToLoop } from './loopMessages'
import type { LoopWords } from './loopWords'
import { Task } from './task'

interface FarLine extends FarEnd {
  outbox: LoopResult[]
}
type Submitted = Extract<ToLoop, { type: 'coroutine' }>

export class Inbox implements Mail {
  readonly #lines: FarLine[] = []
  #taken = 0
  readonly #tickets = new Map<number, Future<unknown>>()
  #nextTicket = 1

  constructor(
    readonly core: LoopCore,
    readonly words: LoopWords,
    readonly resource: number,
  ) {}

  readonly waiting = () => this.words.posted !== this.#taken

  connect({ port, replies }: FarEnd): void {
    this.#lines.push({ port, replies, outbox: [] })
  }

  /** A number by which another thread completes the future. */
  ticketFor(future: Future<unknown>): number {
    const ticket = this.#nextTicket++
    this.#tickets.set(ticket, future)
    return ticket
  }

  take(): void {
    if (!this.waiting()) return
    const letters: { letter: Letter; line: FarLine }[] = []
    for (const line of this.#lines) {
      for (let got = receiveMessageOnPort(line.port); got; got = receiveMessageOnPort(line.port))
        letters.push({ letter: got.message as Letter, line })
    }
    this.#taken = (this.#taken + letters.length) | 0
    if (this.#lines.length > 1) letters.sort((a, b) => a.letter.order - b.letter.order)
    for (const { letter, line } of letters) this.#open(letter.message, line)
  }

  flush(): void {
    for (const line of this.#lines) {
      if (line.outbox.length === 0) continue
      send(line.port, line.outbox)
      line.outbox = []
      this.core.context.control.wake(line.replies)
    }
  }

  #open(message: ToLoop, line: FarLine): void {
    const { core } = this
    switch (message.type) {
      case 'call': {
        const { target, values, name, task } = message
        const run = () => functionNamed(target)(...decodeArguments(values))
        core.push(new Handle(core, { run, name, target: plainName(target) }, task))
        break
      }
      case 'coroutine':
        core.push(new Birth(core, message, line))
        break
      case 'cancel':
        this.#cancel(message.task)
        break
      case 'stop':
        this.#soon('stop', () => this.core.stop())
        break
      case 'connect':
        this.connect(message)
        break
      case 'complete':
        this.#claim(message.ticket)?.setResult(message.value)
        break
      case 'fail':
        this.#claim(message.ticket)?.setException(message.error)
        break
    }
  }

  /** A callback is cancelled at once, a task in a callback; a task that is not made yet takes its first step before, as asyncio has all three. */
  #cancel(id: number): void {
    const open = this.core.open.get(id)
    const cancel = () => this.core.open.get(id)?.cancel()
    if (open instanceof Handle) open.cancel()
    else if (open) this.#soon('cancel', cancel)
    else this.#soon('cancel', () => this.#soon('cancel', cancel))
  }

  #soon(name: string, run: () => unknown): void {
    this.core.push(new Handle(this.core, { run, name, target: undefined }))
  }

  /** The future, if it still waits. */
  #claim(ticket: number): Future<unknown> | undefined {
    const future = this.#tickets.get(ticket)
    this.#tickets.delete(ticket)
    return future?.done() ? undefined : future
  }
}

/** The making of a submitted coroutine: its task's first step comes a turn later, as in asyncio. */
class Birth implements ReadyEntry {
  constructor(
    readonly core: LoopCore,
    readonly submitted: Submitted,
    readonly line: FarLine,
  ) {}

  get label(): string {
    return this.submitted.name
  }
  step(): void {
    const { core, submitted, line } = this
    const task = new Task(core, coroutineOf(submitted), submitted.task, submitted.name)
    task.whenDone(() => line.outbox.push(resultOf(task)))
  }
}

/** What the making of a coroutine throws, its task throws: the thread that submitted it has gone on. */
function coroutineOf({ target, values }: Submitted): Coroutine {
  try {
    const made = functionNamed(target)(...decodeArguments(values))
    if (isCoroutine(made)) return made
    throw new TypeError('a coroutine is required: a generator function makes one')
  } catch (error) {
    return throwing(error)
  }
}

/** A result that cannot cross threads, a function for one, fails its future and no other of the batch. */
function send(port: MessagePort, results: readonly LoopResult[]): void {
  try {
    port.postMessage(results)
  } catch (error) {
    const [first, ...more] = results
    if (more.length > 0) for (const result of results) send(port, [result])
    else port.postMessage([{ ...first!, end: 'failed', value: null, error: wordsOf(error) } satisfies LoopResult])
  }
}

function resultOf(task: Task): LoopResult {
  const result = { task: task.id, value: null, error: null }
  if (task.cancelled()) return { ...result, end: 'cancelled' }
  const exception = task.exception()
  if (exception !== null) return { ...result, end: 'failed', error: wordsOf(exception) }
  return { ...result, end: 'finished', value: task.result() ?? null }
}
