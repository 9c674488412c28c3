/** Above the table of tasks: what is looked for, how many have it, from one to the next, and which are shown at all. */
import { t } from '../locales'
import type { TaskQuery } from '../model/taskOrder'
import { type RunView, tableFind, tableLane, tableOutcome, tableSorting } from '../state'
import { findInTable, longestFind } from '../state/table'
import { Announcer } from './Announcer'
import { TaskFilters } from './TaskFilters'
import type { TaskOrder } from './useTaskOrder'

/** By which the key that leads here finds it. */
export const findFieldId = 'find-task'

interface Props {
  readonly run: RunView
  readonly order: TaskOrder
  /** To the next that was found, or the one before. */
  readonly step: (direction: 1 | -1) => void
}

export function FindTask({ run, order, step }: Props) {
  const words = t().tasks
  const text = tableFind.value
  const count = countOf(run, order)
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }) => {
    // These keys belong to the input method while it composes.
    if (event.isComposing) return
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && text !== '') findInTable('')
    else if (event.key === 'Escape') event.currentTarget.blur()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest Electron does not know <search>
    <div class="find" role="search">
      <span class="count">{count || null}</span>
      <Announcer kind={`${text} ${tableOutcome.value} ${tableLane.value} ${order.isSlow}`} text={count} />
      <TaskFilters run={run} />
      <input
        id={findFieldId}
        type="search"
        value={text}
        placeholder={words.find}
        aria-label={words.findLabel}
        title={words.findTitle}
        spellcheck={false}
        autocomplete="off"
        maxLength={longestFind}
        onInput={(event) => findInTable(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

/** How many of the tasks are shown, '' for all; or that it takes a while to say. */
function countOf({ store }: RunView, { count, query, isSlow }: TaskOrder): string {
  const words = t().tasks
  if (isSlow) return tableSorting.value && tableSorting.value !== query?.sorting ? words.sorting : words.searching
  return query && isPart(query) ? words.found(count, store.taskCount) : ''
}

/** The query leaves tasks out. */
const isPart = ({ find, outcome, lane }: TaskQuery) => find.trim() !== '' || outcome !== null || lane !== null
