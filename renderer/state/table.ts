/** What the person does with the table of tasks. */
import type { Outcome, SortColumn } from '../model/taskOrder'
import { tableFind, tableLane, tableOutcome, tableSorting } from './index'

/** Of these one looks for the largest. */
const largestFirst: readonly SortColumn[] = ['waited', 'ran', 'suspended']

/** Sorts by the column; once more: the other way round; a third time: as the tasks were made. */
export function sortTable(column: SortColumn): void {
  const first = largestFirst.includes(column)
  const { value } = tableSorting
  if (value?.column !== column) tableSorting.value = { column, descending: first }
  else if (value.descending === first) tableSorting.value = { column, descending: !first }
  else tableSorting.value = null
}

/** Characters: a text of any length may be pasted. */
export const longestFind = 200

export function findInTable(text: string): void {
  tableFind.value = text.slice(0, longestFind)
}

export function filterByOutcome(outcome: Outcome | null): void {
  tableOutcome.value = outcome
}

export function filterByLane(lane: string | null): void {
  tableLane.value = lane
}
