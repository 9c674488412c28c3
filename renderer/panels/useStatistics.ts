/** Figures of what is selected, made beside the frames; of a live run at most once a second. */
import type { RunStore } from '../model/runStore'
import { type Picked, type Statistics, statisticsOf } from '../model/statistics'
import { measuredRange, selection } from '../state'
import { offsetAt } from '../state/alignment'
import { shown } from '../state/derived'
import { useSliced } from './useSliced'

/** Of which tasks. */
export type Scope =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'function'; readonly run: number; readonly name: string }
  | { readonly kind: 'all' }

export interface Found {
  readonly scope: Scope
  readonly statistics: Statistics
}

/** Null: nothing has been counted yet. */
export function useStatistics(): Found | null {
  const scope = scopeOf()
  const places = shown.value.map(({ info }, index) => [info.id, offsetAt(index)])
  return useSliced(shown.value.length === 0 ? null : JSON.stringify([scope, places]), function* () {
    return { scope, statistics: yield* statisticsOf(pickedBy(scope)) }
  })
}

/** What is measured, else the function of the selected task, else everything. */
function scopeOf(): Scope {
  const range = measuredRange.value
  if (range) return { kind: 'range', ...range }
  const chosen = selection.value
  const run = shown.value.find(({ info }) => info.id === chosen?.run)
  if (!chosen || !run || chosen.task >= run.store.taskCount) return { kind: 'all' }
  return { kind: 'function', run: run.info.id, name: functionOf(run.store, chosen.task) }
}

/** What a task runs; where nobody said, its name. */
const functionOf = (store: RunStore, task: number) => store.targetOf(task) || store.nameOf(task)

function pickedBy(scope: Scope): readonly Picked[] {
  return shown.value.flatMap(({ info, store }, index) =>
    scope.kind !== 'function' || info.id === scope.run
      ? [{ store, now: store.now, has: has(scope, store, offsetAt(index)) }]
      : [],
  )
}

function has(scope: Scope, store: RunStore, offset: number): (task: number) => boolean {
  const { tasks, strings } = store
  switch (scope.kind) {
    case 'all':
      return () => true
    case 'function': {
      // Strings are compared by their numbers.
      const name = strings.indexOf(scope.name)
      return (task) => (tasks.target.get(task) || tasks.name.get(task)) === name
    }
    case 'range': {
      const [from, to] = [scope.from - offset, scope.to - offset]
      return (task) => {
        const start = tasks.startOf(task)
        const end = Math.min(tasks.endOf(task), Math.max(store.now, start))
        return start === end ? start >= from && start <= to : start < to && end > from
      }
    }
  }
}
