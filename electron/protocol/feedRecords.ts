/**
 * What a consumer tells of its tasks, as it stands in the stream `events` of its queue: one entry is a frame, `v 1 s <sid> n <number> o <offset>
 * e <error> d <bytes>`. The bytes are records back to back, little-endian: u8 kind, f64 ord, f64 time; where the kind has a text, u8 length and
 * that many bytes of UTF-8. Frames come from anybody who may write to the server.
 */
import type { LocalText } from './catalogue'
import { plainText } from './plainText'
import { failure, type Result, success } from './result'

/**
 * In the order of their numbers on the wire, from 1. claimed: taken from the queue, the text is the item's shown name. failed and buried: the text
 * is the reason. lost: its lease was over, it may run again elsewhere.
 */
export const recordKinds = ['claimed', 'started', 'finished', 'failed', 'lost', 'buried', 'givenBack'] as const
export type RecordKind = (typeof recordKinds)[number]

/** The most bytes of UTF-8 that the text of a record may have; kinds that are not here have none. */
export const textBytes: { readonly [K in RecordKind]?: number } = { claimed: 60, failed: 200, buried: 200 }
const codes = Object.fromEntries(recordKinds.map((kind, i) => [kind, i + 1])) as Record<RecordKind, number>
/** By code; undefined: none. */
const mostText = [undefined, ...recordKinds.map((kind) => textBytes[kind])]
const fixedBytes = 17
const largestRecord = fixedBytes + 1 + 255

export interface FeedRecord {
  readonly kind: RecordKind
  /** The task's number for its whole life. */
  readonly ord: number
  /** µs since 1970 on the worker's clock, which never steps back. */
  readonly time: number
  /** '' where the kind has none. */
  readonly text: string
}

export interface FeedFrame {
  /** The consumer's name on the server, new at each of its connections. */
  readonly sid: string
  /** Of this `sid`, from 1; a gap is a frame that was lost. */
  readonly number: number
  /** The server's clock minus the worker's, µs, and how far off that may be; both null while it is not measured. */
  readonly offset: number | null
  readonly error: number | null
  readonly records: readonly FeedRecord[]
}

/** Collects records; what was collected leaves with `take`. */
export class RecordPacker {
  #bytes = new Uint8Array(4096)
  #view = new DataView(this.#bytes.buffer)
  #length = 0
  /** Records since the last `take`. */
  count = 0

  get length(): number {
    return this.#length
  }

  /** A text that is too long is cut between two characters; it is left out where the kind has none. */
  add(kind: RecordKind, ord: number, time: number, text = ''): void {
    if (this.#length + largestRecord > this.#bytes.length) this.#grow()
    const at = this.#length
    const code = codes[kind]
    this.#bytes[at] = code
    this.#view.setFloat64(at + 1, ord, true)
    this.#view.setFloat64(at + 9, time, true)
    this.#length = at + fixedBytes
    this.count += 1
    const most = mostText[code]
    if (most === undefined) return
    const length = this.#write(text, at + fixedBytes + 1, most)
    this.#bytes[at + fixedBytes] = length
    this.#length += 1 + length
  }

  /** A copy of all records since the last call. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length)
    this.#length = 0
    this.count = 0
    return taken
  }

  /** Most names are a few digits: the encoder's own call costs more than all the rest of a record. */
  #write(text: string, at: number, most: number): number {
    const bytes = this.#bytes
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code >= 0x80) return encoder.encodeInto(text, bytes.subarray(at, at + most)).written
      if (i === most) return most
      bytes[at + i] = code
    }
    return text.length
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length)
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}

/** The `d` of a frame. Texts are as they may be shown: without control characters. */
export function readRecords(bytes: Uint8Array): Result<FeedRecord[], LocalText> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const records: FeedRecord[] = []
  let at = 0
  while (at < bytes.length) {
    const code = view.getUint8(at)
    const kind = recordKinds[code - 1]
    if (kind === undefined) return wrong(at, `${code} is no kind of record`, `${code} 不是记录的种类`)
    if (at + fixedBytes > bytes.length) return wrong(at, 'the record is cut short', '记录不完整')
    const ord = view.getFloat64(at + 1, true)
    const time = view.getFloat64(at + 9, true)
    if (!isCount(ord)) return wrong(at, `${ord} is no number of a task`, `${ord} 不是任务的编号`)
    if (!(time >= 0 && time <= Number.MAX_SAFE_INTEGER)) return wrong(at, `${time} is no time`, `${time} 不是时刻`)
    let text = ''
    let end = at + fixedBytes
    const most = mostText[code]
    if (most !== undefined) {
      const length = bytes[end] ?? 0
      if (end + 1 + length > bytes.length || end === bytes.length) return wrong(at, 'the record is cut short', '记录不完整')
      if (length > most)
        return wrong(
          at,
          `its text has ${length} bytes, and ${most} are the most`,
          `它的文字有 ${length} 个字节，最多只能有 ${most} 个`,
        )
      const read = utf8(bytes.subarray(end + 1, end + 1 + length))
      if (read === null) return wrong(at, 'its text is not UTF-8', '它的文字不是 UTF-8')
      text = plainText(read, most)
      end += 1 + length
    }
    records.push({ kind, ord, time, text })
    at = end
  }
  return success(records)
}

/** `fields`: the names and values of one entry, alternately, as the server gives them. Names that are not known here are passed over. */
export function readFrame(fields: readonly Uint8Array[]): Result<FeedFrame, LocalText> {
  const values = new Map<string, Uint8Array>()
  for (let i = 0; i + 1 < fields.length; i += 2) values.set(utf8(fields[i]!) ?? '', fields[i + 1]!)
  const textOf = (name: string) => utf8(values.get(name) ?? none) ?? ''
  const numberOf = (name: string) => (/^-?\d{1,16}$/.test(textOf(name)) ? Number(textOf(name)) : Number.NaN)
  if (textOf('v') !== '1') return wrongField('v', textOf('v'))
  const sid = textOf('s')
  if (!/^[\w-]{1,200}\.\d{1,15}\.[0-9a-f]{8}$/.test(sid)) return wrongField('s', sid)
  const number = numberOf('n')
  if (!(isCount(number) && number > 0)) return wrongField('n', textOf('n'))
  const [offset, error] = textOf('o') === '' && textOf('e') === '' ? [null, null] : [numberOf('o'), numberOf('e')]
  if (offset !== null && !Number.isSafeInteger(offset)) return wrongField('o', textOf('o'))
  if (error !== null && !isCount(error)) return wrongField('e', textOf('e'))
  const records = readRecords(values.get('d') ?? none)
  return records.ok ? success({ sid, number, offset, error, records: records.value }) : records
}

const none = new Uint8Array(0)
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0

const wrong = (at: number, en: string, zh: string) =>
  failure<LocalText>({
    en: `A frame of the feed cannot be read at byte ${at}: ${en}. It was left out.`,
    zh: `事件流中的一帧在第 ${at} 个字节处无法读懂：${zh}。已跳过它。`,
  })

const wrongField = (name: string, value: string) =>
  failure<LocalText>({
    en: `A frame of the feed cannot be read: “${plainText(value, 40)}” is not what its field “${name}” may hold. It was left out.`,
    zh: `事件流中的一帧无法读懂：“${plainText(value, 40)}”不是字段“${name}”可以有的值。已跳过它。`,
  })

// Neither DOM nor Node types are known here, and both runtimes have these two.
declare class TextEncoder {
  encodeInto(text: string, bytes: Uint8Array): { written: number }
}
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean; ignoreBOM: boolean })
  decode(bytes: Uint8Array): string
}
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Null where it is none. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
