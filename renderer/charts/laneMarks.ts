/** Which marks stand on a row, where, and which of them lie under a pointer. */
import { firstWhere } from '../model/columns'
import type { LaneRow } from '../model/laneLayout'
import type { Marker, RunStore } from '../model/runStore'
import { type Axis, column } from './axis'
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
    if (sub === head.sub) yield { marker, x }
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

/** What of a row's marks lies under a point, the nearest first. `y`: device px from the row's top. */
export function marksUnder(pen: Pick<Pen, 'ratio'>, m: Measures, at: LaneMarksAt, x: number, y: number): Marker[] {
  const reaches = ({ kind, task }: Marker): number => {
    const above = y < m.slotTop + m.half
    if (kind === 'message') return above ? messageReach(m) : 0
    if (kind === 'note') return above ? noteReach(m) + 1 : 0
    if (kind === 'callback')
      return Math.abs(y - callbackMiddle(pen, m, task)) <= px(pen, callbackReach(m) + 1) ? callbackReach(m) + 1 : 0
    return kind === 'join' ? joinReach : 0
  }
  const widest = px(pen, Math.max(messageReach(m), callbackReach(m), noteReach(m), joinReach) + 1)
  const found = [...marksOn({ ...at, left: x - widest, right: x + widest })]
  return found
    .filter(({ marker, x: at }) => Math.abs(at - x) <= reaches(marker) * pen.ratio)
    .sort((a, b) => rank(a.marker) - rank(b.marker) || Math.abs(a.x - x) - Math.abs(b.x - x))
    .map(({ marker }) => marker)
}

/** A join has no drawing of its own but the bracket that it closed: whatever is drawn there is meant first. */
const joinReach = 3
const rank = ({ kind }: Marker) => (kind === 'join' ? 1 : 0)

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
