/** The key below the chart: the states, ends and marks that occur, and no others. */
import type { End, State } from '#protocol/vocabulary'
import type { TimelineRun } from './timelineRun'
import type { MarkWord, TimelineWords } from './words'

export type KeyItem = State | Exclude<End, 'finished'> | Extract<MarkWord, 'loopBlocked' | 'message' | 'uncertainty'>

export interface KeyProps {
  readonly runs: readonly TimelineRun[]
  readonly version: number
  readonly theme: string
  readonly words: TimelineWords
  /** Instead of what occurs: for the page on which nothing has run. */
  readonly items?: readonly KeyItem[]
}

export function Key(_props: KeyProps) {
  return <ul class="key" />
}
