/**
 * Frames for tests of the page, from a description that can be read: times in real seconds, lanes and tasks by name. They pass through
 * encodeFrame and decodeFrame, so that what the page gets is what the wire gives.
 */
import {
  type Columns,
  decodeFrame,
  encodeFrame,
  type Frame,
  none,
  type SectionName,
  sectionNames,
  sections,
} from '../../electron/protocol/frame'
import {
  type End,
  type EnvelopeKind,
  endCode,
  envelopeCode,
  type LaneKind,
  laneCode,
  type MarkerKind,
  markerCode,
  type Settlement,
  type State,
  settlementCode,
  stateCode,
} from '../../electron/protocol/vocabulary'

type Row<S extends SectionName> = { -readonly [K in keyof (typeof sections)[S]]: number }
export type Rows = { [S in SectionName]: Row<S>[] }

/** Everything of a run that frames carry, as lists of rows. */
export class History {
  readonly strings = ['']
  readonly rows: Rows = {
    lanes: [],
    tasks: [],
    spans: [],
    closings: [],
    ends: [],
    markers: [],
    outputs: [],
    levels: [],
    claims: [],
    settlements: [],
    losses: [],
  }
  private readonly laneIndex = new Map<string, number>()
  private readonly taskIndex = new Map<string, number>()

  lane(name: string, kind: LaneKind): this {
    this.laneIndex.set(name, this.rows.lanes.push({ name: this.text(name), kind: laneCode[kind] }) - 1)
    return this
  }

  task(name: string, lane: string, { target = '', parent }: { target?: string; parent?: string } = {}): this {
    const row = {
      name: this.text(name),
      target: this.text(target),
      parent: parent === undefined ? none : this.taskOf(parent),
      lane: this.laneOf(lane),
    }
    this.taskIndex.set(name, this.rows.tasks.push(row) - 1)
    return this
  }

  /** `to` null: open, unless `close` follows. */
  span(task: string, state: State, from: number, to: number | null, label = ''): this {
    const index = this.taskOf(task)
    this.rows.spans.push({
      start: from * 1e9,
      end: to === null ? Number.NaN : to * 1e9,
      task: index,
      label: this.text(label),
      lane: this.rows.tasks[index]!.lane,
      state: stateCode[state],
    })
    return this
  }

  /** Ends the task's last open span. */
  close(task: string, at: number): this {
    const index = this.taskOf(task)
    const span = this.rows.spans.map((row) => row.task === index && Number.isNaN(row.end)).lastIndexOf(true)
    this.rows.closings.push({ end: at * 1e9, span })
    return this
  }

  end(task: string, end: End, at: number | null, { earliest, error = '' }: { earliest?: number; error?: string } = {}): this {
    const time = at === null ? Number.NaN : at * 1e9
    this.rows.ends.push({
      time,
      earliest: earliest === undefined ? time : earliest * 1e9,
      task: this.taskOf(task),
      text: this.text(error),
      end: endCode[end],
    })
    return this
  }

  marker(kind: MarkerKind, at: number, lane: string, { task, text = '' }: { task?: string; text?: string } = {}): this {
    this.rows.markers.push({
      time: at * 1e9,
      task: task === undefined ? none : this.taskOf(task),
      text: this.text(text),
      lane: this.laneOf(lane),
      kind: markerCode[kind],
    })
    return this
  }

  output(at: number, lane: string, text: string, task?: string): this {
    const by = task === undefined ? none : this.taskOf(task)
    this.rows.outputs.push({ time: at * 1e9, text: this.text(text), task: by, lane: this.laneOf(lane) })
    return this
  }

  level(at: number, lane: string, name: string, value: number): this {
    this.rows.levels.push({ time: at * 1e9, value, name: this.text(name), lane: this.laneOf(lane) })
    return this
  }

  /** Real seconds; `pushed` null: not known. */
  claim(
    task: string,
    at: number,
    pushed: number | null = null,
    envelope: EnvelopeKind = pushed === null ? 'none' : 'timed',
  ): this {
    const before = pushed === null ? Number.NaN : pushed * 1e9
    this.rows.claims.push({ time: at * 1e9, pushed: before, task: this.taskOf(task), count: 1, envelope: envelopeCode[envelope] })
    return this
  }

  settle(task: string, sent: number, at: number, how: Settlement = 'acknowledged'): this {
    this.rows.settlements.push({ time: at * 1e9, sent: sent * 1e9, task: this.taskOf(task), count: 1, how: settlementCode[how] })
    return this
  }

  loss(from: number, until: number, lane: string, count: number): this {
    this.rows.losses.push({ from: from * 1e9, until: until * 1e9, count, lane: this.laneOf(lane) })
    return this
  }

  /** Rows `from` to `to` of each list as one frame; all of it by default. `now` in real seconds. */
  frame({ now = 0, from = {}, to = {}, run = 1, sequence = 1, dropped = 0 }: Cut = {}): Frame {
    const slices: Record<string, unknown> = {}
    for (const name of sectionNames) {
      const first = from[name] ?? 0
      const rows: Record<string, number>[] = this.rows[name].slice(first, to[name])
      slices[name] = { first, count: rows.length, columns: columnsOf(name, rows) }
    }
    const frame = {
      run,
      sequence,
      now: now * 1e9,
      sentAt: 0,
      dropped,
      marks: this.rows.spans.length,
      firstString: from.strings ?? 0,
      strings: this.strings.slice(from.strings ?? 0, to.strings),
      slices: slices as Frame['slices'],
    }
    const decoded = decodeFrame(encodeFrame(frame))
    if (!decoded.ok) throw new Error(decoded.problem)
    return decoded.value
  }

  /** How much of each list there is. */
  lengths(): Lengths {
    const lengths: Lengths = { strings: this.strings.length }
    for (const name of sectionNames) lengths[name] = this.rows[name].length
    return lengths
  }

  private text(text: string): number {
    const known = this.strings.indexOf(text)
    return known >= 0 ? known : this.strings.push(text) - 1
  }

  private laneOf(name: string): number {
    const lane = this.laneIndex.get(name)
    if (lane === undefined) throw new Error(`no lane ${name}`)
    return lane
  }

  private taskOf(name: string): number {
    const task = this.taskIndex.get(name)
    if (task === undefined) throw new Error(`no task ${name}`)
    return task
  }
}

export type Lengths = Partial<Record<SectionName | 'strings', number>>
interface Cut {
  now?: number
  from?: Lengths
  to?: Lengths
  run?: number
  sequence?: number
  dropped?: number
}

function columnsOf<S extends SectionName>(name: S, rows: readonly Record<string, number>[]): Columns<S> {
  const columns: Record<string, unknown> = {}
  for (const [key, type] of Object.entries(sections[name]) as [string, keyof typeof arrays][]) {
    columns[key] = new arrays[type](rows.map((row) => row[key]!))
  }
  return columns as Columns<S>
}

const arrays = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array }
