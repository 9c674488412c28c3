/** Heads of the columns, each a button that sorts by it. */
import { t } from '../locales'
import type { SortColumn } from '../model/taskOrder'
import { tableSorting } from '../state'
import { sortTable } from '../state/table'
import type { Column } from './tableColumns'

export function TableHead({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        <Head column="task" />
        {columns.map(({ id }) => (
          <Head key={id} column={id} />
        ))}
      </tr>
    </thead>
  )
}

function Head({ column }: { readonly column: SortColumn }) {
  const words = t().tasks
  const sorting = tableSorting.value
  const sorted = sorting?.column === column ? (sorting.descending ? 'descending' : 'ascending') : undefined
  return (
    <th scope="col" class={column === 'end' ? 'left' : undefined} aria-sort={sorted}>
      <button type="button" class="sort" title={words.sortBy(words.columns[column])} onClick={() => sortTable(column)}>
        {words.columns[column]}
      </button>
    </th>
  )
}
