/**
 * Entry of a process of a pool. This, its main thread, never blocks: it does the socket work, hears the engine, and ends with it. What the programme
 * gave to the process runs on the thread behind it (childThread.ts).
 */
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { Requests } from '../http/requests'
import { Control, createControl } from '../threads/controlBlock'
import { clock, createRing, type Mark, MarkReader } from '../threads/markRing'
import type { ChildThreadData } from './childData'
import { engineLine } from './engineLine'
import type { ChildStart, ChunkResult } from './messages'

const engine = engineLine()
/** Of the one thread that may block. */
const threadSlot = 1
let epoch: bigint
let thread: Worker

async function start({ lane, name, speed, workersDir, serverUrl, ...start }: ChildStart): Promise<void> {
  epoch = start.epoch
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
  thread = new Worker(join(workersDir, 'childThread.cjs'), { workerData, transferList: [port2] })
  const loaded = new Promise((resolve) => thread.once('message', resolve))
  if (serverUrl !== null) await requests.warm(serverUrl, 1)
  await loaded
  thread.on('message', (result: ChunkResult) => engine.send({ type: 'ran', marks: newMarks(), result }))
  process.title = `loopscope ${name}`
  engine.send({ type: 'loaded' })
}

engine.onMessage((message) => {
  switch (message.type) {
    case 'start':
      // The server is gone, and the run with it; the engine hears of this end.
      start(message.start).catch(() => process.exit(1))
      break
    case 'ping':
      engine.send({ type: 'pong', reading: clock(epoch) })
      break
    case 'run':
      thread.postMessage(message.chunk)
      break
  }
})
