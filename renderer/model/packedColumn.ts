/**
 * Columns of numbers that lie near their neighbours, as times, tasks and names of a run do: 4,096 values in a chunk are kept as what they are over the chunk's
 * base, in the fewest bytes of one, two, four or eight in which all of them are exact. A chunk is widened when a value comes that does not fit.
 */
const bits = 12
const chunkLength = 1 << bits
const firstLength = 16
const mask = chunkLength - 1

type Values = Uint8Array | Uint16Array | Uint32Array | Float64Array
/** From the narrowest. The last takes any number as it is. */
const widths = [Uint8Array, Uint16Array, Uint32Array, Float64Array] as const
const exact = widths.length - 1

/** What a loop over many neighbours reads; value `i` is at `i & 4095`. */
export interface PackedChunk {
  readonly values: Values
  /** What is added to a value; NaN: no value has come yet. */
  readonly base: number
  /** Stands for what is missing. Where values are as they are, nothing does: NaN, which equals nothing. */
  readonly missing: number
}

interface Chunk extends PackedChunk {
  values: Values
  base: number
  /** Place in `widths`. */
  width: number
  missing: number
}

/** Which chunk a value is in, and where in it. */
export const chunkNumber = (index: number) => index >>> bits
export const inPackedChunk = (index: number) => index & mask

/** The highest value, which is `missing`. */
const room = (width: number) => (width === exact ? Infinity : 256 ** (1 << width) - 1)
/** Of its room; beyond it each new value would move the base. */
const mostTaken = 0.75

export class PackedColumn {
  private readonly chunks: Chunk[] = []
  private used = 0

  /** `narrowest`: place in `widths` with which a chunk begins. `missing`: a value that is nowhere near the others, as NaN or `none`. */
  constructor(
    private readonly narrowest: number,
    private readonly missing: number,
  ) {}

  get length(): number {
    return this.used
  }

  get(index: number): number {
    const { values, base, missing } = this.chunks[index >>> bits]!
    const value = values[index & mask]!
    return value === missing ? this.missing : base + value
  }

  chunkOf(index: number): PackedChunk {
    return this.chunks[index >>> bits]!
  }

  push(value: number): void {
    const at = this.used & mask
    let chunk = this.chunks[this.used >>> bits]
    if (chunk === undefined || at === chunk.values.length) chunk = this.grow(chunk)
    this.used++
    this.put(chunk, at, value, at)
  }

  set(index: number, value: number): void {
    const chunk = index >>> bits
    this.put(this.chunks[chunk]!, index & mask, value, Math.min(chunkLength, this.used - (chunk << bits)))
  }

  /** Bytes that the values take. */
  get bytes(): number {
    return this.chunks.reduce((sum, { values }) => sum + values.byteLength, 0)
  }

  /** `count`: values that the chunk has, this one aside if it is new. */
  private put(chunk: Chunk, at: number, value: number, count: number): void {
    if (chunk.width === exact) {
      chunk.values[at] = value
      return
    }
    if (Object.is(value, this.missing)) {
      chunk.values[at] = chunk.missing
      return
    }
    const over = value - chunk.base
    const fits = over >= 0 && over < chunk.missing && Number.isSafeInteger(value)
    if (!fits) widen(chunk, value, count, this.missing)
    chunk.values[at] = fits ? over : value - chunk.base
  }

  private grow(full: Chunk | undefined): Chunk {
    if (full) {
      const grown = new widths[full.width]!(2 * full.values.length)
      grown.set(full.values)
      full.values = grown
      return full
    }
    const length = this.chunks.length === 0 ? firstLength : chunkLength
    const width = this.narrowest
    const chunk = { values: new widths[width]!(length), base: Number.NaN, width, missing: room(width) }
    this.chunks.push(chunk)
    return chunk
  }
}

/** So that one value more fits; those to come lie on both sides of what is there, most of them above. */
function widen(chunk: Chunk, value: number, count: number, asMissing: number): void {
  const { values, base, missing } = chunk
  let low = value
  let high = value
  let whole = Number.isSafeInteger(value)
  for (let i = 0; i < count; i++) {
    if (values[i] === missing) continue
    const one = base + values[i]!
    if (one < low) low = one
    if (one > high) high = one
    whole = whole && Number.isSafeInteger(one)
  }
  while (chunk.width < exact && !(whole && high - low < room(chunk.width) * mostTaken)) chunk.width++
  const isExact = chunk.width === exact
  chunk.base = isExact ? 0 : low - Math.floor((room(chunk.width) - (high - low)) / 4)
  chunk.missing = isExact ? Number.NaN : room(chunk.width)
  chunk.values = new widths[chunk.width]!(values.length)
  const none = isExact ? asMissing : chunk.missing
  for (let i = 0; i < count; i++) chunk.values[i] = values[i] === missing ? none : base + values[i]! - chunk.base
}

/** Times in nanoseconds, NaN for none. */
export const packedTimes = () => new PackedColumn(2, Number.NaN)
/** Lengths of time in nanoseconds, and sums of them. */
export const packedLengths = (missing: number) => new PackedColumn(2, missing)
export const packedBytes = (missing: number) => new PackedColumn(0, missing)
export const packedWords = (missing: number) => new PackedColumn(1, missing)
