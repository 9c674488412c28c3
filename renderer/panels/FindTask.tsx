/** Above the table of tasks: what is looked for, how many have it, and from one to the next. */
import { t } from '../locales'
import { tableFind } from '../state'
import { findInTable, longestFind } from '../state/table'
import { Announcer } from './Announcer'

/** By which the key that leads here finds it. */
export const findFieldId = 'find-task'

interface Props {
  readonly found: number
  readonly of: number
  /** To the next that was found, or the one before. */
  readonly step: (direction: 1 | -1) => void
}

export function FindTask({ found, of, step }: Props) {
  const words = t().tasks
  const text = tableFind.value
  const count = text.trim() === '' ? '' : words.found(found, of)
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
      <span>{count || null}</span>
      <Announcer kind={text} text={count} />
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
