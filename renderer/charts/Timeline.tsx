/** The timeline: one run, or several stacked under one axis. */
import type { Selection, TimelineRun } from './timelineRun'
import type { TimelineWords } from './words'

export interface TimelineProps {
  /** From top to bottom. */
  readonly runs: readonly TimelineRun[]
  /** Changes whenever a store of `runs` has grown. */
  readonly version: number
  /** Changes whenever colours change; drawing reads them from the tokens. */
  readonly theme: string
  readonly selection: Selection | null
  readonly onSelect: (selection: Selection | null) => void
  readonly words: TimelineWords
  /** CSS px that it may take; it takes what its lanes need, and scrolls them where that is more. */
  readonly height: number
  /** Open: lanes take the largest size that fits `height`. Changing it picks the size again. */
  readonly panelsOpen: boolean
  /** Names of empty lanes while there are no runs. */
  readonly placeholder?: readonly string[]
}

export function Timeline(_props: TimelineProps) {
  return <div class="timeline" />
}
