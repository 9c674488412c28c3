/** How much the consumer of a run takes, from now on, and the way to what it could not run. */
import { useState } from 'preact/hooks'
import type { ScenarioInfo } from '#protocol/catalogue'
import type { SourceStatus } from '#protocol/messages'
import { type ParameterInfo, parseParameter } from '#protocol/parameters'
import { local, t } from '../locales'
import type { RunView } from '../state'
import { limitSource } from '../state/actions'
import { openDeadLetters } from '../state/deadLetters'
import { Announcer } from './Announcer'
import { PauseIcon, PlayIcon } from './icons'
import { Rich } from './Rich'

interface Props {
  readonly scenario: ScenarioInfo
  readonly run: RunView
  readonly status: SourceStatus
}

export function QueueControls({ scenario, run, status }: Props) {
  const words = t().limits
  const takes = status.phase === 'consuming' || status.phase === 'paused' || status.phase === 'memory'
  const { paused, concurrency, deadLetters } = status
  if (!takes && !deadLetters) return null
  const pausedText = words.paused(status.waiting, status.inFlight)
  const info = scenario.parameters.find(({ name }) => name === 'concurrency')
  return (
    // biome-ignore lint/a11y/useSemanticElements: nothing is submitted here
    <div class="queue-controls" role="group" aria-label={words.label}>
      {takes && (
        <>
          <button
            type="button"
            class="button"
            title={paused ? words.resumeTitle : words.pauseTitle}
            onClick={() => limitSource(run, { concurrency, paused: !paused })}
          >
            {paused ? <PlayIcon /> : <PauseIcon />}
            <span>{paused ? words.resume : words.pause}</span>
          </button>
          {info && <Concurrency info={info} run={run} status={status} />}
        </>
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
      {takes && paused && (
        <span class="paused">
          <Rich text={pausedText} />
        </span>
      )}
      <Announcer kind={String(paused)} text={paused ? pausedText : ''} />
    </div>
  )
}

interface ConcurrencyProps {
  readonly info: ParameterInfo
  readonly run: RunView
  readonly status: SourceStatus
}

/** Told to the consumer when it is entered or left, not at each key: 5 of 50 is no wish. */
function Concurrency({ info, run, status: { concurrency, paused } }: ConcurrencyProps) {
  const words = t().limits
  const [text, setText] = useState<string | null>(null)
  const checked = parseParameter(info, text ?? String(concurrency))
  const apply = (event: Event) => {
    event.preventDefault()
    if (checked.ok) {
      if (checked.value !== concurrency) limitSource(run, { concurrency: Number(checked.value), paused })
      setText(null)
    }
  }
  return (
    <form class="concurrency" onSubmit={apply}>
      <label title={words.concurrencyTitle}>
        <span>{words.concurrency}</span>
        <input
          inputMode="numeric"
          size={6}
          value={text ?? concurrency}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={!checked.ok}
          aria-describedby={checked.ok ? undefined : 'problem-limit'}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={apply}
        />
      </label>
      {!checked.ok && (
        <span class="problem" id="problem-limit" role="alert">
          {local(checked.problem)}
        </span>
      )}
    </form>
  )
}
