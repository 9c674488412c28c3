/** Above the table of tasks: only those that ended in one way, only those of one lane. */
import type { ComponentChildren } from 'preact'
import { t } from '../locales'
import type { Outcome } from '../model/taskOrder'
import { type RunView, tableOutcome } from '../state'
import { filterByLane, filterByOutcome } from '../state/table'
import { ChevronIcon } from './icons'
import { laneIn } from './useTaskOrder'

/** What one looks for first. */
const outcomes: readonly Outcome[] = ['failed', 'killed', 'cancelled', 'pending', 'goesOn', 'finished']
/** More lanes than that nobody finds in a list. */
const mostLanes = 1000

export function TaskFilters({ run }: { readonly run: RunView }) {
  const words = t().tasks
  const names = laneNames(run)
  const tooMany = names.length > mostLanes
  return (
    <>
      <Choice
        label={words.outcome}
        value={tableOutcome.value ?? ''}
        choose={(value) => filterByOutcome(outcomes.find((one) => one === value) ?? null)}
      >
        <option value="">{words.allOutcomes}</option>
        {outcomes.map((one) => (
          <option key={one} value={one}>
            {words.outcomes[one]}
          </option>
        ))}
      </Choice>
      {names.length > 1 && (
        <Choice
          label={words.lane}
          title={tooMany ? words.tooManyLanes(names.length) : undefined}
          value={laneIn(run) ?? ''}
          choose={(value) => filterByLane(value === '' ? null : value)}
        >
          <option value="">{words.allLanes}</option>
          {!tooMany &&
            names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </Choice>
      )}
    </>
  )
}

interface ChoiceProps {
  readonly label: string
  /** Why there is nothing to choose; else the label. */
  readonly title?: string | undefined
  readonly value: string
  readonly choose: (value: string) => void
  readonly children: ComponentChildren
}

const Choice = ({ label, title, value, choose, children }: ChoiceProps) => (
  <span class="chosen filter">
    <select
      class={value === '' ? undefined : 'on'}
      aria-label={label}
      title={title ?? label}
      disabled={title !== undefined}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {children}
    </select>
    <ChevronIcon />
  </span>
)

/** Of the lanes that have tasks, in their order. */
function laneNames({ store }: RunView): readonly string[] {
  const withTasks = store.lanes.filter((_, lane) => store.subRows[lane]!.rows.length > 0)
  return [...new Set(withTasks.map(({ name }) => name))].filter((name) => name !== '')
}
