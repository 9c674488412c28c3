/** The loop in its own thread: takes what other threads submit, runs it, sends results back in batches. */
import type { MessagePort } from 'node:worker_threads'
import { here, type ThreadContext } from '../threads/context'
import { Stopped } from '../threads/controlBlock'
import { decodeArguments, functionNamed } from '../threads/handles'
import { describeError } from '../threads/nestedThread'
import { LoopCore } from './core'
import type { Coroutine } from './future'
import type { Inbox, LoopResult, ToLoop } from './loopMessages'
import { Task } from './task'

let runningLoop: LoopCore | undefined
/** The loop of the calling thread, as asyncio.get_running_loop. */
export function getRunningLoop(): LoopCore {
  if (!runningLoop) throw new Error('no running event loop')
  return runningLoop
}

interface Line {
  readonly port: MessagePort
  readonly replies: number
  outbox: LoopResult[]
}

class LoopThread {
  readonly #core: LoopCore
  readonly #lines = new Set<Line>()

  constructor(readonly context: ThreadContext) {
    this.#core = new LoopCore(context)
    this.#core.afterTurn = () => this.#reply()
    runningLoop = this.#core
  }

  async runForever(inbox: Inbox): Promise<void> {
    this.#connect(inbox)
    await this.#core.runForever()
    for (const task of this.#core.open.keys()) this.context.end(task, this.context.slot, 'pending')
    for (const { port } of this.#lines) port.close()
  }

  #connect({ port, replies }: Inbox): void {
    const line: Line = { port, replies, outbox: [] }
    this.#lines.add(line)
    port.on('message', (message: ToLoop) => this.#receive(message, line))
  }

  #receive(message: ToLoop, line: Line): void {
    switch (message.type) {
      case 'call': {
        const handle = this.#core.callSoon(() => this.#call(message))
        this.#core.open.set(message.task, handle)
        break
      }
      case 'coroutine':
        this.#start(message, line)
        break
      case 'cancel':
        this.#cancel(message.task)
        break
      case 'stop':
        this.#core.callSoon(() => this.#core.stop())
        break
      case 'connect':
        this.#connect(message)
        break
    }
  }

  #call({ target, values, task }: Extract<ToLoop, { type: 'call' }>): void {
    const { context } = this
    this.#core.open.delete(task)
    context.task = task
    context.state(task, context.slot, 'running')
    try {
      functionNamed(target)(...decodeArguments(values))
      context.end(task, context.slot, 'finished')
    } catch (error) {
      // As in asyncio, a callback's exception is reported and the loop goes on.
      if (error instanceof Stopped) throw error
      context.end(task, context.slot, 'failed', describeError(error))
    } finally {
      context.task = -1
    }
  }

  #start(message: Extract<ToLoop, { type: 'coroutine' }>, line: Line): void {
    const task = new Task(this.#core, coroutineOf(message), message.task, message.name)
    task.addDoneCallback(() => line.outbox.push(resultOf(task)))
  }

  #cancel(id: number): void {
    const open = this.#core.open.get(id)
    open?.cancel()
    // A task ends in its own next step; a callback that will not run ends here.
    if (open && !(open instanceof Task)) {
      this.#core.open.delete(id)
      this.context.end(id, this.context.slot, 'cancelled')
    }
  }

  #reply(): void {
    for (const line of this.#lines) {
      if (line.outbox.length === 0) continue
      send(line.port, line.outbox)
      line.outbox = []
      this.context.control.wake(line.replies)
    }
  }
}

/** What the making of a coroutine throws, its task throws: the thread that submitted it has gone on. */
function coroutineOf({ target, values }: Extract<ToLoop, { type: 'coroutine' }>): Coroutine {
  try {
    const made = functionNamed(target)(...decodeArguments(values))
    if (isCoroutine(made)) return made
    throw new TypeError('a coroutine is required: a generator function makes one')
  } catch (error) {
    return throwing(error)
  }
}

const isCoroutine = (made: unknown): made is Coroutine => Object.prototype.toString.call(made) === '[object Generator]'

// biome-ignore lint/correctness/useYield: it fails at its first step
function* throwing(error: unknown): Coroutine<never> {
  throw error
}

/** A result that cannot cross threads, a function for one, fails its future and no other of the batch. */
function send(port: MessagePort, results: readonly LoopResult[]): void {
  try {
    port.postMessage(results)
  } catch (error) {
    const [first, ...more] = results
    if (more.length > 0) for (const result of results) send(port, [result])
    else port.postMessage([{ ...first!, end: 'failed', value: null, error: describeError(error) } satisfies LoopResult])
  }
}

function resultOf(task: Task): LoopResult {
  const result = { task: task.id, value: null, error: '' }
  if (task.cancelled()) return { ...result, end: 'cancelled' }
  const exception = task.exception()
  if (exception !== null) return { ...result, end: 'failed', error: describeError(exception) }
  return { ...result, end: 'finished', value: task.result() ?? null }
}

/** The target of a loop's thread. */
export const runForever = (inbox: Inbox): Promise<void> => new LoopThread(here()).runForever(inbox)
