import { type Rule, worthSaying } from './insight'

/** A coroutine or thread that existed while nobody had scheduled it. */
export const neverScheduled: Rule = ({ store, task, bar }) => {
  if (task.created === null || (bar !== null && bar.state !== 'created')) return null
  if ((task.ready ?? task.started ?? store.now) - task.created <= worthSaying) return null
  return { kind: 'neverScheduled', values: { created: task.created, ready: task.ready ?? task.started }, culprit: null }
}
