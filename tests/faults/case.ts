/** One row of the fault matrix: what is done to a queue, after which nothing may be missing. */
import type { Account } from './account'
import { Bed } from './bed'
import type { Piece } from './pieces'

export interface FaultCase {
  readonly name: string
  /** Part of the short form, which every run of the tests makes. */
  readonly short?: true
  /** Further options of the server. */
  readonly args?: readonly string[]
  /** Name of the list, where it matters. */
  readonly queue?: string
  /** Why it cannot be made on this machine. */
  readonly missing?: string | null
  /** Makes the faults and settles. Throws where something is lost, runs again for no reason or is left over. */
  run(bed: Bed): Promise<Account>
}

export interface RunOptions {
  /** Pieces that are switched off in all consumers. */
  readonly without?: readonly Piece[]
  /** How long all may take to end once no more faults are made. */
  readonly settleMs?: number
}

/** Resolves to the account, rejects with what is wrong. */
export async function runCase({ args, queue, run }: FaultCase, seed: number, options: RunOptions = {}): Promise<Account> {
  const bed = await Bed.open({ seed, args, queue, ...options })
  try {
    return await run(bed)
  } finally {
    await bed.close()
  }
}
