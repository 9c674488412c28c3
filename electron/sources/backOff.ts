/** How long to wait before the next attempt, by how many have failed since the last success. Seconds; after a mere loss almost at once. */
const steps = [0.03, 0.25, 0.5, 1, 2, 4, 8, 16]

/** ± 20 %, so that many consumers of one server do not come back all at once. */
export function backOffSeconds(failed: number, random: () => number = Math.random): number {
  return steps[Math.min(failed, steps.length - 1)]! * (0.8 + 0.4 * random())
}

/** Seconds while items are in hand: a longer wait could cost the lease, and with it a second run of each of them. */
export const longestInHand = 1

/** "0.3" or "4": for a label that reads "retry in … s". */
export const shortSeconds = (seconds: number) => (seconds < 1 ? seconds.toFixed(1) : String(Math.round(seconds)))
