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

/** Real ms between two looks at the clock, and how late one may be before it counts. */
const lookMs = 200
const starvedMs = 800
/** Real ms without a good connection that count: a lease less the last beat and the way back. */
const awayMs = 1500
let awaySince: number | null = null

const { url, queue, ledger, concurrency, without }: ConsumerArguments = JSON.parse(process.argv[2] ?? '')
for (const piece of without) switchOff(piece)
const file = openSync(ledger, 'a')
const write = (kind: 'S' | 'F' | 'B' | 'P', uid: string) => writeSync(file, `${kind} ${uid} ${process.pid}\n`)

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
  status: (status) => {
    if (status.phase === 'consuming') awaySince = null
    else awaySince ??= performance.now()
    process.send?.(status)
  },
  activity: () => undefined,
  attemptFailed: () => undefined,
})
// A process that gets no time to run, or does not reach its server for about a lease, is given up as one that was stopped.
let looked = performance.now()
setInterval(() => {
  const late = performance.now() - looked - lookMs
  looked += late + lookMs
  const away = awaySince === null ? 0 : performance.now() - awaySince
  if (late > starvedMs || away > awayMs) write('P', '-')
}, lookMs)
process.on('SIGTERM', () => void source.stop().then(() => process.exit(0)))
// Whoever started us is gone: nobody would end us.
process.on('disconnect', () => process.exit(0))
