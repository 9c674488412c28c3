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

/** Runs the thread of this worker to its end. Call it once, after all functions are registered. */
export function liveAsThread(): void {
  const data = workerData as SeatData
  const context = enterThread(data)
  if (data.measureClock && data.clockCheck) answerClockCheck(data.clockCheck, () => context.writer.now())
  warmUp(data.workersDir, data.epoch)
  parentPort!.postMessage('loaded')
  let message: StartMessage
  try {
    message = park(context, new StartBuffer(data.startBuffer, data.startPort))
  } catch (error) {
    if (error instanceof Stopped) return
    throw error
  }
  context.speed = message.speed
  context.task = message.task
  if (message.task >= 0) context.state(message.task, context.slot, 'running')
  context.control.setBegun(context.slot)
  try {
    const result = functionNamed(message.target)(...decodeArguments(message.values))
    if (result instanceof Promise)
      result.then(
        () => finish(context, message.task),
        (error) => fail(context, message.task, error),
      )
    else finish(context, message.task)
  } catch (error) {
    fail(context, message.task, error)
  }
}

function park(context: ThreadContext, start: StartBuffer): StartMessage {
  let message: StartMessage | undefined
  const arrived = () => {
    message = start.read()
    return message !== undefined
  }
  context.control.wait(context.slot, parked, arrived, () => Number.POSITIVE_INFINITY)
  return message!
}

function finish(context: ThreadContext, task: number): void {
  if (task >= 0) context.end(task, context.slot, 'finished')
  context.control.setDone(context.slot)
}

/** A thread that throws ends failed with its message, as in Python; the other threads go on. */
function fail(context: ThreadContext, task: number, error: unknown): void {
  if (task >= 0) {
    if (error instanceof Stopped) context.end(task, context.slot, 'killed')
    else context.end(task, context.slot, 'failed', describeError(error))
  }
  context.control.setDone(context.slot)
}

/** "ValueError: five" rather than a stack: what a learner reads on the bar. */
export const describeError = (error: unknown) =>
  error instanceof Error ? (error.name === 'Error' ? error.message : `${error.name}: ${error.message}`) : String(error)
