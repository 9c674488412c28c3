/** Redis does not answer, or answered and refused: what happened, what is tried next and when, and the ways on. */
import type { SourceStatus } from '#protocol/messages'
import { local, t } from '../locales'
import { brief } from '../model/format'
import type { RunView } from '../state'
import { actOnSource } from '../state/actions'
import { secondsUntil } from '../state/clock'
import { ChangeAddress } from './ChangeAddress'
import { CrossIcon } from './icons'
import { Rich } from './Rich'

interface RedisFaultProps {
  readonly run: RunView
  readonly status: SourceStatus
  /** The queue of others is looked at: one of our own would be no substitute, and nothing of it is run here. */
  readonly watches?: boolean
}

export function RedisFault({ run, status, watches = false }: RedisFaultProps) {
  const words = t().redis
  const texts = watches ? t().watch : words
  const refused = status.phase === 'refused'
  const left = secondsUntil(run.source?.nextAttemptAt ?? null)
  const text = refused
    ? refusedText(status, watches)
    : left > 0
      ? texts.unreachableText(status.attempt, brief(left, t().units))
      : texts.unreachableNow
  const answered = status.refusal === 'key' ? words.wrongKeyTitle(status.queue) : words.refusedTitle(status.address)
  const title = refused ? answered : words.unreachableTitle(status.address)
  return (
    <div class="fault">
      <CrossIcon />
      <div>
        <div role="alert">
          <h2>{title}</h2>
        </div>
        <p>
          <Rich text={text} />
        </p>
        <div class="acts">
          <button type="button" class="button primary" data-source="retry" onClick={() => actOnSource(run, 'retry')}>
            {words.tryNow}
          </button>
          {!watches && (
            <button type="button" class="button" data-source="memory" onClick={() => actOnSource(run, 'memory')}>
              {words.useMemory}
            </button>
          )}
          {!watches && (status.privateServer === 'available' || status.privateServer === 'running') && (
            <button type="button" class="button" data-source="private" onClick={() => actOnSource(run, 'private')}>
              {status.privateServer === 'available' ? words.startPrivate : words.usePrivate}
            </button>
          )}
          <ChangeAddress run={run} />
          {status.reason && <span class="reason">{local(status.reason)}</span>}
        </div>
      </div>
    </div>
  )
}

function refusedText({ refusal }: SourceStatus, watches: boolean): string {
  if (watches) return t().watch.refusedText
  const words = t().redis
  return { user: words.refusedUserText, key: words.wrongKeyText, server: words.refusedText }[refusal ?? 'server']
}

/** Below the chart, where the table has nothing to show yet: three ways to get a queue. */
export function RedisHelp() {
  const words = t().redis.help
  const ways = [
    { title: words.startTitle, text: words.startText },
    { title: words.otherTitle, text: words.otherText },
    { title: words.withoutTitle, text: words.withoutText },
  ]
  return (
    <ul class="ways">
      {ways.map(({ title, text }) => (
        <li key={title}>
          <h2>{title}</h2>
          <p>
            <Rich text={text} />
          </p>
        </li>
      ))}
    </ul>
  )
}
