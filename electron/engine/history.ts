/** All that is known of one run, exactly and for as long as the run is kept: pages, files and documents read it. */
import { type Frame, none, type SectionName, sectionNames } from '#protocol/frame'
import type { End, LaneKind, MarkerKind, State } from '#protocol/vocabulary'
import { endCode, laneCode, markerCode, stateCode } from '#protocol/vocabulary'
import { ColumnList } from './columns'

/** Beyond it a run's further marks are counted as dropped, and the run says so. */
export const maxSpans = 5_000_000
/**
 * Of one frame: rows of all lists together and characters of strings. A page takes so many rows in a few milliseconds, and draws between two
 * frames; longer ones would be seen as a jerk.
 */
const frameLimits = { rows: 8192, characters: 1_000_000 }

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
  claims: 0,
  settlements: 0,
  losses: 0,
  strings: 0,
})

export class History {
  readonly lanes = new ColumnList('lanes')
  readonly tasks = new ColumnList('tasks')
  readonly spans = new ColumnList('spans')
  readonly closings = new ColumnList('closings')
  readonly ends = new ColumnList('ends')
  readonly markers = new ColumnList('markers')
  readonly outputs = new ColumnList('outputs')
  readonly levels = new ColumnList('levels')
  readonly claims = new ColumnList('claims')
  readonly settlements = new ColumnList('settlements')
  readonly losses = new ColumnList('losses')
  readonly strings: string[] = ['']
  readonly #stringIndex = new Map<string, number>([['', 0]])
  /**
   * Where frames of what came earlier end, in order. A page that gets it later gets it as it came: an end that went before the spans of its task
   * would send the page to place half of the run anew.
   */
  readonly #cuts: Position[] = []
  readonly #sinceCut = { rows: 0, characters: 0 }
  dropped = 0
  marks = 0

  constructor(readonly limits = frameLimits) {}

  /** Before rows are added, and the strings that they name. */
  #before(rows: number): void {
    const since = this.#sinceCut
    if (since.rows > 0 && (since.rows + rows > this.limits.rows || since.characters >= this.limits.characters)) {
      this.#cuts.push(this.#end())
      since.rows = 0
      since.characters = 0
    }
    since.rows += rows
  }

  #end(): Position {
    const lengths = sectionNames.map((name) => [name, this[name].length])
    return { ...(Object.fromEntries(lengths) as Omit<Position, 'strings'>), strings: this.strings.length }
  }

  string(text: string): number {
    const known = this.#stringIndex.get(text)
    if (known !== undefined) return known
    this.#sinceCut.characters += text.length
    const index = this.strings.push(text) - 1
    this.#stringIndex.set(text, index)
    return index
  }

  addLane(name: string, kind: LaneKind): number {
    this.#before(1)
    return this.lanes.push({ name: this.string(name), kind: laneCode[kind] })
  }
  /** `parent`: the index of a task that is listed already. */
  addTask(name: string, lane: number, target: string, parent: number | null): number {
    this.#before(1)
    return this.tasks.push({ name: this.string(name), target: this.string(target), parent: parent ?? none, lane })
  }

  openSpan(task: number, lane: number, state: State, start: number, label: string): number {
    this.#before(1)
    return this.spans.push({ start, end: Number.NaN, task, lane, state: stateCode[state], label: this.string(label) })
  }
  addClosedSpan(task: number, lane: number, state: State, start: number, end: number, label: string): void {
    this.#before(1)
    this.spans.push({ start, end, task, lane, state: stateCode[state], label: this.string(label) })
  }
  closeSpan(span: number, end: number): void {
    this.#before(1)
    this.spans.set('end', span, end)
    this.closings.push({ span, end })
  }
  /** `time` NaN for pending. */
  addEnd(task: number, end: End, time: number, earliest: number, error: string): void {
    this.#before(1)
    this.ends.push({ task, end: endCode[end], time, earliest, text: this.string(error) })
  }
  addMarker(kind: MarkerKind, time: number, lane: number, task: number | null, text: string): void {
    this.#before(1)
    this.markers.push({ kind: markerCode[kind], time, lane, task: task ?? none, text: this.string(text) })
  }
  addOutput(time: number, lane: number, task: number | null, text: string): void {
    this.#before(1)
    this.outputs.push({ time, lane, task: task ?? none, text: this.string(text) })
  }
  addLevel(time: number, lane: number, name: string, value: number): void {
    this.#before(1)
    this.levels.push({ time, lane, name: this.string(name), value })
  }
  /** Of `count` tasks from index `task` on; `pushed` NaN: not known. `envelope`: its code. */
  addClaim(task: number, count: number, time: number, pushed: number, envelope: number): void {
    this.#before(1)
    this.claims.push({ task, count, time, pushed, envelope })
  }
  addSettlement(task: number, count: number, time: number, sent: number, how: number): void {
    this.#before(1)
    this.settlements.push({ task, count, time, sent, how })
  }
  addLoss(from: number, until: number, lane: number, count: number): void {
    this.#before(1)
    this.losses.push({ from, until, lane, count })
  }

  /** Takes what was made elsewhere; its rows and strings follow those that are here. */
  append({ slices, strings, firstString }: Pick<Frame, 'slices' | 'strings' | 'firstString'>): void {
    this.#before(sectionNames.reduce((rows, name) => rows + slices[name].count, 0))
    for (const text of strings.slice(this.strings.length - firstString)) this.string(text)
    for (const name of sectionNames) (this[name] as ColumnList<SectionName>).append(slices[name])
    const { span, end } = slices.closings.columns
    for (let i = 0; i < span.length; i++) this.spans.set('end', span[i]!, end[i]!)
  }

  /** Everything that is open ends now: what is on a loop is left pending, all else is killed. */
  endAll(now: number): void {
    const { lanes, spans } = this
    for (let span = 0; span < spans.length; span++) {
      if (!Number.isNaN(spans.get('end', span))) continue
      const task = spans.get('task', span)
      const isOnLoop = lanes.get('kind', spans.get('lane', span)) === laneCode.loop
      this.closeSpan(span, now)
      if (isOnLoop) this.addEnd(task, 'pending', Number.NaN, Number.NaN, '')
      else this.addEnd(task, 'killed', now, now, '')
    }
  }

  /** Whether a page at `position` has all there is. */
  isRead = (position: Position): boolean =>
    position.strings === this.strings.length && sectionNames.every((name) => position[name] === this[name].length)

  /**
   * What follows `position`, and moves it on. Closings of spans that are in the same frame are sent too; they say what the span's own row says
   * and do no harm.
   */
  read(position: Position): Pick<Frame, 'slices' | 'strings' | 'firstString'> {
    const until = this.#cutAfter(position)
    const { strings: firstString } = position
    const strings = this.strings.slice(firstString, until.strings)
    const slices = Object.fromEntries(
      sectionNames.map((name) => [name, this[name].slice(position[name], until[name] - position[name])]),
    ) as unknown as Frame['slices']
    Object.assign(position, until)
    return { slices, strings, firstString }
  }

  /** All there is, where no cut follows. */
  #cutAfter(position: Position): Position {
    const cuts = this.#cuts
    const rows = rowsOf(position)
    let low = 0
    let high = cuts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (rowsOf(cuts[middle]!) > rows) high = middle
      else low = middle + 1
    }
    return cuts[low] ?? this.#end()
  }
}

const rowsOf = (position: Position) => sectionNames.reduce((sum, name) => sum + position[name], 0)
