/** `bullPush.mjs PORT FOLDER`: a client of BullMQ that adds jobs; a line `COUNT PER_SECOND` starts it. */
import { createRequire } from 'node:module'
import { pushUnevenly, serve, stamp } from './program.mjs'

const [port, folder] = process.argv.slice(2)
const { Queue } = createRequire(`${folder}/`)('bullmq')
const stamps = []
const queue = new Queue('bench', {
  connection: { host: '127.0.0.1', port: Number(port) },
  defaultJobOptions: { removeOnComplete: true },
})
await queue.waitUntilReady()
serve(stamps, (line) => {
  const [count, perSecond] = line.split(' ').map(Number)
  return pushUnevenly(count, perSecond, () => {
    stamps.push(stamp())
    queue.add('task', '0')
  })
})
