/** The ways of a run's items outside the loop, by task, as its document tells them. */
import type { TaskFacts } from '#protocol/makeDocument'
import { envelopeKinds, settlements } from '#protocol/vocabulary'
import type { History } from './history'

/** `seconds`: ns of the run → programme seconds. */
export function journeysOf(
  { claims, settlements: ends }: History,
  seconds: (nanos: number) => number,
): (task: number) => TaskFacts['journey'] {
  const claimOf = rowsByTask(claims)
  const endOf = rowsByTask(ends)
  return (task) => {
    const claim = claimOf.get(task)
    if (claim === undefined) return null
    const end = endOf.get(task)
    return {
      envelope: envelopeKinds[claims.get('envelope', claim)]!,
      pushed: seconds(claims.get('pushed', claim)),
      claimed: seconds(claims.get('time', claim)),
      sent: end === undefined ? Number.NaN : seconds(ends.get('sent', end)),
      settled: end === undefined ? Number.NaN : seconds(ends.get('time', end)),
      how: end === undefined ? null : settlements[ends.get('how', end)]!,
    }
  }
}

function rowsByTask(list: History['claims'] | History['settlements']): ReadonlyMap<number, number> {
  const rows = new Map<number, number>()
  for (let row = 0; row < list.length; row++) {
    const first = list.get('task', row)
    for (let task = first; task < first + list.get('count', row); task++) rows.set(task, row)
  }
  return rows
}
