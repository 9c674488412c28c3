/** What a watcher, which only reads, knows of somebody else's queue. Null everywhere: not known, for there is none or it may not be read. */
import type { LocalText } from './catalogue'

export interface WatchReport {
  /** How long the oldest waiting item has waited, real seconds, where its envelope says when it was pushed. */
  readonly oldestSeconds: number | null
  /** Change of the length, items a second over the last ten. */
  readonly growthPerSecond: number | null
  /** By the feed, a second over the last ten. */
  readonly startedPerSecond: number | null
  readonly endedPerSecond: number | null
  readonly consumers: number | null
  /** Items that consumers hold, booked or taken back: in flight, to be run again, and under suspicion of killing their worker. */
  readonly inFlight: number | null
  readonly retry: number | null
  readonly suspects: number | null
  readonly deadLetters: number | null
  readonly fleet: readonly WatchedWorker[]
  /** Workers that are not in `fleet`, which would be too long. */
  readonly moreWorkers: number
  /** Frames that the feed lost, and records of it that cannot be true; both are missing on the chart. */
  readonly lostFrames: number
  readonly refusedRecords: number
  /** Greatest error of the times of workers on this chart, real seconds; null while no worker was heard. */
  readonly clockErrorSeconds: number | null
  /** What should be known of the figures: one sentence each. */
  readonly notes: readonly LocalText[]
  readonly receipt: readonly SentCommand[]
}

/** A process that takes items from the queue. */
export interface WatchedWorker {
  /** Unique among the workers of one report. */
  readonly id: string
  /** As its lane is called. */
  readonly name: string
  readonly host: string | null
  readonly pid: number | null
  readonly concurrency: number | null
  /** By the feed since the watcher attached. */
  readonly running: number
  readonly finished: number
  readonly failed: number
  readonly lostFrames: number
  /** Real seconds by which its clock is ahead of the server's, as it measured itself. */
  readonly aheadSeconds: number | null
  /** Of that, and of this watcher's own comparison with the server, together. */
  readonly errorSeconds: number | null
  /** Real seconds since its last frame or beat. */
  readonly heardSecondsAgo: number | null
}

/** All commands of one name on one key. */
export interface SentCommand {
  /** `LLEN queue`: no other argument. */
  readonly command: string
  readonly count: number
  /** Commands that the server refused. */
  readonly refused: number
  /** From sending to the answer, real seconds: all of them together, and the longest. */
  readonly totalSeconds: number
  readonly longestSeconds: number
}

/** More are counted and not listed. */
export const mostWorkers = 100
