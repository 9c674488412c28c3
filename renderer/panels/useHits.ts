/** What the table's field and filters find, for the chart, in all runs that are shown. */
import { type HitsOfRun, type RunHits, searchHits } from '../model/searchHits'
import { tableFind, tableLane, tableOutcome } from '../state'
import { offsetAt } from '../state/alignment'
import { shown } from '../state/derived'
import { useSliced } from './useSliced'
import { findWords, laneIn } from './useTaskOrder'

/** Null: nothing is looked for, or it has not been found yet. */
export function useHits(): readonly HitsOfRun[] | null {
  const [find, outcome] = [tableFind.value.trim(), tableOutcome.value]
  const words = findWords()
  const lanes = shown.value.map(laneIn)
  const isAsked = find !== '' || outcome !== null || lanes.some((lane) => lane !== null)
  const key = isAsked
    ? JSON.stringify([find, outcome, tableLane.value, words.stateWord('running'), words.endWord('failed')])
    : null
  const found = useSliced(key, function* () {
    const all: { readonly run: number; readonly hits: RunHits }[] = []
    for (const [index, { info, store }] of shown.value.entries()) {
      all.push({ run: info.id, hits: yield* searchHits(store, { find, outcome, lane: lanes[index] ?? null, ...words }) })
    }
    return all
  })
  return (
    found &&
    shown.value.flatMap(({ info }, index) => {
      const own = found.find(({ run }) => run === info.id)
      return own ? [{ ...own, offset: offsetAt(index) }] : []
    })
  )
}
