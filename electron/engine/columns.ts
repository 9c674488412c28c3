/** Append-only lists in columns, kept in chunks: growing by doubling would copy for 31 ms at five million rows. */
import { type Columns, type SectionName, type Slice, sections } from '#protocol/frame'

const chunkRows = 65_536
/** The first chunk begins so small and doubles, since most runs are small. */
const firstRows = 256
const arrays = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array }
type AnyArray = Float64Array | Uint32Array | Uint16Array | Uint8Array
type Row<S extends SectionName> = { [K in keyof (typeof sections)[S]]: number }

export class ColumnList<S extends SectionName> {
  readonly #chunks: Record<string, AnyArray>[] = []
  readonly #kinds: [string, keyof typeof arrays][]
  /** Rows for which the first chunk has room. */
  #firstRoom = 0
  length = 0

  constructor(section: S) {
    this.#kinds = Object.entries(sections[section]) as [string, keyof typeof arrays][]
  }

  /** Returns the row's index. */
  push(row: Row<S>): number {
    const index = this.length++
    const chunk = this.#chunkFor(index, 1)
    for (const name in row) chunk[name]![index % chunkRows] = row[name as keyof Row<S>]
    return index
  }

  /** The rows must follow those that are here: throws where they do not. */
  append({ first, count, columns }: Slice<S>): void {
    if (first !== this.length) throw new RangeError(`rows from ${first} on do not follow ${this.length}`)
    for (let done = 0; done < count; ) {
      const at = this.length % chunkRows
      const part = Math.min(count - done, chunkRows - at)
      const chunk = this.#chunkFor(this.length, part)
      for (const [name] of this.#kinds)
        chunk[name]!.set((columns as unknown as Record<string, AnyArray>)[name]!.subarray(done, done + part), at)
      done += part
      this.length += part
    }
  }

  get(column: keyof Row<S> & string, index: number): number {
    return this.#chunks[Math.floor(index / chunkRows)]![column]![index % chunkRows]!
  }
  set(column: keyof Row<S> & string, index: number, value: number): void {
    this.#chunks[Math.floor(index / chunkRows)]![column]![index % chunkRows] = value
  }

  /** A copy of rows `first` … `first + count - 1`, as far as there are any. */
  slice(first: number, count: number): Slice<S> {
    const rows = Math.max(0, Math.min(count, this.length - first))
    const columns: Record<string, AnyArray> = {}
    for (const [name, kind] of this.#kinds) {
      const out = new arrays[kind](rows)
      for (let done = 0; done < rows; ) {
        const at = (first + done) % chunkRows
        const part = Math.min(rows - done, chunkRows - at)
        out.set(this.#chunks[Math.floor((first + done) / chunkRows)]![name]!.subarray(at, at + part), done)
        done += part
      }
      columns[name] = out
    }
    return { first, count: rows, columns: columns as unknown as Columns<S> }
  }

  /** With room for `rows` from row `index` on, all of which are in it. */
  #chunkFor(index: number, rows: number): Record<string, AnyArray> {
    const place = Math.floor(index / chunkRows)
    if (place > 0) {
      if (place === this.#chunks.length) this.#chunks.push(this.#newChunk(chunkRows))
      return this.#chunks[place]!
    }
    if (index + rows > this.#firstRoom) {
      this.#firstRoom = Math.max(firstRows, 2 ** Math.ceil(Math.log2(index + rows)))
      this.#chunks[0] = this.#enlarged(this.#chunks[0], this.#firstRoom)
    }
    return this.#chunks[0]!
  }

  #newChunk = (rows: number): Record<string, AnyArray> =>
    Object.fromEntries(this.#kinds.map(([name, kind]) => [name, new arrays[kind](rows)]))

  #enlarged(chunk: Record<string, AnyArray> | undefined, rows: number): Record<string, AnyArray> {
    const larger = this.#newChunk(rows)
    if (chunk) for (const [name] of this.#kinds) larger[name]!.set(chunk[name]!)
    return larger
  }
}
