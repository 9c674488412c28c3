/** A worker of no run: completes the tickets it is told. */
import { parentPort, workerData } from 'node:worker_threads'
import { DoorKnocker, type DoorWire } from '../../electron/loop/door'

const knocker = new DoorKnocker(workerData as DoorWire)
parentPort!.on('message', ({ ticket, page }: { ticket: number; page: string | null }) => {
  if (page === null) knocker.fail(ticket, new RangeError('no page'))
  else knocker.complete(ticket, page)
})
