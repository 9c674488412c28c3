/** Names at the left of the lanes and captions above stacked runs, which on the page are text over the canvas (LaneHeads.tsx). */
import type { LaneSize } from '../../model/laneLayout'
import { indentOf, kindText } from '../headText'
import { headWidth, type PlacedRow } from '../layout'
import { type Pen, setFont, text, type Weight } from '../pen'
import type { TimelineRun } from '../timelineRun'
import type { TimelineWords } from '../words'
import type { Picture } from './plan'

/** CSS px. */
const nameWidth = 104
const captionGap = 14
/** With less room a note says nothing. */
const leastNote = 60
const idleInset = 9
/** Of a text nobody reads more, and measuring a megabyte takes its time. */
const longest = 300

/** As much of it as fits, with an ellipsis where that is not all. The font is set. `width`: device px. */
export function fitted({ g }: Pen, whole: string, width: number): string {
  const fits = (shown: string) => g.measureText(shown).width <= width
  if (whole.length <= longest && fits(whole)) return whole
  const letters = [...whole.slice(0, longest)]
  let [low, high] = [0, letters.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(`${letters.slice(0, middle).join('')}…`)) low = middle
    else high = middle - 1
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`
}

interface HeadStyle {
  readonly size: number
  readonly weight: Weight
  /** Baseline, from the lane's top. */
  readonly base: number
  readonly faint: boolean
}

const styles: Readonly<Record<LaneSize['lane'], HeadStyle>> = {
  64: { size: 14, weight: 500, base: 36, faint: false },
  44: { size: 14, weight: 500, base: 26, faint: false },
  28: { size: 13, weight: 400, base: 18, faint: false },
  20: { size: 12, weight: 400, base: 14, faint: true },
  14: { size: 11, weight: 400, base: 10, faint: true },
}
/** Where a kind stands below, the name moves up. */
const raised = 8
const kindSize = 11

/** In the chart's own pixels. */
export function drawHeads(pen: Pen, picture: Picture): void {
  const { runs, size } = picture.layout
  for (const { rows, caption, run } of runs) {
    rows.forEach((row, i) => {
      drawHead(pen, row, size.lane, rows[i - 1] ?? null, picture.about.words)
    })
    if (caption === null) continue
    const { name, note, noteFrom } = placeCaption(pen, picture, run)
    const base = Math.round((caption + (size.lane >= 44 ? 22 : 21)) * pen.ratio)
    setFont(pen, captionSize(picture), 600)
    text(pen, 0, base, name, pen.colours.ink)
    setFont(pen, noteSize)
    if (note !== '') text(pen, noteFrom, base, note, pen.colours['ink-2'])
  }
}

/** Where captions end, CSS px: no flag may stand on them. */
export const captionEnds = (pen: Pen, picture: Picture): number[] =>
  picture.layout.runs.map(({ caption, run }) => (caption === null ? 0 : placeCaption(pen, picture, run).end / pen.ratio))

const captionSize = ({ layout }: Picture) => (layout.size.lane >= 44 ? 17 : 14)
const noteSize = 13

/** Device px. */
function placeCaption(pen: Pen, picture: Picture, { caption = '', note = '' }: TimelineRun) {
  const width = picture.chartWidth * pen.ratio
  setFont(pen, captionSize(picture), 600)
  const name = fitted(pen, caption, width)
  const nameEnd = pen.g.measureText(name).width
  const noteFrom = Math.round(nameEnd + captionGap * pen.ratio)
  if (note === '' || noteFrom + leastNote * pen.ratio > width) return { name, note: '', noteFrom, end: nameEnd }
  setFont(pen, noteSize)
  const shown = fitted(pen, note, width - noteFrom)
  return { name, note: shown, noteFrom, end: noteFrom + pen.g.measureText(shown).width }
}

function drawHead(
  pen: Pen,
  { head, top }: PlacedRow,
  lane: LaneSize['lane'],
  above: PlacedRow | null,
  words: TimelineWords,
): void {
  const { colours } = pen
  const style = styles[lane]
  const device = (css: number) => Math.round(css * pen.ratio)
  const left = indentOf(head)
  const kind = kindText(head, lane, above?.head.kind ?? null, words)
  const under = kind !== '' && lane >= 44
  const base = top + style.base - (under ? raised : 0)
  setFont(pen, style.size, style.weight)
  const name = fitted(pen, head.name, device(nameWidth - left))
  const nameEnd = device(left) + pen.g.measureText(name).width
  text(pen, device(left), device(base), name, colours[style.faint ? 'ink-2' : 'ink'])
  setFont(pen, kindSize)
  const right = device(nameWidth - 6)
  if (under) text(pen, device(left), device(base + 16), kind, colours['ink-3'])
  else if (kind !== '' && nameEnd + device(4) + pen.g.measureText(kind).width <= right)
    text(pen, right, device(base), kind, colours['ink-3'], 'right')
  if (!head.idle || lane < 20) return
  setFont(pen, 12)
  text(pen, device(headWidth + idleInset), device(top + lane / 2 + 4), words.idle, colours['ink-3'])
}
