/** The table of tasks: everything that the picture says, for a keyboard or a screen reader. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../locales'
import type { TaskRow } from '../model/runStore'
import { type RunView, selection, slowFrames, tableSorting } from '../state'
import { select } from '../state/actions'
import { chosen } from '../state/derived'
import { culprit } from '../state/sentence'
import { FindTask } from './FindTask'
import { Moments } from './Moments'
import { messageNote } from './messageNote'
import { TableHead } from './TableHead'
import { type Column, columnsFor } from './tableColumns'
import { useTaskOrder } from './useTaskOrder'
import { useWindowedRows } from './windowedRows'

export function Tasks({ run }: { readonly run: RunView | undefined }) {
  slowFrames.value
  const words = t().tasks
  // Of a programme that never ends the newest tasks are what one looks at.
  const order = useTaskOrder(run, chosen.value?.endless === true)
  const { count, taskAt, query } = order
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useWindowedRows(scroller, count)
  const visible = run ? Array.from({ length: rows.to - rows.from }, (_, i) => run.store.task(taskAt(rows.from + i))) : []
  // Where nothing is found the heads stay as they were.
  const shownColumns = columnsFor(run && count === 0 ? firstTasks(run) : visible, tableSorting.value)
  const selected = run && selection.value?.run === run.info.id ? selection.value.task : null
  const selectedRow = selected === null ? null : order.rowOf(selected)
  const focus = useRowFocus(scroller, rows)
  const tabStop = selectedRow !== null && selectedRow >= rows.from && selectedRow < rows.to ? selectedRow : rows.firstInSight
  useEffect(() => {
    if (selectedRow !== null) rows.show(selectedRow)
  }, [query?.sorting])
  useEffect(() => rows.show(0), [query?.find, query?.outcome, query?.lane])
  /** Of a step towards what is still looked for. */
  const wanted = useRef<1 | -1 | null>(null)
  useEffect(() => {
    const direction = wanted.current
    if (direction === null || order.isLate) return
    wanted.current = null
    step(direction)
  })

  const step = (direction: 1 | -1) => {
    if (order.isLate) wanted.current = direction
    else if (run && count > 0) {
      const next = ((selectedRow ?? (direction > 0 ? -1 : count)) + direction + count) % count
      select({ run: run.info.id, task: taskAt(next) })
      rows.show(next)
    }
  }

  if (!run || run.store.taskCount === 0) {
    return (
      <>
        <PaneHead />
        <p class="nothing">{t().idle.table}</p>
      </>
    )
  }
  const move = (row: number) => {
    const next = Math.min(Math.max(row, 0), count - 1)
    select({ run: run.info.id, task: taskAt(next) })
    focus(next)
  }
  const note = messageNote(run)
  return (
    <>
      <PaneHead>
        <FindTask run={run} order={order} step={step} />
      </PaneHead>
      <div class="table-scroll" ref={scroller}>
        <table aria-rowcount={count + 1} aria-busy={order.isSlow}>
          <caption class="for-readers">{words.caption}</caption>
          <TableHead columns={shownColumns} />
          <tbody>
            {rows.above > 0 && <Spacer height={rows.above} columns={shownColumns.length + 1} />}
            {visible.map((task, index) => {
              const row = rows.from + index
              return (
                <Row
                  key={task.index}
                  task={task}
                  speed={run.info.speed}
                  row={row}
                  columns={shownColumns}
                  selected={task.index === selected}
                  blamed={selected !== null && task.index === culprit.value}
                  inTabOrder={row === tabStop}
                  onSelect={() => select(task.index === selected ? null : { run: run.info.id, task: task.index })}
                  onMove={move}
                />
              )
            })}
            {rows.below > 0 && <Spacer height={rows.below} columns={shownColumns.length + 1} />}
          </tbody>
        </table>
        {count === 0 && <p class="table-note">{query?.outcome || query?.lane != null ? words.noneFiltered : words.noneFound}</p>}
        {note && <p class="table-note">{note}</p>}
        <Moments store={run.store} />
      </div>
    </>
  )
}

const firstTasks = ({ store }: RunView) => Array.from({ length: Math.min(store.taskCount, 50) }, (_, task) => store.task(task))

const PaneHead = ({ children }: { readonly children?: ComponentChildren }) => (
  <div class="pane-head">
    <h2 id="pane-tasks">{t().tasks.title}</h2>
    {children}
  </div>
)

interface RowProps {
  readonly task: TaskRow
  readonly speed: number
  readonly row: number
  readonly columns: readonly Column[]
  readonly selected: boolean
  /** It is why the selected one is as it is. */
  readonly blamed: boolean
  readonly inTabOrder: boolean
  readonly onSelect: () => void
  readonly onMove: (row: number) => void
}

function Row({ task, speed, row, columns, selected, blamed, inTabOrder, onSelect, onMove }: RowProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key]
    if (event.key === 'Enter') onSelect()
    else if (event.key === 'Escape') select(null)
    else if (by !== undefined && !event.shiftKey) onMove(row + by)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <tr
      class={selected ? 'on' : blamed ? 'blamed' : undefined}
      aria-rowindex={row + 2}
      aria-selected={selected}
      tabIndex={inTabOrder ? 0 : -1}
      data-row={row}
      data-task={task.name}
      onClick={onSelect}
      onKeyDown={onKeyDown}
    >
      <th scope="row" title={task.error || undefined}>
        {task.name}
      </th>
      {columns.map((column) => (
        <td
          key={column.id}
          class={`${column.tone?.(task, speed) ?? ''}${column.id === 'end' ? ' left' : ''}`}
          title={column.id === 'end' ? task.error || undefined : undefined}
        >
          {column.text(task) ?? t().tasks.noValue}
        </td>
      ))}
    </tr>
  )
}

const Spacer = ({ height, columns }: { readonly height: number; readonly columns: number }) => (
  <tr class="spacer">
    <td colSpan={columns} style={{ height: `${height}px` }} />
  </tr>
)

/** Moves the keyboard's focus to a row, which may have to be scrolled into being first. */
function useRowFocus(scroller: { readonly current: HTMLDivElement | null }, rows: { readonly show: (row: number) => void }) {
  const [wanted, want] = useState<number | null>(null)
  useEffect(() => {
    if (wanted === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`tr[data-row="${wanted}"]`)
    if (!row) return
    row.focus()
    want(null)
  })
  return (row: number) => {
    rows.show(row)
    want(row)
  }
}
