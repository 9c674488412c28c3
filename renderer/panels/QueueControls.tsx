/** Pause and go on, and the way to what the consumer of a run could not run. How many at once is the field above. */
import type { SourceStatus } from '#protocol/messages'
import { t } from '../locales'
import type { RunView } from '../state'
import { limitSource } from '../state/actions'
import { openDeadLetters } from '../state/deadLetters'
import { Announcer } from './Announcer'
import { PauseIcon, PlayIcon } from './icons'
import { Rich } from './Rich'

interface Props {
  readonly run: RunView
  readonly status: SourceStatus
}

export function QueueControls({ run, status }: Props) {
  const words = t().limits
  const takes = status.phase === 'consuming' || status.phase === 'paused' || status.phase === 'memory'
  const { paused, concurrency, deadLetters } = status
  if (!takes && !deadLetters) return null
  const pausedText = words.paused(status.waiting, status.inFlight)
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: nothing is submitted here */}
      <div class="queue-controls" role="group" aria-label={words.label}>
        {takes && (
          <button
            type="button"
            class="button pause"
            title={paused ? words.resumeTitle : words.pauseTitle}
            onClick={() => limitSource(run, { concurrency, paused: !paused })}
          >
            {paused ? <PlayIcon /> : <PauseIcon />}
            <span>{paused ? words.resume : words.pause}</span>
          </button>
        )}
        {deadLetters !== null && (
          <button
            type="button"
            class={deadLetters > 0 ? 'button dead-open bad' : 'button dead-open'}
            aria-haspopup="dialog"
            title={t().dead.openTitle}
            onClick={() => openDeadLetters(run.info.id)}
          >
            {t().dead.open(deadLetters)}
          </button>
        )}
      </div>
      {takes && paused && (
        <span class="paused">
          <Rich text={pausedText} />
        </span>
      )}
      <Announcer kind={String(paused)} text={paused ? pausedText : ''} />
    </>
  )
}
