/** How the ends of submitted coroutines cross: flat, since a turn may have thousands of them. */
import type { MessagePort } from 'node:worker_threads'
import { type ErrorWords, wordsOf } from './errorWords'
import type { Task } from './task'

/** End of a coroutine that this line submitted. */
export interface LoopResult {
  readonly task: number
  readonly end: (typeof ends)[number]
  readonly value: unknown
  /** Of a failed one. */
  readonly error: ErrorWords | null
}

const ends = ['finished', 'failed', 'cancelled'] as const
const finished = 0
const failed = 1
const cancelled = 2

/** Of each result its task, the place of its end among `ends`, and its value or words. */
export type ResultBatch = unknown[]
const width = 3

export function addResult(batch: ResultBatch, task: Task): void {
  if (task.cancelled()) batch.push(task.id, cancelled, null)
  else {
    const exception = task.exception()
    if (exception === null) batch.push(task.id, finished, task.result() ?? null)
    else batch.push(task.id, failed, wordsOf(exception))
  }
}

/** A result that cannot cross threads, a function for one, fails its future and no other of the batch. */
export function sendResults(port: MessagePort, batch: ResultBatch): void {
  try {
    port.postMessage(batch)
  } catch (error) {
    if (batch.length === width) port.postMessage([batch[0], failed, wordsOf(error)])
    else for (let i = 0; i < batch.length; i += width) sendResults(port, batch.slice(i, i + width))
  }
}

export function readResults(batch: ResultBatch): LoopResult[] {
  const results: LoopResult[] = []
  for (let i = 0; i < batch.length; i += width) {
    const task = batch[i] as number
    const code = batch[i + 1] as number
    const value = batch[i + 2]
    if (code === failed) results.push({ task, end: 'failed', value: null, error: value as ErrorWords })
    else results.push({ task, end: ends[code]!, value, error: null })
  }
  return results
}
