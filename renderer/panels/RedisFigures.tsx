/** What became of the items: figures in place of a total, since the programme never ends. */
import type { SourceStatus } from '#protocol/messages'
import { t } from '../locales'
import type { SourceView } from '../state'

export function RedisFigures({ source }: { readonly source: SourceView }) {
  const words = t().redis
  return (
    <dl class="queue-figures">
      {figuresOf(source.status).map(({ id, value, bad }) => (
        <div key={id} class={bad ? 'bad' : undefined} data-figure={id}>
          <dd>{value === null ? words.unknown : value.toLocaleString('en')}</dd>
          <dt>{words.figures[id]}</dt>
        </div>
      ))}
    </dl>
  )
}

/** Of a queue of others what is in it and who works on it; what ended can be known there only of workers that tell it. */
function figuresOf({ finished, failed, inFlight, waiting, watch }: SourceStatus) {
  if (!watch)
    return [
      { id: 'finished', value: finished, bad: false },
      { id: 'failed', value: failed, bad: failed > 0 },
      { id: 'inFlight', value: inFlight, bad: false },
      { id: 'waiting', value: waiting, bad: false },
    ] as const
  return [
    { id: 'waiting', value: waiting, bad: false },
    { id: 'inFlight', value: watch.inFlight, bad: false },
    { id: 'consumers', value: watch.consumers, bad: false },
    { id: 'deadLetters', value: watch.deadLetters, bad: (watch.deadLetters ?? 0) > 0 },
  ] as const
}
