/**
 * Takes the way of a start, a sleep and an end some times before the run, on memory of its own: code that runs for the first time costs half a
 * millisecond, which would be charted as the programme's.
 */
import { MessageChannel } from 'node:worker_threads'
import { ThreadContext } from './context'
import { createControl } from './controlBlock'
import { decodeArguments, encodeArguments, functionNamed, nameOf, registerFunctions } from './handles'
import { createRing } from './markRing'
import { createStartBuffer, StartBuffer } from './startBuffer'

const rounds = 40

export function warmUpTarget(): void {
  // Only its being called matters.
}
registerFunctions('warmUp', { warmUpTarget })

export function warmUp(workersDir: string, epoch: bigint): void {
  const { port1, port2 } = new MessageChannel()
  const context = new ThreadContext({ control: createControl(), ring: createRing(1024), epoch, slot: 1, workersDir })
  for (let round = 0; round < rounds; round++) {
    const task = context.newTask(1, 'warm')
    context.state(task, 1, 'created')
    const buffer = new StartBuffer(createStartBuffer(), round % 2 ? port1 : port2)
    context.state(task, 1, 'ready')
    buffer.write({ target: nameOf(warmUpTarget), task, speed: 1 }, encodeArguments(['name', [1, 2]]))
    context.control.setStarted(1)
    const message = buffer.read()!
    context.task = message.task
    context.state(task, 1, 'running')
    context.control.setBegun(1)
    functionNamed(message.target)(...decodeArguments(message.values))
    context.block('sleeping', '', 0, () => false, 0)
    context.output('warm')
    context.end(task, 1, 'finished')
    context.control.setDone(1)
  }
  port1.close()
}
