/** In a page of its own: the product's table of tasks on a made-up run, and how the page fares while it is sorted or searched. */
import { render } from 'preact'
import { RunStore } from '../../../renderer/model/runStore'
import type { SortColumn } from '../../../renderer/model/taskOrder'
import { Tasks } from '../../../renderer/panels/Tasks'
import { tableSorting } from '../../../renderer/state'
import { findInTable, sortTable } from '../../../renderer/state/table'
import { calibrate } from '../calibrate'
import { runInfo } from '../page'
import { type Synthetic, syntheticFrames } from '../syntheticRun'

export interface TablePage {
  /** Makes the run and shows its table. Gives how many tasks it has. */
  load(run: Synthetic): Promise<number>
  /** Sorts by a column, of which the largest stands first. */
  sort(column: 'waited' | 'ran' | 'suspended'): Promise<Waited>
  find(text: string): Promise<Waited>
  /** ms of a fixed piece of arithmetic: how fast this machine is now. */
  calibrate(): number
}

export interface Waited {
  /** From the request to the frame that shows its answer, ms. */
  readonly took: number
  /** The longest time between two frames meanwhile, ms. */
  readonly longestFrame: number
}

declare global {
  interface Window {
    tablePage: TablePage
  }
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())))
const table = document.body.appendChild(document.createElement('section'))
table.className = 'pane tasks'
table.style.cssText = 'position:absolute;left:0;top:0;width:700px;height:400px'
let store = new RunStore(1, 1)

/** Of the first row: who stands in it. */
const firstRow = () => table.querySelector<HTMLElement>('tr[data-row="0"]')?.textContent ?? ''

async function until(holds: () => boolean): Promise<Waited> {
  const begin = performance.now()
  let last = begin
  let longestFrame = 0
  for (;;) {
    const now = await nextFrame()
    longestFrame = Math.max(longestFrame, now - last)
    last = now
    if (holds()) {
      // What was drawn for it is only seen at the next.
      const shown = await nextFrame()
      return { took: shown - begin, longestFrame: Math.max(longestFrame, shown - last) }
    }
    if (now - begin > 60_000) throw new Error(`the table shows “${firstRow()}” and not what was asked for`)
  }
}

const largest = (column: SortColumn & ('waited' | 'ran' | 'suspended')) => {
  let [most, at] = [Number.NEGATIVE_INFINITY, 0]
  for (let task = 0; task < store.taskCount; task++) {
    const value = store.tasks.number(column, task, store.now)
    if (value > most) [most, at] = [value, task]
  }
  const row = store.task(at)
  return { name: row.name, figure: (row[column] ?? 0).toFixed(3) }
}

window.tablePage = {
  async load(run) {
    store = new RunStore(1, 1)
    for (const frame of syntheticFrames(run)) store.append(frame)
    tableSorting.value = null
    findInTable('')
    render(<Tasks run={{ info: runInfo(1, 'synthetic', { phase: 'finished' }), store, source: null }} />, table)
    await nextFrame()
    return store.taskCount
  },
  async sort(column) {
    const { name, figure } = largest(column)
    await nextFrame()
    sortTable(column)
    const waited = await until(() => firstRow().startsWith(name) && firstRow().includes(figure))
    tableSorting.value = null
    await nextFrame()
    return waited
  },
  async find(text) {
    const before = table.querySelector('table')!.getAttribute('aria-rowcount')
    findInTable(text)
    const waited = await until(() => table.querySelector('table')!.getAttribute('aria-rowcount') !== before)
    findInTable('')
    await nextFrame()
    return waited
  },
  calibrate,
}
