/** The thread that takes tasks from a queue source and hands them to a loop: a worker of its own bundle, since only it loads a Redis client. */
import type { MessagePort } from 'node:worker_threads'
import { type AnyFunction, nameOf, registerFunctions, registerHandle } from './handles'
import { Thread } from './thread'

/** The engine's line to the consumer, and what the host wants of it. */
export interface SourceLine {
  readonly port: MessagePort
  /** Whether a first sight of a filled list asks before anything is moved. */
  readonly ask: boolean
  /** Whether others are told of the tasks through the server. */
  readonly feed: boolean
  /** What others see of this consumer. */
  readonly kind: 'app' | 'worker'
}

let line: SourceLine | undefined
/** Set by the programme's worker before main runs. */
export const setSourceLine = (given: SourceLine) => {
  line = given
}

/** What a thread that serves a source is given; throws where the scenario has none. */
export function sourceLine(): object {
  if (!line) throw new Error('this programme has no queue source')
  return new LineHandle(line)
}

class LineHandle {
  constructor(readonly line: SourceLine) {}
}
registerHandle({
  kind: 'sourceLine',
  is: (value) => value instanceof LineHandle,
  encode: ({ line: given }: LineHandle, transfer: MessagePort[]) => {
    transfer.push(given.port)
    return given
  },
  decode: (wire: SourceLine) => wire,
})

/** Stands here for the function of that name in the consumer's bundle. */
export function consume(): never {
  throw new Error('consume runs only in the consumer’s worker')
}
registerFunctions('consumer', { consume })

export interface ConsumerOptions {
  readonly url: string
  readonly queue: string
  /** At most so many tasks are on the loop at a time; the rest wait in the queue. */
  readonly concurrency: number
}

/**
 * A daemon thread `consumer`: takes items from the Redis list, submits `coroutine(seconds, name, ...args)` for each to `loop`, and acknowledges
 * an item when its task has finished.
 */
export function createConsumer(
  loop: unknown,
  coroutine: (seconds: number, name: string, ...args: never[]) => unknown,
  args: readonly unknown[],
  options: ConsumerOptions,
): Thread {
  return new Thread(
    consume,
    [sourceLine(), loop, nameOf(coroutine as AnyFunction), options, ...args],
    { name: 'consumer', daemon: true },
    'consumer',
  )
}
