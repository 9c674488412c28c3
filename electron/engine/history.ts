/** All that is known of one run, exactly and for as long as the run is kept: pages, files and documents read it. */
import { type Frame, none, type SectionName, sectionNames } from '#protocol/frame'
import type { End, LaneKind, MarkerKind, State } from '#protocol/vocabulary'
import { endCode, laneCode, markerCode, stateCode } from '#protocol/vocabulary'
import { ColumnList } from './columns'

/** Beyond it a run's further marks are counted as dropped, and the run says so. */
export const maxSpans = 5_000_000
/** Of one frame: rows of each list (about 1.5 MB, a few milliseconds to send), and characters of strings, far below what a page takes. */
const frameLimits = { rows: 50_000, characters: 4_000_000 }

/** How far one page has read a history: rows of each list, and strings. */
export type Position = Record<keyof Frame['slices'] | 'strings', number>
export const startPosition = (): Position => ({
  lanes: 0,
  tasks: 0,
  spans: 0,
  closings: 0,
  ends: 0,
  markers: 0,
  outputs: 0,
  levels: 0,
  losses: 0,
  strings: 0,
})

/** Which columns point into which list: what a row points at is in its frame or in one before it. */
const pointers: Record<SectionName, Readonly<Record<string, keyof Position>>> = {
  lanes: { name: 'strings' },
  // A parent is always listed before its children.
  tasks: { name: 'strings', target: 'strings', lane: 'lanes' },
  spans: { task: 'tasks', lane: 'lanes', label: 'strings' },
  closings: { span: 'spans' },
  ends: { task: 'tasks', text: 'strings' },
  markers: { task: 'tasks', lane: 'lanes', text: 'strings' },
  outputs: { task: 'tasks', lane: 'lanes', text: 'strings' },
  levels: { lane: 'lanes', name: 'strings' },
  losses: { lane: 'lanes' },
}

export class History {
  readonly lanes = new ColumnList('lanes')
  readonly tasks = new ColumnList('tasks')
  readonly spans = new ColumnList('spans')
  readonly closings = new ColumnList('closings')
  readonly ends = new ColumnList('ends')
  readonly markers = new ColumnList('markers')
  readonly outputs = new ColumnList('outputs')
  readonly levels = new ColumnList('levels')
  readonly losses = new ColumnList('losses')
  readonly strings: string[] = ['']
  readonly #stringIndex = new Map<string, number>([['', 0]])
  dropped = 0
  marks = 0

  string(text: string): number {
    const known = this.#stringIndex.get(text)
    if (known !== undefined) return known
    const index = this.strings.push(text) - 1
    this.#stringIndex.set(text, index)
    return index
  }

  addLane = (name: string, kind: LaneKind) => this.lanes.push({ name: this.string(name), kind: laneCode[kind] })
  /** `parent`: the index of a task that is listed already. */
  addTask = (name: string, lane: number, target: string, parent: number | null) =>
    this.tasks.push({ name: this.string(name), target: this.string(target), parent: parent ?? none, lane })

  openSpan(task: number, lane: number, state: State, start: number, label: string): number {
    return this.spans.push({ start, end: Number.NaN, task, lane, state: stateCode[state], label: this.string(label) })
  }
  addClosedSpan(task: number, lane: number, state: State, start: number, end: number, label: string): void {
    this.spans.push({ start, end, task, lane, state: stateCode[state], label: this.string(label) })
  }
  closeSpan(span: number, end: number): void {
    this.spans.set('end', span, end)
    this.closings.push({ span, end })
  }
  /** `time` NaN for pending. */
  addEnd(task: number, end: End, time: number, earliest: number, error: string): void {
    this.ends.push({ task, end: endCode[end], time, earliest, text: this.string(error) })
  }
  addMarker(kind: MarkerKind, time: number, lane: number, task: number | null, text: string): void {
    this.markers.push({ kind: markerCode[kind], time, lane, task: task ?? none, text: this.string(text) })
  }
  addOutput(time: number, lane: number, task: number | null, text: string): void {
    this.outputs.push({ time, lane, task: task ?? none, text: this.string(text) })
  }
  addLevel(time: number, lane: number, name: string, value: number): void {
    this.levels.push({ time, lane, name: this.string(name), value })
  }
  addLoss(from: number, until: number, lane: number, count: number): void {
    this.losses.push({ from, until, lane, count })
  }

  /** Whether a page at `position` has all there is. */
  isRead = (position: Position): boolean =>
    position.strings === this.strings.length && sectionNames.every((name) => position[name] === this[name].length)

  /**
   * What follows `position`, and moves it on. Closings of spans that are in the same frame are sent too; they say what the span's own row says
   * and do no harm.
   */
  read(position: Position, limits = frameLimits): Pick<Frame, 'slices' | 'strings' | 'firstString'> {
    const firstString = position.strings
    const strings = this.strings.slice(firstString, this.#lastString(firstString, limits.characters))
    position.strings += strings.length
    const slices = Object.fromEntries(
      sectionNames.map((name) => {
        const slice = this[name].slice(position[name], this.#sendable(name, position, limits.rows))
        position[name] += slice.count
        return [name, slice]
      }),
    ) as unknown as Frame['slices']
    return { slices, strings, firstString }
  }

  /** Where the strings of a frame that begins with `first` end. */
  #lastString(first: number, most: number): number {
    let characters = 0
    let end = first
    while (end < this.strings.length && characters < most) characters += this.strings[end++]!.length
    return end
  }

  /** How many rows of a list the next frame takes: none that points at what is still to be sent. Lists come in the order of `sectionNames`. */
  #sendable(name: SectionName, position: Position, most: number): number {
    const list: ColumnList<SectionName> = this[name]
    const first = position[name]
    let rows = Math.min(most, list.length - first)
    for (const [column, target] of Object.entries(pointers[name])) {
      const sent = position[target]
      if (sent === this[target].length) continue
      const pointsAhead = (row: number) => {
        const at = list.get(column as never, first + row)
        return at >= sent && at !== none
      }
      for (let row = 0; row < rows; row++) if (pointsAhead(row)) rows = row
    }
    return rows
  }
}
