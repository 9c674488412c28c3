/** What a screen reader hears, unasked: what is new, at most once a second, and not every tenth of a second that a programme runs. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { plain } from './Rich'

interface AnnouncerProps {
  /** Only a new kind is news; a later time in the same sentence is not. */
  readonly kind: string
  readonly text: string
}

const atMostEvery = 1000

export function Announcer({ kind, text }: AnnouncerProps) {
  const [said, say] = useState('')
  const newest = useRef(text)
  newest.current = text
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    // News that come faster than they can be said must not put off what is to be said for ever.
    waiting.current ??= setTimeout(() => {
      waiting.current = null
      say(plain(newest.current))
    }, atMostEvery)
  }, [kind])
  useEffect(
    () => () => {
      if (waiting.current !== null) clearTimeout(waiting.current)
    },
    [],
  )
  return (
    <p class="for-readers" role="status" aria-live="polite">
      {said || null}
    </p>
  )
}
