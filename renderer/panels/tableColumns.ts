/** The columns of the table of tasks: how each is written, and when it is worth its place. */
import { t } from '../locales'
import { tableSeconds } from '../model/format'
import { delayed } from '../model/insights/holder'
import type { TaskRow } from '../model/runStore'
import type { Sorting } from '../model/taskOrder'

export type ColumnId = 'ready' | 'started' | 'finished' | 'waited' | 'ran' | 'suspended' | 'end'

export interface Column {
  readonly id: ColumnId
  /** Null: nothing to say in this row. */
  readonly text: (task: TaskRow) => string | null
  readonly tone?: (task: TaskRow, speed: number) => 'hot' | 'bad' | ''
}

const seconds = (id: 'ready' | 'started' | 'finished' | 'waited') => (task: TaskRow) =>
  task[id] === null ? null : tableSeconds(task[id])

/** A task that never began has run for no time at all, which "—" says better than 0.000. */
const whileAlive = (task: TaskRow, value: number) => (task.started === null ? null : tableSeconds(value))

export const columns: readonly Column[] = [
  { id: 'ready', text: seconds('ready') },
  { id: 'started', text: seconds('started') },
  { id: 'finished', text: seconds('finished') },
  { id: 'waited', text: seconds('waited'), tone: (task, speed) => (delayed(task, speed) ? 'hot' : '') },
  { id: 'ran', text: (task) => whileAlive(task, task.ran) },
  { id: 'suspended', text: (task) => (task.suspended > 0 ? whileAlive(task, task.suspended) : null) },
  {
    id: 'end',
    text: (task) => (task.end === null ? null : t().timeline.ends[task.end]),
    tone: (task) => (task.end === 'failed' || task.end === 'killed' || task.end === 'cancelled' ? 'bad' : ''),
  },
]

/** A column that is empty in every row is left out, unless the table is sorted by it. */
export const columnsFor = (rows: readonly TaskRow[], sorting: Sorting | null) =>
  columns.filter((column) => column.id === sorting?.column || rows.some((row) => column.text(row) !== null))
