/** Which loop this thread runs, and which one it has set: asyncio's get_running_loop, get_event_loop, current_task, all_tasks. */
import { RuntimeError } from './errors'
import type { EventLoop } from './eventLoop'
import { Task } from './task'

let running: EventLoop | undefined
let chosen: EventLoop | undefined

/** By the loop itself, when it begins and ends to run. */
export function setRunningLoop(loop: EventLoop | undefined): void {
  running = loop
}
export const hasRunningLoop = () => running !== undefined

/** Throws RuntimeError where this thread runs a loop; `thisOne`: the very loop that shall run. */
export function checkNoLoopRuns(thisOne: boolean): void {
  if (thisOne) throw new RuntimeError('This event loop is already running')
  if (running) throw new RuntimeError('Cannot run the event loop while another loop is running')
}

/** The loop that the calling thread runs; throws RuntimeError where there is none. */
export function getRunningLoop(): EventLoop {
  if (!running) throw new RuntimeError('no running event loop')
  return running
}

/** The running loop, else the one that was set; throws RuntimeError where there is none. */
export function getEventLoop(): EventLoop {
  const loop = running ?? chosen
  if (!loop) throw new RuntimeError('There is no current event loop: setEventLoop(loop) makes one')
  return loop
}

/** The loop of this thread for what is called outside of coroutines, `gather` for example. */
export function setEventLoop(loop: EventLoop | undefined): void {
  chosen = loop
}

/** The task whose coroutine is executing in this thread; undefined in a callback. */
export const currentTask = (): Task | undefined => getRunningLoop().core.currentTask as Task | undefined

/** The loop's tasks that have not ended, the oldest first. */
export function allTasks(loop = getRunningLoop()): Set<Task> {
  return new Set(loop.core.open.entries().flatMap(([, open]) => (open instanceof Task ? [open] : [])))
}
