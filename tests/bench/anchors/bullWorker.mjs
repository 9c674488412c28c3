/** `bullWorker.mjs PORT FOLDER`: a worker of BullMQ; its processor's first line is the task's start. */
import { createRequire } from 'node:module'
import { serve, stamp } from './program.mjs'

const [port, folder] = process.argv.slice(2)
const { Worker } = createRequire(`${folder}/`)('bullmq')
const stamps = []
const worker = new Worker(
  'bench',
  async () => {
    stamps.push(stamp())
  },
  { connection: { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null }, concurrency: 100 },
)
await worker.waitUntilReady()
serve(stamps)
