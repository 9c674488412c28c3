/** Which case must fail without which piece of the design: a fault test that passes without the piece it guards proves nothing. */
import type { Piece } from './pieces'

export interface Bite {
  readonly without: readonly Piece[]
  /** Name of the case. */
  readonly name: string
  /** What is then wrong. */
  readonly wrong: RegExp
  readonly short?: true
  /** Real ms in which all may end, where it must be more than usual for the fault to be seen. */
  readonly settleMs?: number
}

export const bites: readonly Bite[] = [
  { without: ['reaper'], name: 'kill -9 after the claim, before it knows', wrong: /still there/, short: true },
  { without: ['reaper'], name: 'kill -9 before the acknowledgement', wrong: /still there|nothing in hand/ },
  { without: ['reaper'], name: 'kill -9 while running, again and again', wrong: /still there/ },
  { without: ['beat'], name: 'tasks that take longer than a lease', wrong: /ran again for no reason/ },
  { without: ['deaths'], name: 'an item that kills whoever runs it', wrong: /timed out|there is no end to it/ },
  { without: ['outage'], name: 'Redis away for 5 s, AOF, 4 consumers', wrong: /ran again for/, settleMs: 30_000 },
  { without: ['orphans'], name: 'reply of a claim lost', wrong: /still there/ },
  { without: ['orphans'], name: 'any reply lost', wrong: /still there/ },
  {
    without: ['reassert'],
    name: 'Redis comes back empty, then the consumer dies',
    wrong: /waited in vain for all to be written back/,
  },
  { without: ['bookFirst'], name: 'end before booking', wrong: /waited in vain for nothing in hand/, short: true },
  { without: ['killGhost', 'sweep'], name: 'ghost: the client reconnects', wrong: /1 still there/ },
]
