/** The bars in which a task waited, as far as they are worth a word. */
import { states } from '#protocol/vocabulary'
import type { RunStore } from '../runStore'
import { type Bar, type Question, worthSaying } from './insight'

export function barOf(store: RunStore, span: number): Bar {
  const { spans } = store
  return {
    state: states[spans.state.get(span)]!,
    start: spans.start.get(span),
    end: spans.isOpen(span) ? null : spans.end.get(span),
    label: store.labelOf(span),
  }
}

const lengthOf = (bar: Bar, now: number) => (bar.end ?? now) - bar.start

/** The waiting that a question is about: its bar, or of a task as a whole the longest one, where it makes up most of its life. */
export function waitOf({ store, task, bar }: Question): Bar | null {
  const waits = (one: Bar) => one.state === 'waiting' || (one.state === 'suspended' && one.label !== '')
  if (bar) return waits(bar) && lengthOf(bar, store.now) > worthSaying ? bar : null
  let longest: Bar | null = null
  let all = 0
  for (const span of store.tasks.spansOf(task.index)) {
    const one = barOf(store, span)
    if (!waits(one)) continue
    all += lengthOf(one, store.now)
    if (!longest || lengthOf(one, store.now) > lengthOf(longest, store.now)) longest = one
  }
  const life = (task.finished ?? store.now) - (task.started ?? store.now)
  return longest && all > worthSaying && all > life / 2 ? longest : null
}
