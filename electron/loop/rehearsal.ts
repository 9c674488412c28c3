/**
 * Takes the ways of a submission, a turn, a sleep and a result some times, recorded nowhere: what runs for the first time costs up to a millisecond, which
 * would be charted as the programme's.
 */
import { here, unrecorded } from '../threads/context'
import { Stopped } from '../threads/controlBlock'
import { registerFunctions } from '../threads/handles'
import { EventLoop } from './eventLoop'
import type { Coroutine } from './future'
import { gather } from './gather'
import { LoopLink } from './loopLink'
import { sleep } from './sleep'

const batches = 40
/** Submissions of each way between two runs of the loop. */
const batch = 8
/** Programme seconds: the timers' way, and hardly a wait. */
const aMoment = 1e-6

export function call(): void {
  here()
}
export function* work(name: string): Coroutine<string> {
  yield* sleep(0)
  yield* sleep(aMoment)
  return name
}
registerFunctions('rehearsal', { call, work })

/** A stop that comes meanwhile ends the rehearsal; whoever asked for it meets the stop at its next wait. */
export function rehearseLoop(): void {
  try {
    unrecorded(rehearse)
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  }
}

function rehearse(): void {
  const link = new LoopLink()
  link.words.lane = here().slot
  const loop = new EventLoop(link)
  // As other threads hold it: what it is given crosses, though to the same thread.
  const elsewhere = new EventLoop(link, false)
  function* together(): Coroutine<void> {
    yield* gather(loop.createTask(work('one'), { name: 'one' }), loop.createTask(work('two'), { name: 'two' }))
  }
  for (let round = 0; round < batches; round++) {
    const futures = Array.from({ length: batch }, () => {
      elsewhere.callSoonThreadsafe(call)
      return elsewhere.submit(work, ['rehearsal'])
    })
    loop.runUntilComplete(loop.createTask(together(), { name: 'together' }))
    // What was submitted before has ended by now, but for a timer that is late; results are sent at the end of a turn.
    loop.callSoonThreadsafe(loop.stop)
    loop.runForever()
    for (const future of futures) if (future.done()) future.result()
  }
  loop.close()
}
