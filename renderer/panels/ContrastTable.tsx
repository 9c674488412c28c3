/** One table of all runs of a contrast: a task of the same name stands in one row, so that its times can be compared across. */
import { t } from '../locales'
import { tasksOf } from '../model/insights/holder'
import { type RunView, selection, slowFrames } from '../state'
import { select } from '../state/actions'
import { menuOf } from '../state/derived'
import { type Column, type ColumnId, columns } from './tableColumns'

/** With more than two runs there is room for when it began and when it ended. */
const columnsOf = (runs: number): readonly ColumnId[] =>
  runs > 2 ? ['started', 'finished'] : ['started', 'finished', 'waited', 'end']

export function ContrastTable({ runs }: { readonly runs: readonly RunView[] }) {
  slowFrames.value
  const words = t().tasks
  if (runs.length === 0) return <p class="nothing">{t().idle.table}</p>
  const shown = columns.filter((column) => columnsOf(runs.length).includes(column.id))
  const byRun = runs.map((run) => new Map(tasksOf(run.store).map((task) => [task.name, task])))
  const names = [...new Set(byRun.flatMap((tasks) => [...tasks.keys()]))]
  const isSelected = (name: string) =>
    runs.some((run, index) => run.info.id === selection.value?.run && byRun[index]?.get(name)?.index === selection.value.task)
  /** The task of that name in the run of the cell; where that run has none, in the first that has. */
  const pick = (name: string, index: number) => {
    const found = [index, ...runs.keys()].find((one) => byRun[one]?.has(name))
    const task = found === undefined ? undefined : byRun[found]?.get(name)
    if (task && found !== undefined) select({ run: runs[found]!.info.id, task: task.index })
  }
  return (
    <div class="table-scroll">
      <table class="combined">
        <caption class="for-readers">{t().contrast.combined}</caption>
        <thead>
          <tr>
            <td />
            {runs.map((run) => (
              <th key={run.info.id} scope="colgroup" colSpan={shown.length} class="of-run first">
                {menuOf(run.info.scenario)}
              </th>
            ))}
          </tr>
          <tr>
            <th scope="col">{words.columns.task}</th>
            {runs.map((run) =>
              shown.map((column, at) => (
                <th key={`${run.info.id} ${column.id}`} scope="col" class={classOf(column, at)}>
                  {words.columns[column.id]}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr
              key={name}
              class={isSelected(name) ? 'on' : undefined}
              data-task={name}
              tabIndex={0}
              aria-selected={isSelected(name)}
              onClick={(event) => pick(name, runUnder(event.target))}
              onKeyDown={(event) => event.key === 'Enter' && pick(name, 0)}
            >
              <th scope="row">{name}</th>
              {runs.map((run, index) => {
                const task = byRun[index]?.get(name)
                return shown.map((column, at) => (
                  <td
                    key={`${run.info.id} ${column.id}`}
                    class={classOf(column, at, task && column.tone?.(task, run.info.speed))}
                    data-run={index}
                  >
                    {(task && column.text(task)) ?? words.noValue}
                  </td>
                ))
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const classOf = (column: Column, at: number, tone = '') =>
  `${tone}${at === 0 ? ' first' : ''}${column.id === 'end' ? ' left' : ''}`.trim()

const runUnder = (target: EventTarget | null) =>
  Number(target instanceof Element ? (target.closest<HTMLElement>('[data-run]')?.dataset['run'] ?? 0) : 0)
