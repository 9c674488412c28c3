/** The legend: every word with its drawing in two lane sizes, its meaning and its second cue. */
import type { LegendWords } from './words'

export interface LegendProps {
  readonly words: LegendWords
  readonly theme: string
}

export function Legend(_props: LegendProps) {
  return <table class="legend" />
}
