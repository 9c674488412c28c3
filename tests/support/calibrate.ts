// Before a page puts its clock forward.
const now = performance.now.bind(performance)

/** ms of a fixed piece of arithmetic in this page: how fast its machine is now. */
export function calibrate(): number {
  const begin = now()
  let x = 0x2545f491
  for (let i = 0; i < 1_000_000; i++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
  }
  const took = now() - begin
  // Asked for, so that no compiler leaves the loop out.
  if (x === 0) throw new Error('a xorshift never comes to zero')
  return took
}
