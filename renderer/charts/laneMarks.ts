/** Which marks stand on a row, where, and which of them lie under a pointer. */
import type { MarkerKind } from '#protocol/vocabulary'
import { firstWhere } from '../model/columns'
import { holds, type LaneRow } from '../model/laneLayout'
import type { Marker, RunStore } from '../model/runStore'
import { type Axis, column } from './axis'
import { type Cluster, clusterAt, clustersOf, type SignSize } from './clusters'
import { messageReach } from './drawMarks'
import { bandHeight, callbackMiddle, callbackReach, noteReach } from './drawMoments'
import { type Measures, type Pen, px } from './pen'

export interface LaneMarksAt {
  readonly store: RunStore
  readonly head: LaneRow
  readonly axis: Axis
  /** Device px between which anything is drawn. */
  readonly left: number
  readonly right: number
}

export interface MarkAt {
  readonly marker: Marker
  readonly x: number
}

/** Of the row, by time. What is about a task stands on the task's row, the rest on the first of the lane, where its loop's band is. */
export function* marksOn({ store, head, axis, left, right }: LaneMarksAt): Generator<MarkAt, void, undefined> {
  const markers = store.laneMarkers[head.lane] ?? []
  for (let i = firstWhere(0, markers.length, (at) => column(axis, markers[at]!.seconds) >= left); i < markers.length; i++) {
    const marker = markers[i]!
    const x = column(axis, marker.seconds)
    if (x > right) return
    const ofTask = (marker.kind === 'callback' || marker.kind === 'note') && marker.task !== null
    const sub = ofTask ? Math.max(0, store.subRows[head.lane]!.find(marker.task)) : 0
    if (holds(head, head.lane, sub)) yield { marker, x }
  }
}

export const notesOn = (at: LaneMarksAt): number[] =>
  [...marksOn(at)].filter(({ marker }) => marker.kind === 'note').map(({ x }) => x)

/** A stretch in which the lane's loop ran. */
export interface LoopLife {
  readonly from: number
  /** Null: it went on to the end of what is known. */
  readonly until: number | null
}

const livesOf = new WeakMap<readonly Marker[], { markers: number; lives: readonly LoopLife[] }>()

export function loopLives(store: RunStore, lane: number): readonly LoopLife[] {
  const markers = store.laneMarkers[lane] ?? []
  const known = livesOf.get(markers)
  if (known?.markers === markers.length) return known.lives
  const lives: LoopLife[] = []
  let from: number | null = null
  for (const { kind, seconds } of markers) {
    if (kind === 'loopStart') from ??= seconds
    if (kind !== 'loopStop' || from === null) continue
    lives.push({ from, until: seconds })
    from = null
  }
  if (from !== null) lives.push({ from, until: null })
  livesOf.set(markers, { markers: markers.length, lives })
  return lives
}

type DrawnMark = Extract<MarkerKind, 'message' | 'note' | 'callback'>
const drawnMarks: readonly DrawnMark[] = ['message', 'note', 'callback']

/** How much room a mark takes; callbacks have their place on their task's bar, and stand close. */
export function signSize(m: Measures, kind: MarkerKind): SignSize {
  const reach = kind === 'message' ? messageReach(m) : kind === 'note' ? noteReach(m) + 1 : callbackReach(m) + 1
  return { reach, apart: kind === 'callback' ? reach : reach + 2 }
}

/** The marks that are drawn on a row, those of one kind together that would stand on one another. */
export function clustersOn(pen: Pick<Pen, 'ratio'>, m: Measures, at: LaneMarksAt): Cluster[] {
  const marks: Record<DrawnMark, MarkAt[]> = { message: [], note: [], callback: [] }
  for (const mark of marksOn(at)) marks[mark.marker.kind as DrawnMark]?.push(mark)
  return drawnMarks.flatMap((kind) => clustersOf(pen, marks[kind], signSize(m, kind)))
}

/** What of a row's marks lies under a point, those that are drawn as one by time, then a join. `y`: device px from the row's top. */
export function marksUnder(pen: Pick<Pen, 'ratio'>, m: Measures, at: LaneMarksAt, x: number, y: number): Marker[] {
  const isAt = ({ markers: [{ kind, task }, ...more] }: Cluster): boolean =>
    kind === 'callback'
      ? Math.abs(y - callbackMiddle(pen, m, task)) <= px(pen, callbackReach(m) + 1)
      : y < m.slotTop + (more.length > 0 ? Math.max(m.half, px(pen, 10)) : m.half)
  const found: Marker[] = clustersOn(pen, m, at)
    .filter((cluster) => isAt(cluster) && clusterAt(pen, [cluster], x, signSize(m, cluster.markers[0].kind)))
    .sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))
    .flatMap(({ markers }) => markers)
  const reach = px(pen, joinReach)
  for (const { marker } of marksOn({ ...at, left: x - reach, right: x + reach })) if (marker.kind === 'join') found.push(marker)
  return found
}

/** A join has no drawing of its own but the bracket that it closed, CSS px beside which it is meant. */
const joinReach = 3

/** The loop's life whose band lies under a point of the lane's first row. */
export function lifeUnder(
  pen: Pick<Pen, 'ratio'>,
  m: Measures,
  at: LaneMarksAt,
  now: number,
  x: number,
  y: number,
): LoopLife | null {
  if (at.head.sub !== 0 || y > bandHeight(pen, m) + px(pen, 1)) return null
  const { axis } = at
  return (
    loopLives(at.store, at.head.lane).find(({ from, until }) => column(axis, from) <= x && x <= column(axis, until ?? now)) ??
    null
  )
}
