/** Where marks were lost, as it is told: a flood that fills its ring between every two readings is one loss and not sixty a second. */
import type { Loss, RunStore } from './runStore'

/** Losses less than `gap` programme seconds apart as one. They must be of one lane and by time. */
export function mergeLosses(losses: readonly Loss[], gap: number): Loss[] {
  const merged: Loss[] = []
  for (const loss of losses) {
    const last = merged[merged.length - 1]
    if (!last || loss.from - last.until >= gap) merged.push(loss)
    else merged[merged.length - 1] = { ...last, until: Math.max(last.until, loss.until), count: last.count + loss.count }
  }
  return merged
}

/** Real seconds: what lies closer is told as one. */
const toldAsOne = 0.1

/** Of all lanes, by lane and time. */
export const toldLosses = (store: RunStore): Loss[] =>
  store.laneLosses.flatMap((losses) => mergeLosses(losses, toldAsOne * store.speed))
