/**
 * A frame: the part of a run's history that a page has not seen yet, packed in columns. The history is a set of append-only lists; a frame
 * holds a slice of each, so a page that starts at position 0 gets everything and one that fell behind gets what it missed.
 *
 * Layout (little-endian): header of 56 bytes; then for each section in the order of `sections` its columns one after another, each padded to
 * 8 bytes; last the strings as UTF-8 JSON (an array of strings).
 */
import { wrongValue } from './frameValues'
import { failure, type Result, success } from './result'

type Column = 'f64' | 'u32' | 'u16' | 'u8'
const bytesOf: Record<Column, number> = { f64: 8, u32: 4, u16: 2, u8: 1 }

/** Columns of each list. Times are real nanoseconds since the run's zero; `name`, `label`, `text` are indices of strings, 0 = none. */
export const sections = {
  /** kind: laneKinds. */
  lanes: { name: 'u32', kind: 'u8' },
  /** lane: the lane that the task runs on. target: the function that it runs. parent: the task that made it, 0xffffffff = none. */
  tasks: { name: 'u32', target: 'u32', parent: 'u32', lane: 'u16' },
  /** One segment of one task in one state. end is NaN while it is open. label says what it waits for. state: states. */
  spans: { start: 'f64', end: 'f64', task: 'u32', label: 'u32', lane: 'u16', state: 'u8' },
  /** Ends of spans that were open when first listed. */
  closings: { end: 'f64', span: 'u32' },
  /** time is NaN for pending, but for that of a worker elsewhere, of which no more was heard then. earliest < time where the end is only known to lie between them. end: ends. text: the error of a failed task. */
  ends: { time: 'f64', earliest: 'f64', task: 'u32', text: 'u32', end: 'u8' },
  /** kind: markerKinds. task: the task it is about, 0xffffffff = none. */
  markers: { time: 'f64', task: 'u32', text: 'u32', lane: 'u16', kind: 'u8' },
  /** A printed line. task: that printed it, 0xffffffff = none. */
  outputs: { time: 'f64', text: 'u32', task: 'u32', lane: 'u16' },
  /** A number that changes in steps, for example the length of a queue. */
  levels: { time: 'f64', value: 'f64', name: 'u32', lane: 'u16' },
  /**
   * `count` tasks from `task` on came from a queue with one reply, at `time`. pushed: when they were put into the queue, by the clock of who did so; NaN =
   * not known. envelope: envelopeKinds.
   */
  claims: { time: 'f64', pushed: 'f64', task: 'u32', count: 'u32', envelope: 'u8' },
  /** Of `count` tasks from `task` on the queue's server was told at `sent` that they have ended, and answered at `time`. how: settlements. */
  settlements: { time: 'f64', sent: 'f64', task: 'u32', count: 'u32', how: 'u8' },
  /** Marks of this lane's thread that were lost between two moments. */
  losses: { from: 'f64', until: 'f64', count: 'u32', lane: 'u16' },
} as const satisfies Record<string, Record<string, Column>>

export type SectionName = keyof typeof sections
export const sectionNames = Object.keys(sections) as SectionName[]
type ArrayOf<C extends Column> = C extends 'f64'
  ? Float64Array
  : C extends 'u32'
    ? Uint32Array
    : C extends 'u16'
      ? Uint16Array
      : Uint8Array
/** Typed arrays of equal length, one for each column of the section. */
export type Columns<S extends SectionName> = { [K in keyof (typeof sections)[S]]: ArrayOf<(typeof sections)[S][K] & Column> }
/** A slice of one list: `first` is the index of its first row in the run's list. */
export type Slice<S extends SectionName> = { first: number; count: number; columns: Columns<S> }

export interface Frame {
  readonly run: number
  /** Counts frames of one line over all runs, from 1. Acknowledged by the page. */
  readonly sequence: number
  /** When the frame was made, real nanoseconds since the run's zero: open spans reach at least to here. */
  readonly now: number
  /** The same moment on the wall clock, ms since 1970, to measure how long frames travel. */
  readonly sentAt: number
  readonly dropped: number
  readonly marks: number
  readonly slices: { readonly [S in SectionName]: Slice<S> }
  /** String 0 is always ''. */
  readonly firstString: number
  readonly strings: readonly string[]
}

export const none = 0xffffffff
const magic = 0x3146534c // "LSF1"
const headerBytes = 56
const version = 2
/** In whole numbers of any size: what a header claims may be more than 32 bits. */
const pad = (n: number) => Math.ceil(n / 8) * 8
/** A frame larger than this is not ours. */
export const maxFrameBytes = 64 * 1024 * 1024

