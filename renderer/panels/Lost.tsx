/** The engine is gone: what happened, what is tried next and when, and a button that does not wait. */
import { t } from '../locales'
import { brief } from '../model/format'
import { connection } from '../state'
import { secondsUntil } from '../state/clock'
import { retryConnection } from '../state/commands'
import { CrossIcon } from './icons'
import { Rich } from './Rich'

export function Lost() {
  const words = t().connection
  const now = connection.value
  if (now.phase !== 'lost') return null
  const left = secondsUntil(now.nextAttemptAt)
  return (
    <section class="fault" aria-labelledby="lost-title">
      <CrossIcon />
      <div>
        <div role="alert">
          <h2 id="lost-title">{words.lostTitle}</h2>
        </div>
        <p>{left > 0 ? <Rich text={words.lostText(now.attempt, brief(left, t().units))} /> : words.lostNow}</p>
        <div class="acts">
          <button type="button" class="button primary" onClick={retryConnection}>
            {words.retry}
          </button>
        </div>
      </div>
    </section>
  )
}
