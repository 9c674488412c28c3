/** Below the dead letters: retry, export and delete, of the chosen ones or of all that were found; what became of it; what went wrong. */
import { useEffect, useRef } from 'preact/hooks'
import type { SourcePhase } from '#protocol/messages'
import { t } from '../locales'
import type { DeadPanel, RunView } from '../state'
import { confirmClear, settleDeadLetters } from '../state/deadLetters'
import { isLive } from '../state/derived'
import { Announcer } from './Announcer'
import { saveDeadLetters } from './saveDeadLetters'

/** Where there is no server to ask. */
const away: readonly SourcePhase[] = ['connecting', 'unreachable', 'memory', 'stopped']

interface Props {
  readonly panel: DeadPanel
  readonly run: RunView
}

export function DeadLetterActions({ panel, run }: Props) {
  const words = t().dead
  const remove = useRef<HTMLButtonElement>(null)
  const { confirming } = panel
  const asked = useRef(false)
  // Back to where the question came from.
  useEffect(() => {
    if (asked.current && !confirming) remove.current?.focus()
    asked.current = confirming
  }, [confirming])
  const why = whyNot(run)
  // A button that works keeps the focus; that it is pressed again is of no effect.
  const working = panel.busy !== null && panel.busy.kind !== 'list'
  const button = { type: 'button', disabled: why !== null, 'aria-disabled': working } as const
  const count = countText(panel)
  const said = working ? `${words.doing[panel.busy.kind]} ${words.doneSoFar(panel.busy.done)}` : (panel.said?.() ?? '')
  const isEmpty = why === null && !panel.problem && !working && panel.letters.length === 0 && said === ''
  return (
    <div class="dead-foot" hidden={isEmpty}>
      {why !== null && <p class="problem">{why}</p>}
      {panel.problem && (
        <p class="problem" role="alert">
          {panel.problem()}
        </p>
      )}
      {confirming ? (
        <Confirm panel={panel} />
      ) : (
        <div class="acts">
          {(working || panel.letters.length > 0) && (
            <>
              <button
                {...button}
                class="button primary"
                data-dead="retry"
                title={words.retryTitle}
                onClick={() => void settleDeadLetters('retry')}
              >
                {words.retry(count)}
              </button>
              <button
                {...button}
                class="button"
                data-dead="export"
                title={words.exportTitle}
                onClick={() => void saveDeadLetters(run)}
              >
                {words.exportAs(count)}
              </button>
              <button {...button} class="button" data-dead="clear" ref={remove} onClick={() => confirmClear(true)}>
                {words.clear(count)}
              </button>
            </>
          )}
          <span class="said">{said}</span>
        </div>
      )}
      <Announcer kind={working ? panel.busy.kind : said} text={said} />
    </div>
  )
}

/** Why nothing can be done with what is listed; null: it can. */
function whyNot(run: RunView): string | null {
  if (!isLive(run)) return t().dead.over
  const phase = run.source?.status.phase
  return phase === undefined || away.includes(phase) ? t().dead.away : null
}

/** The focus is on what changes nothing. */
function Confirm({ panel }: { readonly panel: DeadPanel }) {
  const words = t().dead
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <div class="acts confirm" role="alertdialog" aria-labelledby="dead-confirm">
      <p id="dead-confirm">{words.confirm(countText(panel), panel.chosen.size > 0 ? '' : panel.find)}</p>
      <button type="button" class="button" data-dead="yes" onClick={() => void settleDeadLetters('clear')}>
        {words.confirmYes}
      </button>
      <button type="button" class="button primary" data-dead="no" ref={keep} onClick={() => confirmClear(false)}>
        {words.confirmNo}
      </button>
    </div>
  )
}

/** How many the buttons are about. Of a search that is not at its end nobody knows. */
function countText({ chosen, find, letters, next, total }: DeadPanel): string {
  const words = t().dead
  if (chosen.size > 0) return words.some(chosen.size)
  if (find !== '' && next !== 0) return words.allFound
  return words.all(find === '' ? total : letters.length)
}
