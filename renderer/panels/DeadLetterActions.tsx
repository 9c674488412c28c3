/** Below the dead letters: retry, export and delete, of the chosen ones or of all that were found; what became of it; what went wrong. */
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../locales'
import type { DeadPanel, RunView } from '../state'
import { confirmClear, settleDeadLetters } from '../state/deadLetters'
import { saveDeadLetters } from './saveDeadLetters'

interface Props {
  readonly panel: DeadPanel
  readonly run: RunView
}

const away = ['connecting', 'unreachable', 'stopped', 'memory']

export function DeadLetterActions({ panel, run }: Props) {
  const words = t().dead
  const { busy, confirming, letters } = panel
  const isAway = away.includes(run.source?.status.phase ?? 'stopped')
  const working = busy !== null && busy.kind !== 'list'
  const disabled = working || isAway || letters.length === 0
  const count = countOf(panel)
  return (
    <div class="dead-foot">
      {isAway && <p class="problem">{words.away}</p>}
      {panel.problem && (
        <p class="problem" role="alert">
          {panel.problem()}
        </p>
      )}
      {confirming ? (
        <Confirm panel={panel} />
      ) : (
        <div class="acts">
          <button
            type="button"
            class="button primary"
            data-dead="retry"
            disabled={disabled}
            title={words.retryTitle}
            onClick={() => void settleDeadLetters('retry')}
          >
            {words.retry(count)}
          </button>
          <button
            type="button"
            class="button"
            data-dead="export"
            disabled={disabled}
            title={words.exportTitle}
            onClick={() => void saveDeadLetters(run)}
          >
            {words.exportAs(count)}
          </button>
          <button type="button" class="button" data-dead="clear" disabled={disabled} onClick={() => confirmClear(true)}>
            {words.clear(count)}
          </button>
          <span class="said" role="status">
            {working ? `${words.doing[busy.kind]} ${words.doneSoFar(busy.done)}` : panel.said?.()}
          </span>
        </div>
      )}
    </div>
  )
}

/** The focus is on what changes nothing. */
function Confirm({ panel }: { readonly panel: DeadPanel }) {
  const words = t().dead
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <div class="acts confirm" role="alertdialog" aria-labelledby="dead-confirm">
      <p id="dead-confirm">{words.confirm(countOf(panel), panel.find)}</p>
      <button type="button" class="button" data-dead="yes" onClick={() => void settleDeadLetters('clear')}>
        {words.confirmYes}
      </button>
      <button type="button" class="button primary" data-dead="no" ref={keep} onClick={() => confirmClear(false)}>
        {words.confirmNo}
      </button>
    </div>
  )
}

/** How many the buttons are about; null: all that were found, however many. */
function countOf({ chosen, find, letters, next, total }: DeadPanel): number | null {
  if (chosen.size > 0) return chosen.size
  if (find === '') return total === 0 ? null : total
  return next === 0 ? letters.length : null
}
