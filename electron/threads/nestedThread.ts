/** The life of a nested worker: load, tell, park, run one target, record its end. Shared by the entry files, which differ in what they know. */
import { parentPort, workerData } from 'node:worker_threads'
import { answerClockCheck } from './clockCheck'
import { enterThread, type ThreadContext } from './context'
import { Stopped } from './controlBlock'
import { decodeArguments, functionNamed } from './handles'
import type { SeatData, StartMessage } from './pool'
import { StartBuffer } from './startBuffer'
import { warmUp } from './warmUp'

const parked = -1
/** Nobody changes it. Made before it is needed: whoever waits for a thread that is done must not wait for its memory, too. */
const never = new Int32Array(new SharedArrayBuffer(4))

export interface LifeOptions {
  /** What it shall have done before it counts. */
  readonly rehearse?: (context: ThreadContext) => void
  /** Its targets live on in Node's event loop. */
  readonly serves?: boolean
}

/** Runs the thread of this worker to its end. Call it once, after all functions are registered. */
export function liveAsThread({ rehearse, serves = false }: LifeOptions = {}): void {
  const data = workerData as SeatData
  const context = enterThread(data)
  warmUp(data)
  rehearse?.(context)
  parentPort!.postMessage('loaded')
  live(context, new StartBuffer(data.startBuffer, data.startPort), data.clockCheck, serves)
}

/** From the parking place to the end of the one target. */
export function live(context: ThreadContext, start: StartBuffer, clockCheck?: SharedArrayBuffer, serves = false): void {
  let message: StartMessage
  let run: () => unknown
  try {
    message = receive(context, start, clockCheck)
    context.speed = message.speed
    context.task = message.task
    run = unpack(message)
    park(context, () => context.control.isStarted(context.slot))
  } catch (error) {
    // A thread that was never started leaves no end of its own.
    if (error instanceof Stopped) untilTerminated(context)
    throw error
  }
  try {
    if (message.task >= 0) context.state(message.task, context.slot, 'running')
    context.control.setBegun(context.slot)
    // Before it does anything in which it must not be terminated; it is told to rest when it is in its event loop.
    if (serves) context.control.setServing(context.slot)
    const result = run()
    if (result instanceof Promise) {
      parentPort!.once('message', () => untilTerminated(context))
      result.then(
        () => finish(context, message.task),
        (error) => fail(context, message.task, error),
      )
    } else finish(context, message.task)
  } catch (error) {
    fail(context, message.task, error)
  }
}

/** What the thread will run; arguments that cannot be unpacked fail the thread, and not before it is started. */
function unpack(message: StartMessage): () => unknown {
  try {
    const target = functionNamed(message.target)
    const args = decodeArguments(message.values)
    return () => target(...args)
  } catch (error) {
    return () => {
      throw error
    }
  }
}

function receive(context: ThreadContext, start: StartBuffer, clockCheck: SharedArrayBuffer | undefined): StartMessage {
  let message: StartMessage | undefined
  park(context, () => {
    if (clockCheck) answerClockCheck(clockCheck, () => context.writer.now())
    message = start.read()
    return message !== undefined
  })
  return message!
}

const park = (context: ThreadContext, until: () => boolean) =>
  context.control.wait(context.slot, parked, until, () => Number.POSITIVE_INFINITY)

function finish(context: ThreadContext, task: number): void {
  if (task >= 0) context.end(task, context.slot, 'finished')
  context.runEndHooks()
  leave(context)
}

/** A thread that throws ends failed with its message, as in Python; the other threads go on. */
function fail(context: ThreadContext, task: number, error: unknown): void {
  if (task >= 0) {
    if (error instanceof Stopped) context.end(task, context.slot, 'killed')
    else context.end(task, context.slot, 'failed', describeError(error))
  }
  // A stage has no bar that could show it: it ends the run.
  if (task < 0 && !(error instanceof Stopped)) {
    context.control.setDone(context.slot)
    throw error
  }
  if (!(error instanceof Stopped)) context.runEndHooks()
  leave(context)
}

/** First of all it is told: what comes then was not rehearsed, and takes its time. */
function leave(context: ThreadContext): void {
  if (context.rests) untilTerminated(context)
  context.control.setDone(context.slot)
}

/**
 * A thread that is done does not end by itself: its programme ends it, and Node 16 (Electron 22) aborts the whole process when a worker is
 * terminated while it is just ending ("v8::FromJust Maybe value is Nothing"), or while Node calls into it, as for a socket that closes
 * ("v8::ToLocalChecked Empty MaybeLocal").
 */
export function untilTerminated(context: ThreadContext): never {
  context.control.setDone(context.slot)
  parentPort!.postMessage('done')
  for (;;) Atomics.wait(never, 0, 0)
}

/** "ValueError: five" rather than a stack: what a learner reads on the bar. */
export const describeError = (error: unknown) =>
  error instanceof Error ? (error.name === 'Error' ? error.message : `${error.name}: ${error.message}`) : String(error)
