/**
 * Marks that would stand on one another are one sign, with their number beside it ("×12"): what would stand on that number is counted, too, so
 * that it can be read. However many there are, no more are drawn than have room beside each other. Device px.
 */
import type { Marker } from '../model/runStore'
import type { MarkAt } from './laneMarks'
import { type Pen, px, setFont, text } from './pen'

export interface Cluster {
  /** By time. */
  readonly markers: readonly [Marker, ...Marker[]]
  /** Of the first: the sign's middle. */
  readonly x: number
  /** Up to where its sign and its number reach. */
  readonly right: number
}

/** CSS px: from the sign's middle to its side, and within how many the next one would melt into it. */
export interface SignSize {
  readonly reach: number
  readonly apart: number
}

const numberSize = 11
/** Of a figure at that size, CSS px: the same for drawing and for hit tests, which have nothing to measure with. */
const figure = 6.5
const gap = 2
/** From a number to the next sign, CSS px. */
const space = 4

const numberOf = (count: number) => `×${count}`

function rightOf(pen: Pick<Pen, 'ratio'>, x: number, count: number, { reach }: SignSize): number {
  const own = x + px(pen, reach)
  return count > 1 ? own + px(pen, gap + figure * numberOf(count).length) : own
}

/** `marks` by time. */
export function clustersOf(pen: Pick<Pen, 'ratio'>, marks: Iterable<MarkAt>, size: SignSize): Cluster[] {
  const clusters: { markers: [Marker, ...Marker[]]; x: number; right: number }[] = []
  let last: (typeof clusters)[number] | undefined
  for (const { marker, x } of marks) {
    const ends = last && (last.markers.length > 1 ? last.right + px(pen, size.reach + space) : last.x + px(pen, size.apart))
    if (last && ends !== undefined && x < ends) {
      last.markers.push(marker)
      last.right = rightOf(pen, last.x, last.markers.length, size)
    } else {
      last = { markers: [marker], x, right: rightOf(pen, x, 1, size) }
      clusters.push(last)
    }
  }
  return clusters
}

/** The one on which a position lies; where two signs touch, the nearer. */
export function clusterAt(pen: Pick<Pen, 'ratio'>, clusters: readonly Cluster[], x: number, { reach }: SignSize): Cluster | null {
  let best: Cluster | null = null
  for (const cluster of clusters) {
    const covers = x >= cluster.x - px(pen, reach) && x <= cluster.right
    if (covers && (!best || Math.abs(cluster.x - x) < Math.abs(best.x - x))) best = cluster
  }
  return best
}

/** How many one sign stands for, to its right; an edge of paper sets it off from what it stands on. `middle`: its height. */
export function drawNumber(pen: Pen, { x, markers }: Cluster, middle: number, { reach }: SignSize): void {
  if (markers.length < 2) return
  const { g, colours } = pen
  const [left, baseline] = [x + px(pen, reach) + px(pen, gap), middle + px(pen, 4)]
  setFont(pen, numberSize, 600)
  g.strokeStyle = colours.surface
  g.lineWidth = px(pen, 4)
  g.lineJoin = 'round'
  g.textAlign = 'left'
  g.textBaseline = 'alphabetic'
  g.strokeText(numberOf(markers.length), left, baseline)
  text(pen, left, baseline, numberOf(markers.length), colours.ink)
}
