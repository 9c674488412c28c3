/** Entry of the thread of a process that runs what the programme gave to it: it may block. Knows all scenarios, so that functions cross by name. */
import { parentPort, workerData } from 'node:worker_threads'
import { setRequestLine } from '../http/httpClient'
import { RequestLine } from '../http/line'
import { rehearseRequests } from '../http/rehearse'
import '../loop/eventLoop'
import { registerScenarios } from '../scenarios/index'
import { enterThread } from '../threads/context'
import { functionNamed } from '../threads/handles'
import { describeError } from '../threads/nestedThread'
import { warmUp } from '../threads/warmUp'
import type { ChildThreadData } from './childData'
import type { Chunk, ChunkResult } from './messages'

const data = workerData as ChildThreadData
const context = enterThread(data)
context.speed = data.speed
context.onLane = data.lane
setRequestLine(new RequestLine({ port: data.requests, replies: data.replies }))
registerScenarios()
warmUp(data)
if (data.serverUrl !== null) rehearseRequests(data.serverUrl, 1)

/** As CPython has it, the first error ends the chunk. */
function run({ task, target, items }: Chunk): ChunkResult {
  context.task = task
  context.state(task, context.onLane, 'running')
  try {
    const call = functionNamed(target)
    const values = items.map((item) => call(item))
    context.end(task, context.onLane, 'finished')
    return { values, error: null }
  } catch (error) {
    context.end(task, context.onLane, 'failed', describeError(error))
    return { values: null, error: describeError(error) }
  } finally {
    context.task = -1
  }
}

parentPort!.on('message', (chunk: Chunk) => {
  const result = run(chunk)
  try {
    parentPort!.postMessage(result)
  } catch (error) {
    // A value that cannot cross, a function for one.
    parentPort!.postMessage({ values: null, error: describeError(error) } satisfies ChunkResult)
  }
})
parentPort!.postMessage('loaded')
