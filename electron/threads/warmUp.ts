/**
 * Takes the way of a start, a sleep and an end some times before the run, on memory of its own: code that runs for the first time costs half a
 * millisecond, which would be charted as the programme's.
 */
import { MessageChannel } from 'node:worker_threads'
import { ThreadContext, type ThreadShares } from './context'
import { createControl, noResource } from './controlBlock'
import { encodeArguments, nameOf, registerFunctions } from './handles'
import { createRing } from './markRing'
import { live } from './nestedThread'
import { createStartBuffer, StartBuffer } from './startBuffer'

const rounds = 40
const slot = 1
let scratch: ThreadContext

/** Stands for a scenario's function. */
export function warmUpTarget(): void {
  scratch.block('sleeping', '', noResource, () => false, 0)
  scratch.output('warm')
}
registerFunctions('warmUp', { warmUpTarget })

export function warmUp({ workersDir, epoch }: ThreadShares): void {
  const { port1, port2 } = new MessageChannel()
  scratch = new ThreadContext({ control: createControl(), ring: createRing(1024), epoch, slot, workersDir })
  scratch.rests = false
  for (let round = 0; round < rounds; round++) {
    const task = scratch.newTask(slot, 'warm', 'warmUpTarget')
    scratch.state(task, slot, 'created')
    const start = new StartBuffer(createStartBuffer(), port2)
    start.write({ target: nameOf(warmUpTarget), task, speed: 1 }, encodeArguments(['name', [1, 2]]))
    scratch.state(task, slot, 'ready')
    scratch.control.setStarted(slot)
    live(scratch, start)
  }
  port1.close()
}
