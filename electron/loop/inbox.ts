/** The loop's end of all lines: takes what other threads post, in the order in which they posted it, and sends results back in batches. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { decodeArguments, functionNamed, plainName } from '../threads/handles'
import type { LoopCore, Mail } from './core'
import { firstText, isCoroutine, throwing } from './coroutines'
import { wordsOf } from './errorWords'
import type { Coroutine, Future } from './future'
import { Handle, type ReadyEntry } from './handle'
import type { FarEnd, Letter, LoopResult, ToLoop } from './loopMessages'
import type { LoopWords } from './loopWords'
import { Task } from './task'

interface FarLine extends FarEnd {
  outbox: LoopResult[]
  /** Received, and for the next turn. */
  held: Letter | undefined
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
    this.#lines.push({ port, replies, outbox: [], held: undefined })
  }

  /** A number by which another thread completes the future. */
  ticketFor(future: Future<unknown>): number {
    const ticket = this.#nextTicket++
    this.#tickets.set(ticket, future)
    return ticket
  }

  take(): void {
    if (!this.waiting()) return
    const [first] = this.#lines
    if (this.#lines.length > 1) this.#takeInOrder()
    else if (first) this.#drain(first, this.words.order, (letter) => this.#open(letter, first))
  }

  #takeInOrder(): void {
    const { order } = this.words
    const letters: { letter: Letter; line: FarLine }[] = []
    for (const line of this.#lines) this.#drain(line, order, (letter) => letters.push({ letter, line }))
    letters.sort((a, b) => after(a.letter.order, b.letter.order))
    for (const { letter, line } of letters) this.#open(letter, line)
  }

  /** What was posted before now: a thread that posts without end does not hold up the turn, nor overtake one that posted earlier. */
  #drain(line: FarLine, before: number, give: (letter: Letter) => unknown): void {
    for (;;) {
      const letter = line.held ?? (receiveMessageOnPort(line.port)?.message as Letter | undefined)
      line.held = undefined
      if (!letter) return
      if (after(letter.order, before) >= 0) {
        line.held = letter
        return
      }
      this.#taken = (this.#taken + 1) | 0
      give(letter)
    }
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
        const { target, values, task } = message
        const run = () => functionNamed(target)(...decodeArguments(values))
        core.push(new Handle(core, { run, name: nameOf(message), target: plainName(target) }, task))
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

/** How much later the one is; their counts run over after two thousand million letters. */
const after = (order: number, other: number) => (order - other) | 0

/** The making of a submitted coroutine: its task's first step comes a turn later, as in asyncio. */
class Birth implements ReadyEntry {
  constructor(
    readonly core: LoopCore,
    readonly submitted: Submitted,
    readonly line: FarLine,
  ) {}

  get label(): string {
    return nameOf(this.submitted)
  }
  step(): void {
    const { core, submitted, line } = this
    const task = new Task(core, coroutineOf(submitted), submitted.task, nameOf(submitted))
    task.addWaiter(new Reply(task, line))
  }
}

/** Tells the thread that submitted the task how it ended. */
class Reply implements ReadyEntry {
  readonly label = 'reply'

  constructor(
    readonly task: Task,
    readonly line: FarLine,
  ) {}

  step(): void {
    this.line.outbox.push(resultOf(this.task))
  }
}

/** As the submitting thread has called the task. */
const nameOf = ({ target, values }: { readonly target: string; readonly values: readonly unknown[] }) =>
  firstText(values) ?? plainName(target)

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
  if (task.cancelled()) return { task: task.id, end: 'cancelled', value: null, error: null }
  const exception = task.exception()
  if (exception !== null) return { task: task.id, end: 'failed', value: null, error: wordsOf(exception) }
  return { task: task.id, end: 'finished', value: task.result() ?? null, error: null }
}
