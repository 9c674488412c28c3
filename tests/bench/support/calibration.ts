/** A yardstick for absolute goals: on a machine that is half as fast, or busy, this takes twice as long. */
import { median } from '../bench'

const steps = 1_000_000

/** Milliseconds for a million steps of a fixed arithmetic: one to two on a desktop machine of 2023. */
export const calibrate = (): number => median(Array.from({ length: 5 }, once))

function once(): number {
  const begin = process.hrtime.bigint()
  let x = 0x2545f491
  for (let i = 0; i < steps; i++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
  }
  const took = Number(process.hrtime.bigint() - begin) / 1e6
  // Asked for, so that no compiler leaves the loop out.
  if (x === 0) throw new Error('a xorshift never comes to zero')
  return took
}
