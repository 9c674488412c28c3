/** The queue of a programme: what its source is doing, in words, and the box to push into. One exhaustive switch over the source's phases. */
import type { ScenarioInfo } from '#protocol/catalogue'
import type { SourceStatus } from '#protocol/messages'
import { unreachable } from '#protocol/unreachable'
import { local, t } from '../locales'
import { type RunView, readdressed } from '../state'
import { answerSource } from '../state/actions'
import { isLive } from '../state/derived'
import { Announcer } from './Announcer'
import { ChangeAddress } from './ChangeAddress'
import { HeldIcon } from './icons'
import { PushBox } from './PushBox'
import { QueueControls } from './QueueControls'
import { RedisFault } from './RedisFault'
import { Rich } from './Rich'

interface RedisPanelProps {
  readonly scenario: ScenarioInfo
  readonly run: RunView | undefined
}

export function RedisPanel({ scenario, run }: RedisPanelProps) {
  const live = run !== undefined && isLive(run)
  const status = live ? run.source?.status : undefined
  return (
    <section class="queue" aria-label={t().redis.label}>
      {run && readdressed.value === run.info.id ? (
        <p class="queue-line" role="status">
          <Rich text={t().redis.readdressed} />
        </p>
      ) : (
        status && <Phase run={run!} status={status} />
      )}
      {status?.warning && <Warning text={local(status.warning)} />}
      <div class="queue-tools">
        {status?.phase !== 'unreachable' && status?.phase !== 'refused' && status?.phase !== 'asking' && (
          <PushBox scenario={scenario} run={live ? run : undefined} />
        )}
        {status && <QueueControls run={run!} status={status} />}
      </div>
    </section>
  )
}

function Phase({ run, status }: { readonly run: RunView; readonly status: SourceStatus }) {
  const words = t().redis
  switch (status.phase) {
    case 'connecting':
      return <p class="queue-line">{words.connecting(status.address)}</p>
    case 'asking':
      return <Question run={run} status={status} />
    case 'watching':
      return (
        <p class="queue-line">
          <Rich text={words.watching(status.queue, words.items(status.waiting))} />
        </p>
      )
    case 'unreachable':
    case 'refused':
      return <RedisFault run={run} status={status} />
    case 'memory':
      return (
        <p class="queue-line memory">
          <b>{words.memoryTitle}</b> {words.memory}
        </p>
      )
    case 'consuming':
    case 'paused':
      return (
        <>
          {status.privateServer === 'inUse' && (
            <p class="queue-line">
              <Rich text={words.privateServer(status.address)} />
            </p>
          )}
          {status.recovered > 0 && <p class="queue-line">{words.recovered(status.recovered)}</p>}
        </>
      )
    case 'stopped':
      return null
    default:
      return unreachable(status.phase)
  }
}

/** It works, and may go wrong all the same: what, and what to do about it. */
const Warning = ({ text }: { readonly text: string }) => (
  <p class="queue-line warning">
    <HeldIcon />
    <span>{text}</span>
    <Announcer kind={text} text={text} />
  </p>
)

/** First sight of a list that is not empty: nothing is moved before the answer. */
function Question({ run, status }: { readonly run: RunView; readonly status: SourceStatus }) {
  const words = t().redis
  return (
    <div class="question">
      <div role="alert">
        <h2>
          <Rich text={words.askTitle(status.queue, words.items(status.waiting))} />
        </h2>
      </div>
      <p>{words.askText}</p>
      <div class="acts">
        <button type="button" class="button primary" data-answer="consume" onClick={() => answerSource(run, 'consume')}>
          {words.consume}
        </button>
        <button type="button" class="button" data-answer="watch" onClick={() => answerSource(run, 'watch')}>
          {words.watch}
        </button>
        <ChangeAddress run={run} />
      </div>
    </div>
  )
}
