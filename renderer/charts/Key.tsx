/** The key below the chart. */
import '../style/timeline.css'
import { drawItem, type KeyItem, occurring, swatchHeight, widthOf, wordOf } from './keyItems'
import { Swatch } from './Swatch'
import type { TimelineRun } from './timelineRun'
import type { TimelineWords } from './words'

export interface KeyProps {
  readonly runs: readonly TimelineRun[]
  readonly version: number
  readonly theme: string
  readonly words: TimelineWords
  /** CSS px for a programme second, as the chart shows it now. */
  readonly scale: number
  /** Instead of what occurs: for the page on which nothing has run. */
  readonly items?: readonly KeyItem[]
}

export function Key({ runs, words, theme, scale, items }: KeyProps) {
  return (
    <ul class="key">
      {(items ?? occurring(runs, scale)).map((item) => (
        <li key={item}>
          <Swatch width={widthOf(item)} height={swatchHeight} lane={14} theme={theme} draw={(pen, m) => drawItem(pen, m, item)} />
          {wordOf(item, words)}
        </li>
      ))}
    </ul>
  )
}
