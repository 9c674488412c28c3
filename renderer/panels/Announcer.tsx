/** What a screen reader hears, unasked: what is new, at most once a second, and not every tenth of a second that a programme runs. */
import { useEffect, useState } from 'preact/hooks'
import { plain } from './Rich'

interface AnnouncerProps {
  /** Only a new kind is news; a later time in the same sentence is not. */
  readonly kind: string
  readonly text: string
}

const atMostEvery = 1000

export function Announcer({ kind, text }: AnnouncerProps) {
  const [said, say] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => say(plain(text)), atMostEvery)
    return () => clearTimeout(timer)
  }, [kind])
  return (
    <p class="for-readers" role="status" aria-live="polite">
      {said}
    </p>
  )
}
