/** The rows of a run as they are arranged and filtered: made anew only where something has changed, for a live run asks in every frame. */
import { foldedRow, type LaneRow, rowsOfLane } from './laneLayout'
import { asTheyCome, laneOrder, namedLike, type RunLanes } from './laneView'
import type { RunStore } from './runStore'

export interface ShownRows {
  /** From top to bottom. The same list as before where nothing changed. */
  readonly rows: readonly LaneRow[]
  /** How many of them, from the top, are of pinned lanes. */
  readonly pinned: number
  /** Lanes that are seen. */
  readonly lanes: number
}

interface Known extends ShownRows {
  readonly of: RunLanes
  readonly filter: string
}

class RowsOfRun {
  /** Of each lane, unfolded, and for which places of its tasks. */
  private readonly ofLane: LaneRow[][] = []
  private readonly placings: number[] = []
  private known: Known | null = null

  get(store: RunStore, lanes: RunLanes, filter: string): ShownRows {
    const changed = this.refresh(store)
    const { known } = this
    if (!changed && known?.of === lanes && known.filter === filter) return known
    this.known = { of: lanes, filter, ...this.arrange(store, lanes, filter) }
    return this.known
  }

  private refresh(store: RunStore): boolean {
    const { ofLane, placings } = this
    let changed = ofLane.length !== store.lanes.length
    for (let lane = 0; lane < store.lanes.length; lane++) {
      const now = store.subRows[lane]!.placings
      if (placings[lane] === now) continue
      placings[lane] = now
      ofLane[lane] = rowsOfLane(store, lane)
      changed = true
    }
    return changed
  }

  private arrange(store: RunStore, lanes: RunLanes, filter: string): ShownRows {
    const all: LaneRow[] = []
    let pinned = 0
    let count = 0
    const isLike = namedLike(filter)
    for (const lane of laneOrder(store.lanes.length, lanes)) {
      const own = this.ofLane[lane]!
      if (filter !== '' && !isLike(store.lanes[lane]!.name) && !own.some(({ name }) => isLike(name))) continue
      count++
      if (lanes.folded.has(lane) && own.length > 1) all.push(foldedRow(store, lane))
      else for (const row of own) all.push(row)
      if (lanes.pinned.has(lane)) pinned = all.length
    }
    return lanes.closed ? { rows: [], pinned: 0, lanes: count } : { rows: all, pinned, lanes: count }
  }
}

const ofRun = new WeakMap<RunStore, RowsOfRun>()

export function shownRows(store: RunStore, lanes: RunLanes = asTheyCome, filter = ''): ShownRows {
  const known = ofRun.get(store) ?? new RowsOfRun()
  ofRun.set(store, known)
  return known.get(store, lanes, filter)
}
