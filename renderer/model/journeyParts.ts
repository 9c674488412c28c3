/** The way of one item of a queue as parts that follow one another. Programme seconds. */
import type { Settlement } from '#protocol/vocabulary'
import type { Level, RunStore } from './runStore'

/**
 * inRedis: from its push to its claim. handedOver: until its task was ready on the loop. ready: until its first step. ran: from there to its end, whatever
 * it awaited. told: until the server was told of the end. settled: until it answered.
 */
export type PartKind = 'inRedis' | 'handedOver' | 'ready' | 'ran' | 'told' | 'settled'

export interface Part {
  readonly kind: PartKind
  readonly from: number
  /** Up to now where it goes on. */
  readonly to: number
  readonly goesOn: boolean
}

/**
 * What is known of the push. known: its time. ahead: by that time it came later than it was claimed, since the producer's clock is ahead of ours. untimed: the
 * envelope's time is no time. emptyBefore, none: it had no envelope; and the queue was, or was not, empty when it was last looked at before.
 */
export type PushKnown = 'known' | 'ahead' | 'untimed' | 'emptyBefore' | 'none'

export interface Way {
  readonly parts: readonly Part[]
  readonly push: PushKnown
  /** Seconds by which the producer's clock is ahead at least; 0 unless `push` says so. */
  readonly ahead: number
  /** Of `ran`, seconds in which it awaited. */
  readonly suspended: number
  /** Null: not settled, or that is not known. */
  readonly how: Settlement | null
  readonly ended: boolean
}

/** Null: it came from no queue. */
export function wayOf(store: RunStore, task: number): Way | null {
  const journey = store.journeys.of(task)
  if (!journey) return null
  const { claimed, sent, settled, how } = journey
  const { ready, started, finished, suspended, end } = store.task(task)
  const pushed = journey.pushed <= claimed ? journey.pushed : null
  const parts: Part[] = []
  const add = (kind: PartKind, from: number | null, to: number | null) => {
    if (from !== null && to !== null) parts.push({ kind, from, to: Math.max(from, to), goesOn: false })
    else if (from !== null && end === null) parts.push({ kind, from, to: Math.max(from, store.now), goesOn: true })
  }
  if (pushed !== null) add('inRedis', pushed, claimed)
  add('handedOver', claimed, ready)
  // What is no task, or was cancelled before its first step, never ran.
  add('ready', ready, started ?? finished)
  if (started !== null) add('ran', started, finished)
  if (how) {
    add('told', finished, sent)
    add('settled', sent, settled)
  }
  const ahead = journey.pushed > claimed ? journey.pushed - claimed : 0
  return { parts, push: pushOf(store.levels, journey, ahead > 0), ahead, suspended, how, ended: end !== null }
}

function pushOf(
  levels: readonly Level[],
  { envelope, claimed }: { readonly envelope: string; readonly claimed: number },
  isAhead: boolean,
): PushKnown {
  if (envelope === 'timed') return isAhead ? 'ahead' : 'known'
  if (envelope === 'untimed') return 'untimed'
  return levelBefore(levels, claimed)?.value === 0 ? 'emptyBefore' : 'none'
}

/** The last one at `seconds` or before; of `name` where one is given. */
export function levelBefore(levels: readonly Level[], seconds: number, name?: string): Level | undefined {
  let low = 0
  let high = levels.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (levels[middle]!.seconds <= seconds) low = middle + 1
    else high = middle
  }
  for (let at = low - 1; at >= 0; at--) if (name === undefined || levels[at]!.name === name) return levels[at]
  return undefined
}
