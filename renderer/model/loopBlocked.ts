/**
 * *Loop blocked*, the one alert that is derived: a task holds its loop's thread (runs, sleeps or waits, merged where one follows the other) for
 * more than 50 real milliseconds while another task of that loop is ready. Shorter stretches are how a loop works.
 */
import { holdsThread, stateCode, states } from '#protocol/vocabulary'
import type { RunStore } from './runStore'
import { isMoment, type SpanTree, stateBit } from './spanTree'
import type { SubRow } from './subRows'

export const blockedAfterSeconds = 0.05

const ready = stateBit(stateCode.ready)

export interface Blocked {
  readonly lane: number
  /** Who holds the loop. */
  readonly task: number
  /** Programme seconds: from when to when it held the loop and somebody else was ready. */
  readonly start: number
  readonly end: number
  /** How many other tasks were ready in that time. */
  readonly waiting: number
}

/** All of a run, by lane, sub-row and time. */
export const loopBlocked = (store: RunStore, now: number = store.now): Blocked[] =>
  search(store, now, -Infinity).map(({ blocked }) => blocked)

interface Found {
  readonly blocked: Blocked
  /** When its holder let go of the loop. */
  readonly until: number
}

/** Those whose holder had the loop at `from` or later. */
function search(store: RunStore, now: number, from: number): Found[] {
  const found: Found[] = []
  const longest = blockedAfterSeconds * store.speed
  store.lanes.forEach(({ kind }, lane) => {
    if (kind !== 'loop') return
    const { rows } = store.subRows[lane]!
    rows.forEach((row, index) => {
      for (const [task, start, end] of stretches(store, row, now, from)) {
        if (!(end - start > longest)) continue
        const others = readyMeanwhile(store, rows, index, start, end, now)
        if (others && others.end - others.start > longest) found.push({ blocked: { lane, task, ...others }, until: end })
      }
    })
  })
  return found
}

/** Two marks at the same moment may differ by what rounding leaves. */
const sameMoment = 1e-9

/** Merged stretches in which a task of the row holds the thread, from the one that lasts until `from` on. */
function* stretches(
  store: RunStore,
  { tree }: SubRow,
  now: number,
  from: number,
): Generator<[task: number, start: number, end: number]> {
  const { spans } = store
  let task = -1
  let start = 0
  let end = 0
  for (let i = stretchBegin(store, tree, tree.firstUntil(from)); i < tree.length; i++) {
    const span = tree.items.get(i)
    // It let the loop go, for however short.
    if (!isHold(store, span)) {
      if (task >= 0) yield [task, start, end]
      task = -1
      continue
    }
    const begin = spans.start.get(span)
    if (spans.task.get(span) !== task || begin > end + sameMoment) {
      if (task >= 0) yield [task, start, end]
      task = spans.task.get(span)
      start = begin
    }
    end = spans.endAt(span, now)
  }
  if (task >= 0) yield [task, start, end]
}

const isHold = ({ spans }: RunStore, item: number) => !isMoment(item) && holdsThread(states[spans.state.get(item)]!)

/** The position at which the stretch begins that goes on at `position`. */
function stretchBegin(store: RunStore, tree: SpanTree, position: number): number {
  const { spans } = store
  if (position >= tree.length || !isHold(store, tree.items.get(position))) return position
  let first = position
  for (; first > 0; first--) {
    const [before, span] = [tree.items.get(first - 1), tree.items.get(first)]
    if (!isHold(store, before) || spans.task.get(before) !== spans.task.get(span)) break
    if (spans.start.get(span) > spans.end.get(before) + sameMoment) break
  }
  return first
}

/** Real seconds after which nothing is heard any more of what was. */
const settledAfter = 1

/** Spans of a run that is not looked at as a whole a second time: it would be felt. */
const long = 100_000

/** The blocked stretches of a run that grows, without looking at all of it each time: what was over a second ago stays as it was found. */
export class BlockedFinder {
  private version = -1
  private live = true
  private open = false
  private until = -Infinity
  private settled = 0
  private readonly found: Blocked[] = []

  constructor(private readonly store: RunStore) {}

  /** Up to `now`. When a run is over all is looked at once more, unless it is long; what comes of it even then comes in its order. The list is the finder's own: it is another after the next call. */
  find(now: number, live: boolean): readonly Blocked[] {
    const { store, found } = this
    if (!live && this.live && store.spans.length < long) this.restart()
    this.live = live
    if (store.version === this.version && !this.open) return found
    this.version = store.version
    const recent = search(store, now, this.until)
    const newest = store.spans.length > 0 ? store.spans.start.get(store.spans.length - 1) : 0
    const until = Math.max(this.until, newest - settledAfter * store.speed)
    this.open = live && recent.some((one) => one.until >= store.now)
    found.length = this.settled
    const isOver = (one: Found) => one.until < until
    for (const { blocked } of recent.filter(isOver)) found.push(blocked)
    this.settled = found.length
    this.until = until
    for (const one of recent) if (!isOver(one)) found.push(one.blocked)
    return found
  }

  private restart(): void {
    this.version = -1
    this.until = -Infinity
    this.settled = 0
  }
}

/** The part of [start, end] in which tasks of other rows were ready, from the first to the last of them. */
function readyMeanwhile(store: RunStore, rows: readonly SubRow[], except: number, start: number, end: number, now: number) {
  const { spans } = store
  const part = { start: Infinity, end: -Infinity, waiting: 0 }
  rows.forEach((row, index) => {
    if (index === except) return
    const { tree } = row
    for (let i = tree.next(tree.firstUntil(start), ready); i < tree.length; i = tree.next(i + 1, ready)) {
      const span = tree.items.get(i)
      const from = spans.start.get(span)
      if (from >= end) break
      const until = spans.endAt(span, now)
      if (until <= start) continue
      part.start = Math.min(part.start, Math.max(start, from))
      part.end = Math.max(part.end, Math.min(end, until))
      part.waiting++
    }
  })
  return part.waiting > 0 ? part : null
}

const finders = new WeakMap<RunStore, BlockedFinder>()
/** The one finder of a store, for all who ask. */
export function finderOf(store: RunStore): BlockedFinder {
  const finder = finders.get(store) ?? new BlockedFinder(store)
  finders.set(store, finder)
  return finder
}
