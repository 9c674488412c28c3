/** What stands at the head of a lane beside its name: the same on the page and in a picture. */
import type { LaneRow, LaneSize } from '../model/laneLayout'
import type { TimelineWords } from './words'

/** CSS px for each task that the row is inside of; deeper rows stay where their names can be read. */
const indent = 10
const deepest = 4
export const indentOf = ({ depth }: LaneRow) => indent * Math.min(depth, deepest)

/** '' where there is no room for it, or where it was said already. `above`: of the row above. */
export function kindText(head: LaneRow, lane: LaneSize['lane'], above: LaneRow['kind'], words: TimelineWords): string {
  // In low rows it stands beside the name and is said once: below one another it would be a second column of equal words.
  const isSaid = lane < 44 && head.kind === above
  const kind = head.kind === null || isSaid ? '' : words.kinds[head.kind]
  // Inside another, a low row has too little room: some would have it and some not.
  return lane >= (head.depth > 0 ? 44 : 28) && kind !== '' && !head.name.startsWith(kind) ? kind : ''
}
