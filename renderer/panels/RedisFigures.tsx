/** What became of the items: four figures in place of a total, since the programme never ends. */
import { t } from '../locales'
import type { SourceView } from '../state'

export function RedisFigures({ source }: { readonly source: SourceView }) {
  const words = t().redis
  const { finished, failed, inFlight, waiting } = source.status
  const figures = [
    { id: 'finished', value: finished, word: words.figures.finished, bad: false },
    { id: 'failed', value: failed, word: words.figures.failed, bad: failed > 0 },
    { id: 'in-flight', value: inFlight, word: words.figures.inFlight, bad: false },
    { id: 'waiting', value: waiting, word: words.figures.waiting, bad: false },
  ]
  return (
    <dl class="queue-figures">
      {figures.map(({ id, value, word, bad }) => (
        <div key={id} class={bad ? 'bad' : undefined} data-figure={id}>
          <dd>{value === null ? words.unknown : value.toLocaleString('en')}</dd>
          <dt>{word}</dt>
        </div>
      ))}
    </dl>
  )
}
