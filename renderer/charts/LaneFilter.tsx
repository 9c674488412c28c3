/** The field that keeps the lanes with a text in their name, and how many those are. */
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { longestFilter } from '../model/laneView'
import type { Layout } from './layout'
import type { LaneWords } from './words'

interface Props {
  readonly field: RefObject<HTMLInputElement | null>
  readonly layout: Layout
  readonly text: string
  readonly words: LaneWords
  readonly onFilter: (text: string) => void
  /** It was left by Escape while it was empty. */
  readonly onLeave: () => void
  /** For a screen reader. */
  readonly say: (text: string) => void
}

/** ms after the last letter: nobody wants to hear a count for each. */
const saidAfter = 500

export function LaneFilter({ field, layout, text, words, onFilter, onLeave, say }: Props) {
  const sum = (of: 'lanes' | 'allLanes') => layout.runs.reduce((total, run) => total + run[of], 0)
  const count = words.count(sum('lanes'), sum('allLanes'))
  const newest = useRef(count)
  newest.current = count
  // Lanes that come by themselves while a run is live are not told.
  useEffect(() => {
    if (text === '') return
    const timer = setTimeout(() => say(newest.current), saidAfter)
    return () => clearTimeout(timer)
  }, [text])
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method ends what it composes by the same key.
    if (event.isComposing || event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (text !== '') onFilter('')
    else onLeave()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest Electron does not know <search>
    <div class="lane-filter" role="search" aria-label={words.filter}>
      <input
        ref={field}
        type="search"
        value={text}
        placeholder={words.filter}
        aria-label={words.filter}
        title={words.filterTitle}
        spellcheck={false}
        autocomplete="off"
        maxLength={longestFilter}
        onInput={(event) => onFilter(event.currentTarget.value.slice(0, longestFilter))}
        onKeyDown={onKeyDown}
      />
      <span>{count}</span>
    </div>
  )
}
