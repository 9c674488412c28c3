/** Where everything of a picture stands that is saved: title, range, all lanes, key, and how it was measured. CSS px. */
import { type LaneView, plainView } from '../../model/laneView'
import type { Axis } from '../axis'
import { type KeyItem, occurring, swatchHeight, widthOf, wordOf } from '../keyItems'
import { axisHeight, headWidth, type Layout, layoutOf, plainArrangement, rightSpace } from '../layout'
import { type Pen, setFont } from '../pen'
import type { TimelineRun } from '../timelineRun'
import type { TimelineWords } from '../words'

/** What a picture shows, and what it says of itself. */
export interface PictureAbout {
  /** None of them live. */
  readonly runs: readonly TimelineRun[]
  readonly words: TimelineWords
  readonly title: string
  /** Under the title: which part of time is seen, and what of the runs is worth saying. */
  readonly range: string
  /** Under the key: how it was measured. */
  readonly measured: readonly string[]
  /** For who is told and does not see: that pixels were merged. */
  readonly described: string
  /** Programme seconds. */
  readonly t0: number
  readonly t1: number
  /** Of the whole picture, CSS px. */
  readonly width: number
  /** How the lanes are arranged; missing: as they come. */
  readonly lanes?: LaneView
}

export interface PlacedKey {
  readonly item: KeyItem
  readonly word: string
  readonly x: number
  readonly y: number
}

/** A line of text; `y` is its baseline. */
export interface Line {
  readonly text: string
  readonly y: number
}

export interface Picture {
  readonly about: PictureAbout
  readonly width: number
  readonly height: number
  /** Left and top of the chart, whose width is `chartWidth`. */
  readonly left: number
  readonly top: number
  readonly chartWidth: number
  readonly layout: Layout
  readonly title: Line
  readonly range: Line
  readonly key: readonly PlacedKey[]
  readonly measured: readonly Line[]
}

const edge = 24
const titleBase = 46
const rangeBase = 70
const chartTop = 86
export const titleSize = 22
export const rangeSize = 13
export const keySize = 12
export const measuredSize = 11
export const swatchGap = 8
const keyGap = 22
const keyRow = 22
const measuredRow = 16
/** Lanes take the largest size at which the chart is no taller than this share of its width; what does not fit at the smallest makes it taller. */
const tallest = 0.8
/** Between what is said of the measurement. */
const dot = ' · '
/** Narrower than this it would be all heads. */
export const narrowest = 400

/** `ruler`: a pen of ratio 1, with which words are measured; the same plan holds for every ratio. */
export function planPicture(about: PictureAbout, ruler: Pen): Picture {
  const width = Math.max(narrowest, Math.round(about.width))
  const chartWidth = width - 2 * edge
  const fitting = layoutOf(about.runs, chartWidth * tallest, [], {
    ...plainArrangement,
    view: about.lanes ?? plainView,
    minimap: false,
  })
  const layout = { ...fitting, visible: fitting.total }
  const key = placeKey(about, chartWidth, chartTop + layout.total + 14, ruler)
  const keyBottom = key.length === 0 ? chartTop + layout.total : key[key.length - 1]!.y + keyRow
  const measured = measuredLines(about.measured, chartWidth, keyBottom + 18, ruler)
  const bottom = measured[measured.length - 1]?.y ?? keyBottom
  const lines = { title: { text: about.title, y: titleBase }, range: { text: about.range, y: rangeBase } }
  return { about, width, height: bottom + edge, left: edge, top: chartTop, chartWidth, layout, ...lines, key, measured }
}

/** Of the chart, device px from its own left. */
export function axisFor({ about: { t0, t1 }, chartWidth, layout }: Picture, ratio: number): Axis {
  const [left, right] = [headWidth, chartWidth - rightSpace].map((x) => Math.round(x * ratio))
  return { t0, t1, left: left!, right: right!, signed: layout.aligned }
}

/** Height of what is above the axis. */
export const plotHeight = ({ layout }: Picture) => layout.total - axisHeight

function placeKey({ runs, words, t0, t1 }: PictureAbout, width: number, top: number, ruler: Pen): PlacedKey[] {
  const scale = t1 > t0 ? (width - headWidth - rightSpace) / (t1 - t0) : 0
  setFont(ruler, keySize)
  let [x, y] = [edge, top]
  return occurring(runs, scale).map((item) => {
    const word = wordOf(item, words)
    const taken = widthOf(item) + swatchGap + Math.ceil(ruler.g.measureText(word).width)
    if (x > edge && x + taken > edge + width) {
      x = edge
      y += keyRow
    }
    const placed = { item, word, x, y }
    x += taken + keyGap
    return placed
  })
}

/** Facts side by side, as many as a line holds. */
function measuredLines(facts: readonly string[], width: number, base: number, ruler: Pen): Line[] {
  setFont(ruler, measuredSize)
  const lines: string[] = []
  for (const fact of facts) {
    const joined = lines.length === 0 ? fact : `${lines[lines.length - 1]}${dot}${fact}`
    if (lines.length > 0 && ruler.g.measureText(joined).width <= width) lines[lines.length - 1] = joined
    else lines.push(fact)
  }
  return lines.map((text, i) => ({ text, y: base + i * measuredRow }))
}

/** Baseline of a word beside its swatch. */
export const keyBase = ({ y }: PlacedKey) => y + swatchHeight - 3
