/** The words for what is seen, the same in code, JSON, legend, palette and texts. A word's index is its code in frames and marks. */

/** What a task does. */
export const states = ['created', 'ready', 'running', 'sleeping', 'waiting', 'suspended'] as const
/**
 * created: exists, nobody has scheduled it. ready: may run and does not. running: its code executes. sleeping: its thread is held by a
 * blocking call. waiting: its thread waits for another (join, thread queue, lock). suspended: a coroutine awaits; the loop is free.
 */
export type State = (typeof states)[number]

/** How a task ended. `pending`: it had not ended when its programme did. */
export const ends = ['finished', 'failed', 'cancelled', 'killed', 'pending'] as const
export type End = (typeof ends)[number]

/**
 * A lane is a thread, or a process. `loop`, `server`: its tasks share the lane in sub-rows; so do those of a `worker`, a process elsewhere that is no
 * part of the programme and told of them by itself.
 */
export const laneKinds = ['main', 'thread', 'daemon', 'loop', 'consumer', 'server', 'process', 'worker'] as const
export type LaneKind = (typeof laneKinds)[number]

/**
 * mainEnd: main returned. message: an item of a thread queue reached this lane. join: a join returned. push: tasks were pushed from this window.
 * stop: the user stopped the run. retry: an attempt to reach the queue's server failed. loopStart, loopStop: the lane's loop began and ended to
 * run. callback: a done callback ran. note: what the programme says of itself at this moment, for example which of the awaited are done.
 */
export const markerKinds = [
  'mainEnd',
  'message',
  'join',
  'push',
  'stop',
  'retry',
  'loopStart',
  'loopStop',
  'callback',
  'note',
] as const
export type MarkerKind = (typeof markerKinds)[number]

/** What an item of a queue came in. none: the bare payload. timed: an envelope that says when it was pushed. untimed: one whose time is no time. */
export const envelopeKinds = ['none', 'timed', 'untimed'] as const
export type EnvelopeKind = (typeof envelopeKinds)[number]

/** What became of an item on its server. acknowledged: it is no longer kept for its consumer. buried: it went to the dead letters. */
export const settlements = ['acknowledged', 'buried'] as const
export type Settlement = (typeof settlements)[number]

export const stateCode = codes(states)
export const endCode = codes(ends)
export const laneCode = codes(laneKinds)
export const markerCode = codes(markerKinds)
export const envelopeCode = codes(envelopeKinds)
export const settlementCode = codes(settlements)

/** Whether the task's thread is taken in that state: drawn full height; else its thread is free: half height. */
export const holdsThread = (state: State) => state === 'running' || state === 'sleeping' || state === 'waiting'

function codes<T extends string>(words: readonly T[]): Readonly<Record<T, number>> {
  return Object.fromEntries(words.map((word, code) => [word, code])) as Record<T, number>
}
