/** What stands on a bar: the longest of a few texts that fits. */
import { holdsThread, type State } from '#protocol/vocabulary'
import { brief, prose } from '../model/format'
import { type Bar, heightOf } from './drawBar'
import { type Measures, type Pen, px, rect, setFont, text } from './pen'
import type { TimelineWords } from './words'

export interface LabelAbout {
  readonly state: State
  readonly task: string
  /** Whose bars the row holds: the lane's one task, one task of a loop, or one loop task after the other. */
  readonly row: 'thread' | 'task' | 'tasks'
  /** What it waits for, as the wire says it. */
  readonly what: string
  /** Programme seconds; null while the span is open. */
  readonly lasted: number | null
  /** It blocks its loop. */
  readonly holds: boolean
  /** First row of its loop: the one that says that the loop is free. */
  readonly first: boolean
}

/** From the longest to the shortest. Where a row has many tasks the name is what is missing, where it has one, what it does. */
export function labelsFor(about: LabelAbout, words: TimelineWords): string[] {
  const { label, units } = words
  if (about.row === 'tasks') return [about.task]
  const time = about.lasted === null ? null : brief(about.lasted, units)
  const short = plain(about, words, time)
  const texts = [...(longer(about, words, time) ?? []), short]
  if (about.row === 'thread') return texts
  return [...texts.map((t) => label.of(about.task, t)), about.task]
}

function plain({ state, what, lasted }: LabelAbout, { label, units, wire }: TimelineWords, time: string | null): string {
  // What the thread itself says it does ("retry in 2 s", "connects") is more than that it runs or sleeps.
  if (what !== '' && state === 'running') return wire(what)
  if (what !== '' && state === 'sleeping') return time ?? wire(what)
  switch (state) {
    case 'created':
      return label.created
    case 'ready':
      return label.ready(lasted === null ? null : prose(lasted, units))
    case 'running':
      return label.runs(time)
    case 'sleeping':
      return label.sleeps(time)
    case 'waiting':
      return label.waits(what)
    case 'suspended':
      return label.suspended(time)
  }
}

function longer({ state, what, holds, first }: LabelAbout, { label, wire }: TimelineWords, time: string | null): string[] | null {
  // What it sleeps for seldom fits between its stripes; how long it did says the same in fewer words.
  if (state === 'sleeping' && what !== '') return [wire(what)]
  if (state === 'sleeping' && holds) return [label.sleepsHolding(time)]
  if (state === 'running' && holds) return [label.runsHolding(time)]
  if (state === 'suspended' && first) return [label.suspendedFree(time)]
  return null
}

/** Pixels from and to which a text reaches. */
export type Taken = readonly [from: number, to: number]

/**
 * Draws the first of the texts that fits the visible part of the bar, on the side of main's end that has more room if that line (`line`) runs
 * through it. Returns where it stands; null if none fits.
 */
export function drawLabel(pen: Pen, m: Measures, bar: Bar, labels: readonly string[], line: number | null): Taken | null {
  const left = Math.max(bar.x0, bar.left)
  const right = Math.min(bar.x1, bar.right)
  const crossed = line !== null && line > left && line < right
  const from = crossed && right - line > line - left ? line + px(pen, 2) : left
  const room = (crossed && from === left ? line : right) - from
  const full = holdsThread(bar.state)
  const size = full ? m.size.label : m.size.labelAbove
  if (size === 0 || room < px(pen, 10)) return null
  setFont(pen, size, full ? 500 : 400)
  const inset = px(pen, full || m.size.lane >= 44 ? 9 : 5)
  // Stripes must remain beside the text of a sleeping bar: they say more than it does.
  const share = bar.state === 'sleeping' ? 0.55 : full ? 0.9 : 1
  const widths = labels.map((label) => Math.ceil(pen.g.measureText(label).width))
  const fits = widths.findIndex((width) => width + (full ? 2 : 1) * inset <= share * room)
  if (fits < 0) return null
  const label = labels[fits]!
  const width = widths[fits]!
  const { y, height } = heightOf(bar.state, m)
  const { ink } = pen.colours
  if (!full) {
    text(pen, from + inset, bar.top + y - px(pen, m.size.lane >= 64 ? 9 : m.size.lane >= 44 ? 6 : 2), label, ink)
    return [from, from + inset + width]
  }
  const base = bar.top + y + Math.round(height / 2 + size * pen.ratio * 0.36)
  if (bar.state === 'running') {
    // Invisible on the bar itself; a whisker that runs through it pauses behind the words.
    const plate = px(pen, size + 2)
    const edge = px(pen, 3)
    rect(pen, from + inset - edge, bar.top + y + Math.round((height - plate) / 2), width + 2 * edge, plate, pen.colours.running)
    text(pen, from + inset, base, label, pen.colours['on-running'])
  } else {
    // The pattern pauses behind the text: flush left in stripes, inside the bracket on dots.
    const edge = px(pen, 1)
    if (bar.state === 'sleeping') {
      rect(pen, from + edge, bar.top + y + edge, width + 2 * inset, height - 2 * edge, pen.colours['tint-sleeping'])
    } else {
      const plate = px(pen, 8)
      rect(pen, from + inset - edge, bar.top + y + (height - plate) / 2, width + inset, plate, pen.colours['tint-waiting'])
    }
    text(pen, from + inset, base, label, ink)
  }
  return [from, from + inset + width]
}
