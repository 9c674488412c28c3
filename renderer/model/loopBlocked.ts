/**
 * *Loop blocked*, the one alert that is derived: a task holds its loop's thread (runs, sleeps or waits, merged where one follows the other) for
 * more than 50 real milliseconds while another task of that loop is ready. Shorter stretches are how a loop works.
 */
import { holdsThread, stateCode, states } from '#protocol/vocabulary'
import type { RunStore } from './runStore'
import { isMoment, stateBit } from './spanTree'
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
export function loopBlocked(store: RunStore, now: number = store.now): Blocked[] {
  const found: Blocked[] = []
  const longest = blockedAfterSeconds * store.speed
  store.lanes.forEach(({ kind }, lane) => {
    if (kind !== 'loop') return
    const { rows } = store.subRows[lane]!
    rows.forEach((row, index) => {
      for (const [task, start, end] of stretches(store, row, now)) {
        if (!(end - start > longest)) continue
        const others = readyMeanwhile(store, rows, index, start, end, now)
        if (others && others.end - others.start > longest) found.push({ lane, task, ...others })
      }
    })
  })
  return found
}

/** Merged stretches in which a task of the row holds the thread. */
function* stretches(store: RunStore, row: SubRow, now: number): Generator<[task: number, start: number, end: number]> {
  const { spans } = store
  let task = -1
  let start = 0
  let end = 0
  for (let i = 0; i < row.tree.length; i++) {
    const span = row.tree.items.get(i)
    if (isMoment(span) || !holdsThread(states[spans.state.get(span)]!)) continue
    const from = spans.start.get(span)
    // Two marks at the same moment may differ by what rounding leaves.
    if (spans.task.get(span) !== task || from > end + 1e-9) {
      if (task >= 0) yield [task, start, end]
      task = spans.task.get(span)
      start = from
    }
    end = spans.endAt(span, now)
  }
  if (task >= 0) yield [task, start, end]
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
