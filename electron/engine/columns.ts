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
  length = 0

  constructor(section: S) {
    this.#kinds = Object.entries(sections[section]) as [string, keyof typeof arrays][]
  }

  /** Returns the row's index. */
  push(row: Row<S>): number {
    const index = this.length++
    const at = index % chunkRows
    if (at === 0) this.#chunks.push(this.#newChunk(index === 0 ? firstRows : chunkRows))
    else if (index < chunkRows && index >= firstRows && (index & (index - 1)) === 0)
      this.#chunks[0] = this.#doubled(this.#chunks[0]!, index)
    const chunk = this.#chunks.at(-1)!
    for (const name in row) chunk[name]![at] = row[name as keyof Row<S>]
    return index
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

  #newChunk = (rows: number): Record<string, AnyArray> =>
    Object.fromEntries(this.#kinds.map(([name, kind]) => [name, new arrays[kind](rows)]))

  #doubled(chunk: Record<string, AnyArray>, rows: number): Record<string, AnyArray> {
    const larger = this.#newChunk(2 * rows)
    for (const [name] of this.#kinds) larger[name]!.set(chunk[name]!)
    return larger
  }
}
