/**
 * A consumer in a process of its own, to be killed, frozen and cut off. Runs what the source takes as its payload says (`payload.ts`), writes each
 * start, end and burial into the ledger before it tells the source, and sends its status to the process that started it. One argument: JSON.
 */
import { openSync, writeSync } from 'node:fs'
import { sources } from '../../electron/sources/index'
import { readPayload } from './payload'
import { type Piece, switchOff } from './pieces'

export interface ConsumerArguments {
  readonly url: string
  readonly queue: string
  readonly ledger: string
  readonly concurrency: number
  readonly without: readonly Piece[]
}

const { url, queue, ledger, concurrency, without }: ConsumerArguments = JSON.parse(process.argv[2] ?? '')
for (const piece of without) switchOff(piece)
const file = openSync(ledger, 'a')
const write = (kind: 'S' | 'F' | 'B', uid: string) => writeSync(file, `${kind} ${uid} ${process.pid}\n`)

const source = sources.redis({ url, queue, concurrency, ask: false })
source.start({
  take({ id, text }) {
    const task = readPayload(text)
    if (!task) {
      write('B', text.slice(0, 40).replace(/\s/g, '_'))
      source.bury(id, 'This payload is no task of the tests.')
      return
    }
    write('S', task.uid)
    if (task.deadly) process.kill(process.pid, 'SIGKILL')
    const finish = () => {
      write('F', task.uid)
      source.done(id)
    }
    if (task.ms === 0) setImmediate(finish)
    else setTimeout(finish, task.ms)
  },
  settled: () => undefined,
  status: (status) => process.send?.(status),
  activity: () => undefined,
  attemptFailed: () => undefined,
})
process.on('SIGTERM', () => void source.stop().then(() => process.exit(0)))
// Whoever started us is gone: nobody would end us.
process.on('disconnect', () => process.exit(0))
