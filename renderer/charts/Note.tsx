/** A word of the chart itself, at its top right: that there is no failure to go to, or that a live run goes on out of sight and how to follow it again. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { TimelineWords } from './words'

interface Props {
  /** A live run goes on where it is not seen. */
  readonly held: boolean
  /** How often a failure was looked for in vain. */
  readonly missed: number
  readonly words: TimelineWords
  readonly follow: () => void
  /** What else is to be said there. */
  readonly children: ComponentChildren
}

/** ms */
const readFor = 4000

export function Note({ held, missed, words, follow, children }: Props) {
  const [read, setRead] = useState(0)
  useEffect(() => {
    if (missed === 0) return
    const timer = setTimeout(() => setRead(missed), readFor)
    return () => clearTimeout(timer)
  }, [missed])
  return (
    <div class="timeline-note" role="status">
      {children}
      {missed > read && <span key={missed}>{words.noFailure}</span>}
      {missed <= read && held && (
        <button type="button" onClick={follow}>
          {words.follow} <kbd>0</kbd>
        </button>
      )}
    </div>
  )
}
