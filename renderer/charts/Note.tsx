/** A word of the chart itself, at its top right: that a live run goes on out of sight and how to follow it again, or that there is no failure to go to. */
import { useEffect } from 'preact/hooks'
import type { TimelineWords } from './words'

export type ChartNote = 'held' | 'noFailure' | null

interface Props {
  readonly note: ChartNote
  readonly words: TimelineWords
  readonly follow: () => void
  /** It has been there long enough. */
  readonly over: () => void
}

/** ms */
const readFor = 4000

export function Note({ note, words, follow, over }: Props) {
  useEffect(() => {
    if (note !== 'noFailure') return
    const timer = setTimeout(over, readFor)
    return () => clearTimeout(timer)
  }, [note])
  return (
    <div class="timeline-note" role="status">
      {note === 'noFailure' && <span>{words.noFailure}</span>}
      {note === 'held' && (
        <button type="button" onClick={follow}>
          {words.follow} <kbd>0</kbd>
        </button>
      )}
    </div>
  )
}
