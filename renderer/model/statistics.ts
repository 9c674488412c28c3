/** Figures of many tasks: how they ended, and how the times spread that they waited and ran. Programme seconds. In steps, for a million of them. */
import { type End, ends } from '#protocol/vocabulary'
import { niceStep } from './format'
import { sortedBy } from './radixSort'
import type { RunStore } from './runStore'
import { inBlocks, type Steps } from './steps'
import { goesOn } from './taskTable'

/** Tasks of one run. */
export interface Picked {
  readonly store: RunStore
  /** Up to when what goes on reaches. */
  readonly now: number
  readonly has: (task: number) => boolean
}

export interface Statistics {
  readonly tasks: number
  /** How many ended how; `goesOn`: have not. */
  readonly ends: Readonly<Record<End | 'goesOn', number>>
  /** Null: nobody did. */
  readonly waited: Spread | null
  readonly ran: Spread | null
}

/** Of at least one time. */
export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly longest: number
  readonly histogram: Histogram
}

export interface Histogram {
  /** From the first bin's beginning to the last one's end: one more than there are bins. */
  readonly edges: readonly number[]
  /** Times from an edge up to the next, without it. */
  readonly counts: readonly number[]
}

export function* statisticsOf(picked: readonly Picked[]): Steps<Statistics> {
  const byEnd = { finished: 0, failed: 0, cancelled: 0, killed: 0, pending: 0, goesOn: 0 }
  let tasks = 0
  let room = 0
  for (const { store } of picked) room += store.taskCount
  const times = { waited: new Float64Array(room), ran: new Float64Array(room) }
  const counts = { waited: 0, ran: 0 }
  for (const { store, now, has } of picked) {
    yield* inBlocks(store.taskCount, (from, to) => {
      for (let task = from; task < to; task++) {
        if (!has(task)) continue
        tasks++
        const end = store.tasks.end.get(task)
        byEnd[end === goesOn ? 'goesOn' : ends[end]!]++
        for (const of of ['waited', 'ran'] as const) {
          const time = store.tasks.number(of, task, now)
          if (!Number.isNaN(time)) times[of][counts[of]++] = time
        }
      }
    })
  }
  const waited = yield* spreadOf(times.waited.subarray(0, counts.waited))
  const ran = yield* spreadOf(times.ran.subarray(0, counts.ran))
  return { tasks, ends: byEnd, waited, ran }
}

function* spreadOf(times: Float64Array): Steps<Spread | null> {
  if (times.length === 0) return null
  const sorted = yield* inOrder(times)
  return {
    count: sorted.length,
    p50: nearestRank(sorted, 0.5),
    p95: nearestRank(sorted, 0.95),
    p99: nearestRank(sorted, 0.99),
    longest: sorted[sorted.length - 1]!,
    histogram: histogramOf(sorted),
  }
}

function* inOrder(times: Float64Array): Steps<Float64Array> {
  const places = yield* sortedBy(Uint32Array.from(times.keys()), times, false)
  const sorted = new Float64Array(times.length)
  yield* inBlocks(times.length, (from, to) => {
    for (let i = from; i < to; i++) sorted[i] = times[places[i]!]!
  })
  return sorted
}

/** By nearest rank: the smallest of the values that at least this share of all does not exceed, so always one that was measured. At least one value. */
export const nearestRank = (sorted: Float64Array, share: number) =>
  sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)]!

const bins = 14
/** From which ratio of the longest to the shortest on bins grow with the times that they hold. */
const wide = 50
/** What is shorter is no time of its own, seconds. */
const shortest = 1e-9

export function histogramOf(sorted: Float64Array): Histogram {
  const longest = sorted[sorted.length - 1]!
  const first = sorted[firstAtLeast(sorted, shortest)] ?? longest
  const edges = longest > 0 && longest / first > wide ? growingEdges(first, longest) : evenEdges(sorted[0]!, longest)
  // What is shorter than the first edge of growing bins, such as no time at all, is in the first bin.
  const until = edges.map((edge, i) => (i === 0 ? 0 : i === edges.length - 1 ? sorted.length : firstAtLeast(sorted, edge)))
  return { edges, counts: until.slice(1).map((end, i) => end - until[i]!) }
}

function evenEdges(from: number, to: number): number[] {
  const step = niceStep(Math.max((to - from) / bins, shortest, to * 1e-6))
  const start = Math.floor(from / step + 1e-9)
  const end = Math.max(start + 1, Math.floor(to / step + 1e-9) + 1)
  return Array.from({ length: end - start + 1 }, (_, i) => Number(((start + i) * step).toPrecision(12)))
}

/** 1, 2 and 5 of each power of ten; of many powers only they. */
function growingEdges(from: number, to: number): number[] {
  const low = Math.floor(Math.log10(from) + 1e-9)
  const high = Math.floor(Math.log10(to) + 1e-9) + 1
  const steps = high - low > 6 ? [1] : [1, 2, 5]
  const all: number[] = []
  for (let power = low; power <= high; power++) for (const step of steps) all.push(Number(`${step}e${power}`))
  const first = Math.max(0, all.findIndex((edge) => edge > from) - 1)
  const last = all.findIndex((edge) => edge > to)
  return all.slice(first, last + 1)
}

/** Index of the first value that is not less; the length if there is none. */
function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! >= value) high = middle
    else low = middle + 1
  }
  return low
}
