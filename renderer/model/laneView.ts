/**
 * How somebody has arranged the lanes of the runs that are shown: their order, which are folded into one row, which are pinned to the top, and what
 * their names must contain. Lanes are meant by their index in the run; nothing here ever loses one.
 */

/** Of one run. */
export interface RunLanes {
  /** Lanes in the order that they were brought into; those that came later follow in their own. Empty: nobody moved one. */
  readonly order: readonly number[]
  readonly pinned: ReadonlySet<number>
  /** Drawn as one row, however many sub-rows they have. */
  readonly folded: ReadonlySet<number>
  /** Of the whole run only the caption is seen. */
  readonly closed: boolean
}

export interface LaneView {
  /** Only lanes with this in a name of theirs are seen; '': all. */
  readonly filter: string
  /** By the run's id. */
  readonly runs: ReadonlyMap<number, RunLanes>
}

const none: ReadonlySet<number> = new Set()
export const asTheyCome: RunLanes = { order: [], pinned: none, folded: none, closed: false }
export const plainView: LaneView = { filter: '', runs: new Map() }

/** Characters: a text of any length may be pasted. */
export const longestFilter = 100

export const lanesOf = ({ runs }: LaneView, run: number): RunLanes => runs.get(run) ?? asTheyCome

/** The view with other lanes of one run. */
export const withLanes = (view: LaneView, run: number, lanes: RunLanes): LaneView => ({
  ...view,
  runs: new Map(view.runs).set(run, lanes),
})

/** The order of `count` lanes from top to bottom: each of them once, the pinned ones first. */
export function laneOrder(count: number, { order, pinned }: RunLanes): number[] {
  const placed = new Uint8Array(count)
  const all: number[] = []
  for (const lane of order) {
    if (lane < 0 || lane >= count || placed[lane]) continue
    placed[lane] = 1
    all.push(lane)
  }
  for (let lane = 0; lane < count; lane++) if (!placed[lane]) all.push(lane)
  if (pinned.size === 0) return all
  return [...all.filter((lane) => pinned.has(lane)), ...all.filter((lane) => !pinned.has(lane))]
}

/** Brings a lane right before or behind another one. A pinned one stays among the pinned, the others below them. */
export function moveLane(lanes: RunLanes, count: number, lane: number, beside: number, where: 'before' | 'behind'): RunLanes {
  if (lane === beside || lane >= count || beside >= count) return lanes
  const order = laneOrder(count, lanes).filter((one) => one !== lane)
  order.splice(order.indexOf(beside) + (where === 'behind' ? 1 : 0), 0, lane)
  return { ...lanes, order }
}

export const togglePinned = (lanes: RunLanes, lane: number): RunLanes => ({ ...lanes, pinned: toggled(lanes.pinned, lane) })
export const toggleFolded = (lanes: RunLanes, lane: number): RunLanes => ({ ...lanes, folded: toggled(lanes.folded, lane) })
export const toggleClosed = (lanes: RunLanes): RunLanes => ({ ...lanes, closed: !lanes.closed })

function toggled(set: ReadonlySet<number>, lane: number): ReadonlySet<number> {
  const other = new Set(set)
  if (!other.delete(lane)) other.add(lane)
  return other
}

/** Whether a name has the text in it, however they are written. */
export const namedLike = (text: string) => {
  const wanted = text.trim().toLowerCase()
  return (name: string) => name.toLowerCase().includes(wanted)
}
