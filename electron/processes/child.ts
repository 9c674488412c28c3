/**
 * Entry of a process of a pool. This, its main thread, never blocks: it does the socket work, hears the engine, and ends with it. What the programme
 * gave to the process runs on the thread behind it (childThread.ts).
 */
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { endCode } from '#protocol/vocabulary'
import { Requests } from '../http/requests'
import { Control, createControl } from '../threads/controlBlock'
import { threadLimits } from '../threads/limits'
import { clock, createRing, type Mark, MarkReader } from '../threads/markRing'
import type { ChildThreadData } from './childData'
import { engineLine } from './engineLine'
import type { ChildStart, ChunkResult } from './messages'

const engine = engineLine()
/** Of the one thread that may block. */
const threadSlot = 1
let epoch: bigint
let thread: Worker
/** What the thread works on; -1: nothing. */
let task = -1

async function start(data: ChildStart): Promise<void> {
  epoch = data.epoch
  process.title = `loopscope ${data.name}`
  await startThread(data)
  engine.send({ type: 'loaded' })
}

async function startThread(start: ChildStart): Promise<void> {
  const { lane, speed, workersDir, serverUrl } = start
  const control = createControl()
  const ring = createRing()
  const reader = new MarkReader(ring)
  const newMarks = () => {
    const marks: Mark[] = []
    reader.drain(marks)
    return marks
  }
  const shared = new Control(control)
  const requests = new Requests(shared, () => engine.send({ type: 'marks', marks: newMarks() }))
  const { port1, port2 } = new MessageChannel()
  const replies = shared.newResource()
  requests.connect(port1, replies)
  const workerData: ChildThreadData = {
    control,
    ring,
    epoch,
    slot: threadSlot,
    lane,
    serverUrl,
    workersDir,
    speed,
    requests: port2,
    replies,
  }
  thread = new Worker(join(workersDir, 'childThread.cjs'), { workerData, transferList: [port2], resourceLimits: threadLimits })
  const loaded = new Promise((resolve) => thread.once('message', resolve))
  const ran = (marks: readonly Mark[], result: ChunkResult) => {
    task = -1
    engine.send({ type: 'ran', marks, result })
  }
  let thrown: (Error & { code?: string }) | null = null
  thread.once('error', (error) => {
    thrown = error
  })
  // The chunk has failed, and the next one gets another thread.
  thread.once('exit', () => {
    const error = diedOf(thrown)
    const end: Mark = { time: clock(epoch), kind: 'end', code: endCode.failed, lane, task, text: error, target: '', value: 0 }
    const marks = [...newMarks(), end]
    startThread(start).then(() => ran(marks, { values: null, error }), leave)
  })
  if (serverUrl !== null) await requests.warm(serverUrl, 1)
  await loaded
  thread.on('message', (result: ChunkResult) => ran(newMarks(), result))
}

/** In words; null: it left of itself. */
function diedOf(error: (Error & { code?: string }) | null): string {
  if (error?.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return `out of memory: a process of a pool may use ${threadLimits.maxOldGenerationSizeMb} MB`
  return error?.message ?? 'its thread ended itself'
}

/** The server is gone, and the run with it; the engine hears of this end. */
const leave = () => process.exit(1)

engine.onMessage((message) => {
  switch (message.type) {
    case 'start':
      start(message.start).catch(leave)
      break
    case 'ping':
      engine.send({ type: 'pong', reading: clock(epoch) })
      break
    case 'run':
      task = message.chunk.task
      thread.postMessage(message.chunk)
      break
  }
})
