/** Figures of what is selected, made beside the frames; of a live run at most once a second. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { RunStore } from '../model/runStore'
import { type Picked, type Statistics, statisticsOf } from '../model/statistics'
import { measuredRange, selection } from '../state'
import { offsetAt } from '../state/alignment'
import { isLive, shown } from '../state/derived'
import { afterFrames, inSlices } from './inSlices'

/** Of which tasks. */
export type Scope =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'function'; readonly run: number; readonly name: string }
  | { readonly kind: 'all' }

export interface Found {
  readonly scope: Scope
  readonly statistics: Statistics
}

/** ms */
const every = 1000

/** Null: nothing has been counted yet. */
export function useStatistics(): Found | null {
  const [found, setFound] = useState<Found | null>(null)
  const [, again] = useState(0)
  const last = useRef({ key: '', versions: '', at: Number.NEGATIVE_INFINITY })
  const giveUp = useRef<() => void>(() => undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const scope = scopeOf()
  const key = JSON.stringify([scope, shown.value.map(({ info }, index) => [info.id, offsetAt(index)])])
  const versions = shown.value.map(({ store }) => store.version).join()
  useEffect(() => {
    const { current } = last
    if (current.key === key && current.versions === versions) return
    const wait = current.key === key && shown.value.some(isLive) ? current.at + every - performance.now() : 0
    if (wait > 0) {
      timer.current ??= setTimeout(() => {
        timer.current = null
        again((count) => count + 1)
      }, wait)
      return
    }
    giveUp.current()
    last.current = { key, versions, at: performance.now() }
    giveUp.current = inSlices(statisticsOf(pickedBy(scope)), (statistics) => setFound({ scope, statistics }), afterFrames)
  })
  useEffect(
    () => () => {
      giveUp.current()
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return shown.value.length > 0 ? found : null
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