export function encodeFrame(frame: Frame): Uint8Array {
  const text = encodeUtf8(JSON.stringify(frame.strings))
  let size = headerBytes + sectionNames.length * 8
  for (const name of sectionNames) {
    for (const column of Object.values<Column>(sections[name])) size += pad(bytesOf[column] * frame.slices[name].count)
  }
  const bytes = new Uint8Array(size + text.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint16(4, version, true)
  view.setUint32(8, frame.run, true)
  view.setUint32(12, frame.sequence, true)
  view.setFloat64(16, frame.now, true)
  view.setFloat64(24, frame.sentAt, true)
  view.setUint32(32, frame.dropped, true)
  view.setUint32(36, frame.firstString, true)
  view.setUint32(40, text.length, true)
  view.setFloat64(48, frame.marks, true)
  let at = headerBytes
  for (const name of sectionNames) {
    view.setUint32(at, frame.slices[name].first, true)
    view.setUint32(at + 4, frame.slices[name].count, true)
    at += 8
  }
  for (const name of sectionNames) {
    const { count, columns } = frame.slices[name]
    for (const [key, column] of Object.entries<Column>(sections[name])) {
      const array = (columns as Record<string, Float64Array | Uint32Array | Uint16Array | Uint8Array>)[key]!
      bytes.set(new Uint8Array(array.buffer, array.byteOffset, bytesOf[column] * count), at)
      at += pad(bytesOf[column] * count)
    }
  }
  bytes.set(text, at)
  return bytes
}

/** Bytes from outside → frame, or what is wrong with them. The columns are views of a copy of the bytes. */
export function decodeFrame(data: Uint8Array): Result<Frame> {
  if (data.byteLength < headerBytes + sectionNames.length * 8) return failure(`frame: ${data.byteLength} bytes are too short`)
  if (data.byteLength > maxFrameBytes) return failure(`frame: ${data.byteLength} bytes are too long`)
  // Columns need 8-byte alignment, which a view into a larger buffer does not promise.
  const bytes = data.byteOffset % 8 === 0 ? data : data.slice()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== magic) return failure('frame: not a Loopscope frame')
  if (view.getUint16(4, true) !== version) return failure(`frame: version ${view.getUint16(4, true)}, this page reads ${version}`)
  const textLength = view.getUint32(40, true)
  const slices: Record<string, { first: number; count: number; columns: Record<string, unknown> }> = {}
  let at = headerBytes
  let size = headerBytes + sectionNames.length * 8
  for (const name of sectionNames) {
    const count = view.getUint32(at + 4, true)
    slices[name] = { first: view.getUint32(at, true), count, columns: {} }
    at += 8
    for (const column of Object.values<Column>(sections[name])) size += pad(bytesOf[column] * count)
  }
  if (size + textLength !== bytes.byteLength)
    return failure(`frame: ${bytes.byteLength} bytes, its header says ${size + textLength}`)
  for (const name of sectionNames) {
    const slice = slices[name]!
    for (const [key, column] of Object.entries<Column>(sections[name])) {
      slice.columns[key] = arrayAt(column, bytes.buffer, bytes.byteOffset + at, slice.count)
      at += pad(bytesOf[column] * slice.count)
    }
  }
  const strings = parseStrings(bytes.subarray(at, at + textLength))
  if (!strings) return failure('frame: its strings are not an array of strings')
  const frame: Frame = {
    run: view.getUint32(8, true),
    sequence: view.getUint32(12, true),
    now: view.getFloat64(16, true),
    sentAt: view.getFloat64(24, true),
    dropped: view.getUint32(32, true),
    marks: view.getFloat64(48, true),
    firstString: view.getUint32(36, true),
    strings,
    slices: slices as unknown as Frame['slices'],
  }
  const wrong = wrongValue(frame)
  return wrong === null ? success(frame) : failure(`frame: ${wrong}`)
}

function arrayAt(column: Column, buffer: ArrayBufferLike, offset: number, count: number) {
  switch (column) {
    case 'f64':
      return new Float64Array(buffer, offset, count)
    case 'u32':
      return new Uint32Array(buffer, offset, count)
    case 'u16':
      return new Uint16Array(buffer, offset, count)
    case 'u8':
      return new Uint8Array(buffer, offset, count)
  }
}

// Neither DOM nor Node types are known here, and both runtimes have these two.
declare class TextEncoder {
  encode(text: string): Uint8Array
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string
}
const encodeUtf8 = (text: string) => new TextEncoder().encode(text)

function parseStrings(bytes: Uint8Array): string[] | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
  return Array.isArray(parsed) && parsed.every((s) => typeof s === 'string') ? parsed : null
}
