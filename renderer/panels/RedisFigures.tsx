/** What became of the items: figures in place of a total, since the programme never ends. */
import type { SourceStatus } from '#protocol/messages'
import { t } from '../locales'
import type { SourceView } from '../state'

/** `watches`: the queue is one of others. */
export function RedisFigures({ source, watches }: { readonly source: SourceView; readonly watches: boolean }) {
  const words = t().redis
  return (
    <dl class="queue-figures">
      {(watches ? seen(source.status) : taken(source.status)).map(({ id, value, bad }) => (
        <div key={id} class={bad ? 'bad' : undefined} data-figure={id}>
          <dd>{value === null ? words.unknown : value.toLocaleString('en')}</dd>
          <dt>{words.figures[id]}</dt>
        </div>
      ))}
    </dl>
  )
}

function taken({ finished, failed, inFlight, waiting }: SourceStatus) {
  return [
    { id: 'finished', value: finished, bad: false },
    { id: 'failed', value: failed, bad: failed > 0 },
    { id: 'inFlight', value: inFlight, bad: false },
    { id: 'waiting', value: waiting, bad: false },
  ] as const
}

/** What is in it and who works on it; what ended can be known there only of workers that tell it. Before the first look nothing is known. */
function seen({ waiting, watch }: SourceStatus) {
  return [
    { id: 'waiting', value: waiting, bad: false },
    { id: 'inFlight', value: watch?.inFlight ?? null, bad: false },
    { id: 'consumers', value: watch?.consumers ?? null, bad: false },
    { id: 'deadLetters', value: watch?.deadLetters ?? null, bad: (watch?.deadLetters ?? 0) > 0 },
  ] as const
}
