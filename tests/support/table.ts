/** The table of tasks, as a function that runs in the page: of each task its name, its start and its end. */
export const readTable = () => {
  const table = document.querySelector('table')
  if (!table) return []
  const cells = (row: HTMLTableRowElement) => [...row.cells].map((cell) => cell.textContent!.trim())
  const columns = ['task', 'started', 'end'].map((head) => cells(table.tHead!.rows[0]!).indexOf(head))
  return [...table.tBodies[0]!.rows].map((row) => columns.map((column) => cells(row)[column]!))
}
