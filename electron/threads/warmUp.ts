/**
 * Takes the way of a start, a sleep and an end some times before the run, on memory of its own: code that runs for the first time costs half a
 * millisecond, which would be charted as the programme's.
 */
import { MessageChannel } from 'node:worker_threads'
import { rehearseAs, ThreadContext, type ThreadShares } from './context'
import { createControl } from './controlBlock'
import { encodeArguments, nameOf, registerFunctions } from './handles'
import { createRing } from './markRing'
import { live } from './nestedThread'
import { createStartBuffer, StartBuffer } from './startBuffer'
import { blockingSleep, print } from './time'

const rounds = 40
/** So many of them really sleep, a little longer than what a sleep ends with (context.ts): the loop that runs then is compiled while it runs. */
const sleeps = 4
const sleepSeconds = 0.0005
const slot = 1

/** Stands for a scenario's function. */
export function warmUpTarget(name: string, [seconds = 0, ...others]: readonly number[]): void {
  blockingSleep(seconds)
  print(name)
  for (const more of others) blockingSleep(more)
}
registerFunctions('warmUp', { warmUpTarget })

export function warmUp({ workersDir, epoch }: ThreadShares): void {
  const { port1, port2 } = new MessageChannel()
  const scratch = new ThreadContext({ control: createControl(), ring: createRing(1024), epoch, slot, workersDir })
  scratch.rests = false
  for (let round = 0; round < rounds; round++) {
    const seconds = round < rounds - sleeps ? 0 : sleepSeconds
    const task = scratch.newTask(slot, 'warm', 'warmUpTarget', 'created')
    const start = new StartBuffer(createStartBuffer(), port2)
    start.write({ target: nameOf(warmUpTarget), task, speed: 1 }, encodeArguments([`warm ${round}`, [seconds, 0]]))
    scratch.state(task, slot, 'ready')
    scratch.control.setStarted(slot)
    rehearseAs(scratch, () => live(scratch, start))
  }
  port1.close()
}
