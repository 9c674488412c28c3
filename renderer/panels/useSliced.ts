/**
 * What may take long to make of what is shown, made beside the frames: anew when something else is asked for; of a live run with the page's other figures
 * where that costs little, so that two of them say the same, and once a second where it costs much.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Steps } from '../model/steps'
import { isLive, shown } from '../state/derived'
import { afterFrames, inSlices } from './inSlices'

/** At most so much of the time goes into it. */
const share = 1 / 20
/** ms between two times, however long one takes. */
const longest = 1000

/**
 * `key`: what is asked for, null: nothing. Gives what was made last, which may be of the key before; null: nothing yet. What is being made is given up
 * only where something else is asked for, or of other runs: a run may grow faster than it can be gone through.
 */
export function useSliced<T>(key: string | null, make: () => Steps<T>): T | null {
  const [made, setMade] = useState<{ readonly of: T } | null>(null)
  const [, again] = useState(0)
  const last = useRef({ asked: null as string | null, versions: '', at: Number.NEGATIVE_INFINITY, took: 0 })
  const isMaking = useRef(false)
  const giveUp = useRef<() => void>(() => undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const asked = key === null ? null : [...shown.value.map(({ info }) => info.id), key].join()
  const versions = shown.value.map(({ info, store }) => `${info.id} ${store.version}`).join()
  const done = (of: T, took: number) => {
    isMaking.current = false
    last.current.took = took
    setMade({ of })
  }
  useEffect(() => {
    const { current } = last
    const isSame = current.asked === asked
    if (isSame && (asked === null || isMaking.current || current.versions === versions)) return
    const wait = isSame && shown.value.some(isLive) ? current.at + Math.min(current.took / share, longest) - performance.now() : 0
    if (wait > 0) {
      timer.current ??= setTimeout(() => {
        timer.current = null
        again((count) => count + 1)
      }, wait)
      return
    }
    giveUp.current()
    last.current = { asked, versions, at: performance.now(), took: 0 }
    isMaking.current = asked !== null
    if (asked === null) setMade(null)
    else giveUp.current = inSlices(make(), done, afterFrames)
  })
  useEffect(
    () => () => {
      giveUp.current()
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return key === null ? null : (made?.of ?? null)
}
