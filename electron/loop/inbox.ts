/** What other threads post to a loop, in the order in which they posted it. */
import { decodeArguments, functionNamed, plainName } from '../threads/handles'
import type { LoopCore, Mail } from './core'
import { firstText, isCoroutine, throwing } from './coroutines'
import { after, FarLine } from './farLine'
import type { Coroutine, Future } from './future'
import { Handle, type ReadyEntry } from './handle'
import type { FarEnd, Letter, Submission } from './loopMessages'
import type { LoopWords } from './loopWords'
import { Task } from './task'

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

  connect(far: FarEnd): void {
    this.#lines.push(new FarLine(far))
  }

  /** A number by which another thread completes the future. */
  ticketFor(future: Future<unknown>): number {
    const ticket = this.#nextTicket++
    this.#tickets.set(ticket, future)
    return ticket
  }

  /** What was posted before now: a thread that posts without end does not hold up the turn. */
  take(): void {
    if (!this.waiting()) return
    const before = this.words.order
    for (;;) {
      let first: FarLine | undefined
      let earliest = before
      for (const line of this.#lines) {
        const order = line.order()
        if (order === undefined || after(order, earliest) >= 0) continue
        first = line
        earliest = order
      }
      if (!first) return
      this.#taken = (this.#taken + 1) | 0
      this.#open(first.take(earliest), first)
    }
  }

  flush(): void {
    for (const line of this.#lines) line.flush(this.core.context.control)
  }

  #open(letter: Letter, line: FarLine): void {
    const { core } = this
    switch (letter.type) {
      case 'call':
        core.push(new Handle(core, { run: callOf(letter), name: nameOf(letter), target: plainName(letter.target) }, letter.task))
        break
      case 'coroutine':
        core.push(new Submitted(core, letter.task, nameOf(letter), callOf(letter), line))
        break
      case 'cancel':
        this.#cancel(letter.task)
        break
      case 'stop':
        this.#soon('stop', () => core.stop())
        break
      case 'connect':
        this.connect(letter.far)
        break
      case 'complete':
        this.#claim(letter.ticket)?.setResult(letter.value)
        break
      case 'fail':
        this.#claim(letter.ticket)?.setException(letter.error)
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

/** A submitted coroutine: is made, its task's first step comes a turn later, as in asyncio, and its end is told to the thread that submitted it. */
class Submitted implements ReadyEntry {
  #task: Task | undefined

  constructor(
    readonly core: LoopCore,
    readonly id: number,
    readonly label: string,
    readonly make: () => unknown,
    readonly line: FarLine,
  ) {}

  step(): void {
    if (this.#task) this.line.reply(this.#task)
    else {
      this.#task = new Task(this.core, coroutineOf(this.make), this.id, this.label)
      this.#task.addWaiter(this)
    }
  }
}

/** Handles are unpacked at once: letters to come may name them. What that throws, the call throws. */
function callOf({ target, values }: Submission): () => unknown {
  try {
    const call = functionNamed(target)
    const args = decodeArguments(values)
    return () => call(...args)
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** As the submitting thread has called the task. */
const nameOf = ({ target, values }: Submission) => firstText(values) ?? plainName(target)

/** What the making of a coroutine throws, its task throws: the thread that submitted it has gone on. */
function coroutineOf(make: () => unknown): Coroutine {
  try {
    const made = make()
    if (isCoroutine(made)) return made
    throw new TypeError('a coroutine is required: a generator function makes one')
  } catch (error) {
    return throwing(error)
  }
}
