/** What the tooltip says of a bar, a mark, a loop's life or a loss. */
import { states } from '#protocol/vocabulary'
import { prose, tableSeconds } from '../model/format'
import { afterItsEnd } from '../model/messageDelay'
import type { Marker, RunStore } from '../model/runStore'
import { grouped } from '../model/timeLabels'
import type { Spot } from './hit'
import type { Under } from './under'
import type { TimelineWords } from './words'

export type Line = readonly [name: string, value: string, alert?: boolean]

export interface Tip {
  readonly title: string
  readonly kind: string | null
  readonly lines: readonly Line[]
  /** A sentence or two below the lines. */
  readonly below: readonly string[]
}

/** Null: the run has been replaced by one that does not have it. */
export function tipOf(store: RunStore, about: Under, words: TimelineWords): Tip | null {
  switch (about.kind) {
    case 'bar':
      return about.spot.task < store.taskCount ? ofBar(store, about.spot, words) : null
    case 'marks':
      return ofMarks(store, about.markers, words)
    case 'life': {
      const { from, until } = about.life
      const lasted = (until ?? store.now) - from
      const seconds = writing(lasted, words)
      const { tooltip } = words
      const lines: Line[] = [
        [tooltip.from, seconds(from)],
        [tooltip.to, until === null ? tooltip.still : seconds(until)],
        [tooltip.lasted, prose(lasted, words.units)],
      ]
      return { title: words.marks.loopLife, kind: store.lanes[about.lane]?.name ?? null, lines, below: [] }
    }
    case 'lost': {
      const { from, until, count, lane } = about.loss
      const seconds = writing(until - from, words)
      const { tooltip } = words
      const lines: Line[] = [
        [tooltip.lost, tooltip.marks(count), true],
        [tooltip.from, seconds(from)],
        [tooltip.to, seconds(until)],
      ]
      return { title: words.marks.lost, kind: store.lanes[lane]?.name ?? null, lines, below: [tooltip.lostWhy] }
    }
  }
}

/** Seconds with as many digits that from and to do not read the same. */
const writing =
  (lasted: number, { units }: TimelineWords) =>
  (time: number) =>
    `${lasted < 1e-5 ? grouped(time.toFixed(9)) : lasted < 0.01 ? time.toFixed(6) : tableSeconds(time)}\u00a0${units.s}`

function ofBar(store: RunStore, { span, task, more }: Spot, words: TimelineWords): Tip {
  const { tooltip, ends, units } = words
  const row = store.task(task)
  const lines: Line[] = []
  const lasted = span === null ? 1 : store.spans.lengthOf(span, store.now)
  const seconds = writing(lasted, words)
  if (span !== null) {
    const open = store.spans.isOpen(span)
    const what = store.labelOf(span)
    lines.push([tooltip.from, seconds(store.spans.start.get(span))])
    lines.push([tooltip.to, open ? tooltip.still : seconds(store.spans.endAt(span, store.now))])
    lines.push([tooltip.lasted, prose(lasted, units)])
    const waits = states[store.spans.state.get(span)] === 'waiting'
    if (what !== '') lines.push([waits ? tooltip.waitsFor : tooltip.does, words.wire(what)])
  }
  if (row.end !== null) {
    const time = row.finished === null ? '' : ` ${seconds(row.finished)}`
    lines.push([tooltip.end, `${ends[row.end]}${time}`, row.end === 'failed'])
  }
  if (row.error !== '') lines.push([tooltip.error, words.wire(row.error), true])
  const kind = span === null ? null : words.states[states[store.spans.state.get(span)]!]
  return { title: store.nameOf(task), kind, lines, below: more > 0 ? [tooltip.more(more)] : [] }
}

function ofMarks(store: RunStore, markers: readonly [Marker, ...Marker[]], words: TimelineWords): Tip {
  const { tooltip, units } = words
  const [marker] = markers
  const { kind, seconds, task, text, lane } = marker
  if (markers.length > 1) return ofManyMarks(store, markers, words)
  const lines: Line[] = [[tooltip.at, `${tableSeconds(seconds)}\u00a0${units.s}`]]
  const name = task === null ? '' : store.nameOf(task)
  if (name !== '') lines.push([tooltip.task, name])
  if (text !== '' && text !== name) lines.push([tooltip.says, text, kind === 'retry'])
  const after = afterItsEnd(store, marker)
  if (after !== null) lines.push([after >= 0 ? tooltip.after : tooltip.before, prose(Math.abs(after), units)])
  return { title: markOf(marker, words), kind: store.lanes[lane]?.name ?? null, lines, below: [] }
}

const markOf = ({ kind }: Marker, { marks }: TimelineWords) =>
  kind === 'loopStart' || kind === 'loopStop' ? marks.loopLife : marks[kind]

/** Lines of a tooltip; more are counted. */
const listed = 8

/** What is drawn as one: each with its time. */
function ofManyMarks(store: RunStore, markers: readonly [Marker, ...Marker[]], words: TimelineWords): Tip {
  const { tooltip, units } = words
  const [first] = markers
  const alike = markers.every(({ kind }) => kind === first.kind)
  const lines = markers.slice(0, listed).map((marker): Line => {
    const name = marker.task === null ? '' : store.nameOf(marker.task)
    const parts = [alike ? '' : markOf(marker, words), name, marker.text === name ? '' : marker.text]
    return [
      `${tableSeconds(marker.seconds)}\u00a0${units.s}`,
      parts.filter((part) => part !== '').join(': '),
      marker.kind === 'retry',
    ]
  })
  const more = markers.length - lines.length
  return {
    title: alike ? `${markOf(first, words)} ×${markers.length}` : tooltip.marksHere(markers.length),
    kind: store.lanes[first.lane]?.name ?? null,
    lines,
    below: more > 0 ? [tooltip.moreMarks(more)] : [],
  }
}
