/** Figures of many tasks: how they ended, and how the times spread that they waited and ran. Programme seconds. In steps, for a million of them. */
import { type End, ends } from '#protocol/vocabulary'
import { niceStep } from './format'
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
  /** Null: none of them came from a queue. */
  readonly journey: JourneyFigures | null
}

/** How long items of a queue were in Redis, then until their task ran, and from its end until Redis confirmed it. Null: of none is it known. */
export interface JourneyFigures extends Readonly<Record<JourneyTime, Spread | null>> {
  /** Items that are not counted in `inRedis`: by their producer's clock they were pushed after they were claimed. */
  readonly ahead: number
}
export type JourneyTime = 'inRedis' | 'toStart' | 'toSettled'

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
  return { tasks, ends: byEnd, waited, ran, journey: yield* journeyFigures(picked) }
}

const journeyTimes: Readonly<Record<JourneyTime, (store: RunStore, task: number) => number>> = {
  inRedis: ({ journeys }, task) => journeys.claimedAt(task) - journeys.pushedAt(task),
  toStart: ({ journeys, tasks, now }, task) => tasks.number('started', task, now) - journeys.claimedAt(task),
  toSettled: ({ journeys, tasks }, task) => journeys.settledAt(task) - tasks.endTime.get(task),
}

function* journeyFigures(picked: readonly Picked[]): Steps<JourneyFigures | null> {
  const room = picked.reduce((sum, { store }) => sum + store.journeys.length, 0)
  if (room === 0) return null
  let ahead = 0
  const found: Partial<Record<JourneyTime, Spread | null>> = {}
  for (const of of ['inRedis', 'toStart', 'toSettled'] as const) {
    const times = new Float64Array(room)
    let count = 0
    for (const { store, has } of picked) {
      yield* inBlocks(store.journeys.length, (from, to) => {
        for (let task = from; task < to; task++) {
          const time = has(task) ? journeyTimes[of](store, task) : Number.NaN
          if (time >= 0) times[count++] = time
          else if (of === 'inRedis' && time < 0) ahead++
        }
      })
    }
    found[of] = yield* spreadOf(times.subarray(0, count))
  }
  const { inRedis = null, toStart = null, toSettled = null } = found
  return inRedis || toStart || toSettled ? { inRedis, toStart, toSettled, ahead } : null
}

/** Brings the times into another order. */
function* spreadOf(times: Float64Array): Steps<Spread | null> {
  if (times.length === 0) return null
  const [p50, p95, p99, longest] = (yield* nearestRanks(times, [0.5, 0.95, 0.99, 1])) as [number, number, number, number]
  const histogram = yield* histogramOf(times)
  return { count: times.length, p50, p95, p99, longest, histogram }
}

/**
 * By nearest rank: the smallest of the values that at least this share of all does not exceed, so always one that was measured. At least one value,
 * shares from small to large. Brings the values into another order, but sorts no more of them than it must.
 */
export function* nearestRanks(values: Float64Array, shares: readonly number[]): Steps<number[]> {
  const found: number[] = []
  let from = 0
  for (const share of shares) {
    const rank = Math.max(0, Math.ceil(share * values.length - 1e-9) - 1)
    yield* select(values, rank, from)
    found.push(values[rank]!)
    from = rank
  }
  return found
}

/** Brings to `rank` what would stand there if all from `from` on were sorted, nothing larger before it and nothing smaller behind it. */
function* select(values: Float64Array, rank: number, from: number): Steps<void> {
  let low = from
  let high = values.length - 1
  while (low < high) {
    const [a, b, c] = [values[low]!, values[(low + high) >>> 1]!, values[high]!]
    const middle = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
    let left = low
    let right = high
    while (left <= right) {
      while (values[left]! < middle) left++
      while (values[right]! > middle) right--
      if (left > right) break
      const value = values[left]!
      values[left++] = values[right]!
      values[right--] = value
    }
    if (rank <= right) high = right
    else if (rank >= left) low = left
    else return
    yield
  }
}

const bins = 14
/** From which ratio of the longest to the shortest on bins grow with the times that they hold. */
const wide = 50
/** What is shorter is no time of its own, seconds. */
const shortest = 1e-9

/** Of at least one time. */
export function* histogramOf(times: Float64Array): Steps<Histogram> {
  let [least, first, longest] = [Infinity, Infinity, 0]
  yield* inBlocks(times.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const time = times[i]!
      if (time < least) least = time
      if (time < first && time >= shortest) first = time
      if (time > longest) longest = time
    }
  })
  const edges = longest / first > wide ? growingEdges(first, longest) : evenEdges(least, longest)
  const counts = edges.slice(1).map(() => 0)
  yield* inBlocks(times.length, (from, to) => {
    for (let i = from; i < to; i++) counts[binOf(edges, times[i]!)]!++
  })
  return { edges, counts }
}

/** What is shorter than the first edge of growing bins, such as no time at all, is in the first bin. */
function binOf(edges: readonly number[], time: number): number {
  let low = 0
  let high = edges.length - 1
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (time >= edges[middle]!) low = middle
    else high = middle
  }
  return low
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
