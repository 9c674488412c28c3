/** How many were found, which of them is selected, and the way to the next. */
import { countOfHits, type HitsOfRun, placeOfHit } from '../model/searchHits'
import type { Selection } from './timelineRun'
import type { TimelineWords } from './words'

interface Props {
  readonly hits: readonly HitsOfRun[]
  readonly selection: Selection | null
  readonly words: TimelineWords
  readonly step: (direction: 1 | -1) => void
}

export function HitsNote({ hits, selection, words, step }: Props) {
  const count = countOfHits(hits)
  const place = selection && placeOfHit(hits, selection)
  return (
    <span class="timeline-hits">
      <span role="status">{words.hits(place, count)}</span>
      {count > 0 &&
        ([-1, 1] as const).map((direction) => (
          <button
            key={direction}
            type="button"
            title={words.toHit(direction)}
            aria-label={words.toHit(direction)}
            onClick={() => step(direction)}
          >
            {direction < 0 ? '‹' : '›'} <kbd>{direction < 0 ? '[' : ']'}</kbd>
          </button>
        ))}
    </span>
  )
}
