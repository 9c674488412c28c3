/** Above the chart of a queue that is only looked at: what is known of it, and what should be known of that. One exhaustive switch over the phases. */
import type { SourceStatus } from '#protocol/messages'
import { unreachable } from '#protocol/unreachable'
import { local, t } from '../locales'
import { brief } from '../model/format'
import { type RunView, readdressed } from '../state'
import { isLive } from '../state/derived'
import { ChangeAddress } from './ChangeAddress'
import { RedisFault } from './RedisFault'
import { Rich } from './Rich'

export function WatchPanel({ run }: { readonly run: RunView | undefined }) {
  const words = t().watch
  const status = run && isLive(run) ? run.source?.status : undefined
  const text = run && readdressed.value === run.info.id ? t().redis.readdressed : status ? null : words.idle
  return (
    <section class="queue" aria-label={t().redis.label}>
      {text !== null && (
        <p class="queue-line" role="status">
          <Rich text={text} />
        </p>
      )}
      {run && status && <Phase run={run} status={status} />}
    </section>
  )
}

function Phase({ run, status }: { readonly run: RunView; readonly status: SourceStatus }) {
  switch (status.phase) {
    case 'connecting':
      return <p class="queue-line">{t().redis.connecting(status.address)}</p>
    case 'unreachable':
    case 'refused':
      return <RedisFault run={run} status={status} watches />
    case 'watching':
      return <Seen run={run} status={status} />
    case 'asking':
    case 'consuming':
    case 'paused':
    case 'memory':
    case 'stopped':
      return null
    default:
      return unreachable(status.phase)
  }
}

function Seen({ run, status: { queue, watch } }: { readonly run: RunView; readonly status: SourceStatus }) {
  const words = t().watch
  if (!watch) return null
  const rate = (perSecond: number | null) =>
    perSecond === null ? words.unknown : perSecond.toFixed(Math.abs(perSecond) < 10 ? 1 : 0)
  const { oldestSeconds, growthPerSecond, startedPerSecond, endedPerSecond, retry, suspects, lostFrames, refusedRecords } = watch
  const facts = [
    oldestSeconds === null ? words.oldestUnknown : words.oldest(brief(oldestSeconds, t().units)),
    words.growth(`${(growthPerSecond ?? 0) > 0 ? '+' : ''}${rate(growthPerSecond).replace('-', '−')}`),
    startedPerSecond === null ? null : words.rates(rate(startedPerSecond), rate(endedPerSecond)),
    (retry ?? 0) + (suspects ?? 0) > 0 ? words.retry(retry ?? 0, suspects ?? 0) : null,
    lostFrames > 0 ? words.lost(lostFrames) : null,
    refusedRecords > 0 ? words.refused(refusedRecords) : null,
  ].filter((fact) => fact !== null)
  return (
    <>
      <div class="queue-line watched">
        <p>
          <Rich text={words.watching(queue)} />
        </p>
        <ul class="facts" aria-label={words.facts}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <ChangeAddress run={run} />
      </div>
      {watch.notes.map((note) => (
        <p key={note.en} class="queue-line">
          {local(note)}
        </p>
      ))}
    </>
  )
}
