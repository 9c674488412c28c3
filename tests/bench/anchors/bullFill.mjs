/** `bullFill.mjs PORT FOLDER`: adds jobs to a queue of BullMQ before anybody works; a line `COUNT` starts it. */
import { createRequire } from 'node:module'
import { serve } from './program.mjs'

const [port, folder] = process.argv.slice(2)
const { Queue } = createRequire(`${folder}/`)('bullmq')
const queue = new Queue('bench', {
  connection: { host: '127.0.0.1', port: Number(port) },
  defaultJobOptions: { removeOnComplete: true },
})
await queue.waitUntilReady()
const most = 1000
serve([], async (line) => {
  for (let left = Number(line); left > 0; left -= most)
    await queue.addBulk(Array.from({ length: Math.min(left, most) }, () => ({ name: 'task', data: '0' })))
})
