/** Keys that work anywhere in the window. Keys of the chart and the table belong to them. */
import { runOrStop, togglePanels } from '../state/actions'
import { findFieldId } from './FindTask'

/** Where a key is a letter, and where it means what is written on the control. */
const fields = 'input, textarea, select, [contenteditable]'
const keepsItsKeys = `${fields}, button:enabled, a[href], [role="tab"]`

export function onWindowKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  const isIn = (selector: string) => event.target instanceof Element && event.target.closest(selector) !== null
  // No button means anything by a slash.
  if (isIn(event.key === '/' ? fields : keepsItsKeys)) return
  // Under an open dialog nothing may start or stop.
  if (document.querySelector('dialog[open]')) return
  const findField = document.getElementById(findFieldId)
  if (event.key === ' ') runOrStop()
  else if (event.key === '\\') togglePanels()
  else if (event.key === '/' && findField) findField.focus()
  else return
  event.preventDefault()
}
