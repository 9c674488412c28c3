/** How many tasks ended in a way that nobody wanted between two times. */
import { endCode } from '#protocol/vocabulary'
import type { RunStore } from './runStore'
import { endOfLook, unwanted, unwantedBits } from './spanTree'

/** Of each of `unwanted`, in all rows of the run. Programme seconds. */
export function endsBetween(store: RunStore, from: number, to: number): number[] {
  const { items } = store
  const counts = unwanted.map(() => 0)
  for (const { rows } of store.subRows) {
    for (const { tree } of rows) {
      for (let at = tree.next(tree.firstUntil(from), unwantedBits); at < tree.length; at = tree.next(at + 1, unwantedBits)) {
        const item = tree.items.get(at)
        if (items.endOf(item) > to) break
        const kind = unwanted.findIndex((end) => endCode[end] === endOfLook(items.lookOf(item)))
        if (kind >= 0) counts[kind]!++
      }
    }
  }
  return counts
}
