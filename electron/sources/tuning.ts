/** Times and limits of the Redis source. A person sets none of them: the fault tests make times short. */
import { blockSeconds } from './incarnation'

export interface Tuning {
  /** Real ms. A consumer that was not heard of for so long is given up and its items are taken by others. */
  readonly leaseMs: number
  /** Real ms between two prolongations of the lease. */
  readonly beatMs: number
  /** Real ms. A retired stage may still be filled by a BLMOVE that the server believes alive: not longer than one block. */
  readonly sweepMs: number
  /** Real ms within which the farewell must be answered; `stop` resolves then, whatever the server does. */
  readonly farewellMs: number
  /** Consumers that died with an item in hand before it is tried alone. */
  readonly suspectAfter: number
  /** Consumers that died with an item in hand before it is buried. */
  readonly maxDeaths: number
}

export const defaultTuning: Tuning = {
  leaseMs: 3000,
  beatMs: 500,
  sweepMs: blockSeconds * 1000 + 1000,
  farewellMs: 400,
  suspectAfter: 3,
  maxDeaths: 6,
}
