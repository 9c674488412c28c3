/** "Why was this late?": the rules, in the order in which they are asked. A new one is a file, a line here, and its words in each language. */
import type { RunStore } from '../runStore'
import type { Insight, Question, Rule } from './insight'
import { killedWithMain } from './killedWithMain'
import { leftPending } from './leftPending'
import { loopBlocked } from './loopBlocked'
import { neverScheduled } from './neverScheduled'
import { neverSuspended } from './neverSuspended'
import { onTime } from './onTime'
import { serverBusy } from './serverBusy'
import { startedAfterJoin } from './startedAfterJoin'
import { waitedForItem } from './waitedForItem'
import { waitedForJoin } from './waitedForJoin'
import { waitedForLoop } from './waitedForLoop'
import { barOf } from './waits'

/** A bar of which there is nothing else to say is asked why its task began late. */
const whyLate: Rule = (question) => {
  const whole = { ...question, bar: null }
  return loopBlocked(whole) ?? serverBusy(whole)
}

const rules: readonly Rule[] = [
  loopBlocked,
  serverBusy,
  neverScheduled,
  waitedForItem,
  waitedForJoin,
  waitedForLoop,
  leftPending,
  killedWithMain,
  neverSuspended,
  startedAfterJoin,
  whyLate,
  onTime,
]

/** What there is to say of a task, or of the one of its bars that is meant. */
export function insightOf(store: RunStore, speed: number, task: number, span: number | null): Insight | null {
  const bar = span === null || span >= store.spans.length ? null : barOf(store, span)
  const question: Question = { store, speed, task: store.task(task), bar }
  for (const rule of rules) {
    const insight = rule(question)
    if (insight) return insight
  }
  return null
}
