/** A question about a bar, and what a rule may answer. Rules are pure: they read the store and measure nothing themselves. */
import type { State } from '#protocol/vocabulary'
import type { RunStore, TaskRow } from '../runStore'

export interface Bar {
  readonly state: State
  /** Programme seconds. */
  readonly start: number
  /** Null while it lasts. */
  readonly end: number | null
  /** What it waits for, '' if the wire does not say. */
  readonly label: string
}

export interface Question {
  readonly store: RunStore
  readonly speed: number
  readonly task: TaskRow
  /** The bar that is meant; null: the task as a whole. */
  readonly bar: Bar | null
}

/** Times are programme seconds, `other` is the name of the culprit or of what was waited for. */
interface Values {
  /** Ready, and could not run because another held the loop for `seconds` of it, and `others` more for the rest; `started` is null while it still cannot. */
  readonly loopBlocked: { other: string; ready: number; started: number | null; seconds: number; others: number }
  /** A thread waited for another one to end. */
  readonly waitedForJoin: { other: string; start: number; end: number | null }
  /** Its thread ran a loop and waited until that had stopped; `stopped`: `other` stopped it, else it was the last to end there. */
  readonly waitedForLoop: { other: string; stopped: boolean; start: number; end: number | null }
  /** Not started before its maker had waited for another thread. */
  readonly startedAfterJoin: { other: string; maker: string; started: number; until: number }
  /** Waited for an item of a queue; `other` put it, '' where nobody is known. */
  readonly waitedForItem: { other: string; queue: string; start: number; end: number | null }
  /** Never ended: its loop had stopped at `stopped`, null where its programme had ended. */
  readonly leftPending: { other: string; state: State; stopped: number | null }
  readonly killedWithMain: { at: number; mainEnd: number }
  /** Its request was there and the server was busy with another. */
  readonly serverBusy: { other: string; start: number; seconds: number }
  /** Held its loop and never suspended, while others were ready. */
  readonly neverSuspended: { start: number; seconds: number; ready: number }
  /** Existed and nobody had scheduled it, up to `ready`; null: nobody has. */
  readonly neverScheduled: { created: number; ready: number | null }
  /** Nothing to explain. `first`: none had begun on its lane earlier. */
  readonly onTime: { started: number; finished: number | null; first: boolean }
  /** Began late, and nobody in the programme is to blame. */
  readonly unexplained: { ready: number; started: number }
}

export type InsightKind = keyof Values
export type Insight = {
  readonly [K in InsightKind]: {
    readonly kind: K
    readonly values: Values[K] /** Index of the task to blame. */
    readonly culprit: number | null
  }
}[InsightKind]

/** Null: the rule does not apply. */
export type Rule = (question: Question) => Insight | null

/** Programme seconds, the same bound as *loop blocked*: shorter waits are the ordinary business of a loop. */
export const worthSaying = 0.05

/** Index of the newest task of that name which had begun by `seconds`; null if there is none. */
export function taskNamed({ tasks, taskCount, strings }: RunStore, name: string, seconds: number): number | null {
  for (let task = taskCount - 1; task >= 0; task--) {
    if (strings[tasks.name.get(task)] === name && !(tasks.startOf(task) > seconds)) return task
  }
  return null
}

export const nameOrNothing = (store: RunStore, task: number | null) => (task === null ? '' : store.nameOf(task))
