/**
 * Columns that only grow. A chunk holds 65,536 values: growing allocates half a megabyte at most and copies nothing, where doubling one array
 * of five million values pauses for 30 ms (resizable buffers would do it, too, but Electron 22 has none). Only the first chunk doubles until it
 * is full, for a run may have thousands of short rows.
 */
const bits = 16
const chunkLength = 1 << bits
const firstLength = 16
const mask = chunkLength - 1

export const inChunkOf = (index: number) => index & mask

type Chunk = Float64Array | Uint32Array | Uint16Array | Uint8Array

export class Column<C extends Chunk> {
  private readonly chunks: C[] = []
  private used = 0

  constructor(private readonly make: (length: number) => C) {}

  get length(): number {
    return this.used
  }

  get(index: number): number {
    return this.chunks[index >>> bits]![index & mask]!
  }

  /** Where a value stands with its neighbours: at `inChunkOf(index)`. */
  chunkOf(index: number): C {
    return this.chunks[index >>> bits]!
  }

  set(index: number, value: number): void {
    this.chunks[index >>> bits]![index & mask] = value
  }

  push(value: number): void {
    const at = this.used & mask
    let chunk = this.chunks[this.used >>> bits]
    if (chunk === undefined || at === chunk.length) chunk = this.grow(chunk)
    chunk[at] = value
    this.used++
  }

  private grow(full: C | undefined): C {
    const first = this.used < chunkLength
    const chunk = this.make(first ? (full ? 2 * full.length : firstLength) : chunkLength)
    if (first && full) chunk.set(full)
    this.chunks[this.used >>> bits] = chunk
    return chunk
  }

  /** Forgets what stands at `length` and after; chunks stay for the next push. */
  truncate(length: number): void {
    this.used = Math.min(this.used, length)
  }
}

/** A column of which most values are the same: a chunk is only made where one is not. */
export class SparseColumn<C extends Chunk> {
  private readonly chunks: (C | undefined)[] = []
  private used = 0

  constructor(
    private readonly make: (length: number) => C,
    private readonly usual: number,
  ) {}

  get(index: number): number {
    return this.chunks[index >>> bits]?.[index & mask] ?? this.usual
  }

  set(index: number, value: number): void {
    const chunk = this.chunks[index >>> bits]
    if (chunk) chunk[index & mask] = value
    else if (!Object.is(value, this.usual)) {
      const made = this.make(chunkLength).fill(this.usual) as C
      made[index & mask] = value
      this.chunks[index >>> bits] = made
    }
  }

  push(value: number): void {
    this.set(this.used++, value)
  }
}

export const uint32 = () => new Column((length) => new Uint32Array(length))
export const uint8 = () => new Column((length) => new Uint8Array(length))

export const sparseUint32 = (usual: number) => new SparseColumn((length) => new Uint32Array(length), usual)

/** First index in [from, to) for which `is` holds; `is` must be false up to some index and true from there. `to` if none. */
export function firstWhere(from: number, to: number, is: (index: number) => boolean): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (is(middle)) high = middle
    else low = middle + 1
  }
  return low
}
