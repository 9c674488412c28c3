/** The lane that a loop's bars are drawn on: that of its thread where the thread is the loop's own, else one beside it. */
import { here } from '../threads/context'
import { getRunningLoop, hasRunningLoop } from './running'

/** The last lane that was made here, and whether a loop has taken it. */
let last: number | undefined
let taken = false

/** The lane for a loop of this thread that has none yet. */
export function takeLane(): number {
  if (last === undefined || taken) last = newLane()
  taken = true
  return last
}

/** Where a coroutine that no loop has been given yet is drawn: on the lane of the running loop, else on that of the last one, or the one to come. */
export function loopLane(): number {
  if (hasRunningLoop()) return getRunningLoop().core.lane
  last ??= newLane()
  return last
}

function newLane(): number {
  const context = here()
  const lane = context.control.newLane()
  context.lane(lane, 'loop', 'loop')
  return lane
}
