/** The part of a run that was made at one go: rows that follow those of the piece before, as a frame has them. */
import { type Columns, type Frame, none, type SectionName, type Slice, sectionNames, sections } from '#protocol/frame'

/** `now`: ns since the run's zero up to which it is known. */
export type Piece = Pick<Frame, 'slices' | 'strings' | 'firstString' | 'now'>

const arrays = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array }
type AnyArray = Float64Array | Uint32Array | Uint16Array | Uint8Array
type Row<S extends SectionName> = Columns<S> extends infer C ? { readonly [K in keyof C]: number } : never

/** Rows of one list that have not been taken yet. */
class Rows<S extends SectionName> {
  private readonly kinds: [string, keyof typeof arrays][]
  private columns: Record<string, AnyArray> = {}
  private room = 0
  private first = 0
  private count = 0

  constructor(section: S) {
    this.kinds = Object.entries(sections[section]) as [string, keyof typeof arrays][]
  }

  /** Rows of all pieces so far. */
  get length(): number {
    return this.first + this.count
  }

  push(row: Row<S>): number {
    if (this.count === this.room) this.grow()
    const at = this.count++
    for (const name in row) this.columns[name]![at] = row[name as keyof Row<S>] as number
    return this.first + at
  }

  /** False: that row has been taken already. */
  set(column: keyof Row<S> & string, index: number, value: number): boolean {
    if (index < this.first) return false
    this.columns[column]![index - this.first] = value
    return true
  }

  take(): Slice<S> {
    const { first, count } = this
    const columns = Object.fromEntries(this.kinds.map(([name]) => [name, this.columns[name]?.slice(0, count)]))
    this.first += count
    this.count = 0
    if (this.room === 0) for (const [name, kind] of this.kinds) columns[name] = new arrays[kind](0)
    return { first, count, columns: columns as unknown as Columns<S> }
  }

  private grow(): void {
    this.room = Math.max(64, 2 * this.room)
    for (const [name, kind] of this.kinds) {
      const larger = new arrays[kind](this.room)
      larger.set(this.columns[name] ?? [])
      this.columns[name] = larger
    }
  }
}

export class PieceWriter {
  readonly lanes = new Rows('lanes')
  readonly tasks = new Rows('tasks')
  readonly spans = new Rows('spans')
  readonly closings = new Rows('closings')
  readonly ends = new Rows('ends')
  readonly markers = new Rows('markers')
  readonly outputs = new Rows('outputs')
  readonly levels = new Rows('levels')
  readonly claims = new Rows('claims')
  readonly settlements = new Rows('settlements')
  readonly losses = new Rows('losses')
  private strings: string[] = ['']
  private readonly known = new Map<string, number>([['', 0]])
  private firstString = 0

  string(text: string): number {
    const index = this.known.get(text) ?? this.known.size
    if (index === this.known.size) {
      this.known.set(text, index)
      this.strings.push(text)
    }
    return index
  }

  open(task: number, lane: number, state: number, start: number): number {
    return this.spans.push({ start, end: Number.NaN, task, label: 0, lane, state })
  }

  /** In the span's own row, as long as that has not gone. */
  close(span: number, end: number): void {
    if (!this.spans.set('end', span, end)) this.closings.push({ end, span })
  }

  marker(kind: number, time: number, lane: number, task: number | null, text: string): void {
    this.markers.push({ time, task: task ?? none, text: this.string(text), lane, kind })
  }

  take(now: number): Piece {
    const { strings, firstString } = this
    this.firstString += strings.length
    this.strings = []
    const slices = Object.fromEntries(sectionNames.map((name) => [name, this[name].take()])) as unknown as Frame['slices']
    return { slices, strings, firstString, now }
  }
}
