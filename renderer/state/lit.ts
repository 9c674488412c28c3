/** Which lines of the programme's texts are lit: those of the selected bar; of a task as a whole, those of what it does now or did longest. */
import { type State, states } from '#protocol/vocabulary'
import { linesOf } from '../model/labels'
import type { RunStore } from '../model/runStore'
import { type RunView, selection } from './index'

export interface Lit {
  readonly target: string
  readonly state: State
}

/** What is lit of this run; null: nothing of it is selected. */
export function litOf(run: RunView | undefined): Lit | null {
  const selected = selection.value
  if (!run || !selected || selected.run !== run.info.id || selected.task >= run.store.taskCount) return null
  const span = selected.span ?? mainSpan(run.store, selected.task)
  if (span === null || span >= run.store.spans.length) return null
  return { target: run.store.targetOf(selected.task), state: states[run.store.spans.state.get(span)]! }
}

export const litLines = (text: string, lit: Lit | null): readonly number[] => (lit ? linesOf(text, lit.target, lit.state) : [])

/** The open span of a task, else its longest one. */
function mainSpan({ tasks, spans, now }: RunStore, task: number): number | null {
  let longest: number | null = null
  for (const span of tasks.spansOf(task)) {
    if (spans.isOpen(span)) return span
    if (longest === null || spans.lengthOf(span, now) > spans.lengthOf(longest, now)) longest = span
  }
  return longest
}
