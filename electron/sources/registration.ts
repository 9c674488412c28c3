/** What a consumer and the server know of its items, compared when it registers a name: after a loss each may know what the other does not. */
import type { Commands } from './commands'
import type { Context } from './context'
import type { Incarnation } from './incarnation'
import { emptiedWarning } from './redisErrors'
import type { Starts } from './starts'

/** Items of one question; a script's arguments are few, too. */
const readAtOnce = 500
const writtenAtOnce = 200

/** Registers the name, learns what the server holds for us, and starts what it holds and nobody runs. Rejects with trouble. */
export async function compare(incarnation: Incarnation, context: Context, commands: Commands, starts: Starts): Promise<void> {
  const { inFlight, registered: before, feed, sink, board } = context
  const asked = performance.now()
  const { epoch, suspectOrd, ids } = await commands.renew(before, inFlight.staged, context.self())
  context.registered = { sid: incarnation.sid, epoch }
  feed?.begin(incarnation.sid)
  context.outage.back(asked)
  const emptied = before !== null && before.epoch !== epoch
  const { orphans, lost } = inFlight.reconcile({ emptied, ids })
  for (const id of lost) tell(context, 'lost', id)
  if (lost.length > 0) sink.lost?.(lost)
  for (let i = 0; i < orphans.length; i += readAtOnce) {
    const part = orphans.slice(i, i + readAtOnce)
    const values = await commands.payloads(part)
    while (context.outage.mayBeDead() && incarnation.active) await prolong(context, commands)
    if (!incarnation.active) return
    starts.orphans(part, values)
    for (const [index, id] of part.entries()) if (values[index]?.ord === suspectOrd) inFlight.suspect = id
  }
  if (suspectOrd > 0 && inFlight.suspect === null) await commands.forgetSuspect()
  const unwritten = inFlight.unwritten()
  if (emptied) {
    // Not hidden though nothing of ours is missing: what waited there is gone.
    context.emptied = emptiedWarning(unwritten.filter(({ ended }) => !ended).length, context.where)
    board.set({ warning: context.emptied })
  }
  for (let i = 0; i < unwritten.length; i += writtenAtOnce) {
    const part = unwritten.slice(i, i + writtenAtOnce)
    await commands.assertRunning(part, inFlight.suspect)
    inFlight.written(part.map(({ id }) => id))
  }
  const unnumbered = inFlight.unnumbered()
  const numbers = unnumbered.length > 0 ? await commands.payloads(unnumbered) : []
  for (const [index, id] of unnumbered.entries()) starts.booked(id, numbers[index]?.ord ?? 0)
}

/** Prolongs the lease. Rejects with trouble where that cannot be done. */
export async function prolong({ outage }: Context, commands: Commands): ReturnType<Commands['beat']> {
  const asked = performance.now()
  const told = await commands.beat()
  outage.prolonged(asked)
  return told
}

/** Tells the feed of an item that ends here without its task. One that has no number yet was never told of. */
export function tell({ inFlight, feed }: Context, kind: 'lost' | 'givenBack', id: number): void {
  const ord = inFlight.ordOf(id)
  if (ord > 0) feed?.mark(kind, ord)
}
