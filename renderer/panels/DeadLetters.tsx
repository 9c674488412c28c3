/** The dialog of the dead letters of one queue: what was buried, why, and what may be done with it. */
import { useEffect } from 'preact/hooks'
import { t } from '../locales'
import { type DeadPanel, deadPanel, type RunView, runs } from '../state'
import { closeDeadLetters, confirmClear, findDeadLetters, refreshDeadLetters } from '../state/deadLetters'
import { Announcer } from './Announcer'
import { DeadLetterActions } from './DeadLetterActions'
import { DeadLetterTable } from './DeadLetterTable'
import { Rich } from './Rich'
import { Sheet } from './Sheet'

export function DeadLetters() {
  const panel = deadPanel.value
  const run = panel && runs.value.get(panel.run)
  return panel && run ? <Dialog panel={panel} run={run} /> : null
}

function Dialog({ panel, run }: { readonly panel: DeadPanel; readonly run: RunView }) {
  const words = t().dead
  const status = run.source?.status
  // Somebody else has put some back, or one more was buried.
  useEffect(() => {
    if (status?.deadLetters !== panel.total) refreshDeadLetters()
  }, [status?.deadLetters])
  const onCancel = (event: Event) => {
    if (!panel.confirming) return
    event.preventDefault()
    confirmClear(false)
  }
  return (
    <Sheet name="dead" title={words.title} close={words.close} onClose={closeDeadLetters} onCancel={onCancel}>
      <p class="lead">
        <Rich text={words.lead(status?.queue ?? '')} />
      </p>
      <Search panel={panel} />
      <DeadLetterTable panel={panel} />
      <DeadLetterActions panel={panel} run={run} />
    </Sheet>
  )
}

function Search({ panel }: { readonly panel: DeadPanel }) {
  const words = t().dead
  const count = countOf(panel)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing || panel.find === '') return
    // It empties the field; the next one closes the dialog.
    event.preventDefault()
    findDeadLetters('')
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest Electron does not know <search>
    <div class="dead-search" role="search">
      <input
        type="search"
        value={panel.find}
        placeholder={words.find}
        aria-label={words.findLabel}
        title={words.findTitle}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => findDeadLetters(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span class="count">{count}</span>
      <Announcer kind={`${panel.find} ${panel.busy?.kind} ${panel.chosen.size}`} text={count} />
    </div>
  )
}

/** How many there are, were found, are chosen; or how far it has been looked. */
function countOf({ find, letters, next, total, chosen, busy }: DeadPanel): string {
  const words = t().dead
  if (busy?.kind === 'list' && find !== '') return words.searched(busy.done, total)
  if (next === null) return words.loading
  const found = find === '' ? words.count(total) : words.found(letters.length, next !== 0)
  return chosen.size > 0 ? `${found} ${words.chosen(chosen.size)}` : found
}
