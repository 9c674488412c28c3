/**
 * The recorder's hot end: fixed-size marks in a SharedArrayBuffer ring, one ring a thread, one producer and one consumer. The producer never
 * waits: a full ring costs a counted drop. A thread that is killed leaves its marks behind.
 *
 * A mark is 32 bytes: f64 time (ns since the engine's epoch), u32 kind | code << 8 | lane << 16, u32 task, u32 text, u32 extra, f64 value.
 * A text is a mark of kind `text` (task = its id in this ring, extra = bytes of UTF-8) followed by as many 32-byte slots as the bytes need.
 */

/**
 * lane: code laneKinds, text name. task: code 1 + states or 0, lane, text name, extra the text of the function it runs, value its parent.
 * state: code states, text label. end: code ends, text error. marker: code markerKinds. level: text name, value.
 * claim: `lane` tasks from `task` on were taken by a reply that came at `time`; code envelopeKinds, value when they were pushed, NaN = not known.
 * settle: of as many the server answered at `time` what became of them; code settlements, value when it was told.
 */
export const markKinds = ['text', 'lane', 'task', 'state', 'end', 'marker', 'output', 'level', 'claim', 'settle'] as const
export type MarkKind = (typeof markKinds)[number]
export const markCode = Object.fromEntries(markKinds.map((kind, code) => [kind, code])) as Record<MarkKind, number>

export interface Mark {
  readonly time: number
  readonly kind: MarkKind
  readonly code: number
  readonly lane: number
  readonly task: number
  readonly text: string
  /** Of a task: the function that it runs. */
  readonly target: string
  /** Of a task: the id of its parent, -1 = none. Of a level: its value. Of a claim and a settlement: an earlier time. */
  readonly value: number
}

const slotBytes = 32
const headerInts = 8
const head = 0
const tail = 1
const dropped = 2
/** 2 MiB of address space a thread; the system gives pages only as they are written. At 150,000 tasks a second it lasts a tenth of one. */
export const defaultSlots = 65_536
/** Texts that repeat are written once; unbounded payloads must not fill the memory of the thread that is watched. */
const internedTexts = 4096
const longestText = 2000
/** Slots: so many that were read are given back to the writer at once, which may fill the ring again while a round lasts. */
const givenBackAtOnce = 256
/** One slot in so many is kept for ends: in a flood of marks, what ended is still known not to have been killed. */
const endsShare = 8

export function createRing(slots = defaultSlots): SharedArrayBuffer {
  if ((slots & (slots - 1)) !== 0) throw new Error(`a ring's slots must be a power of two, not ${slots}`)
  return new SharedArrayBuffer(headerInts * 4 + slots * slotBytes)
}

/** Makes it as new. Nobody may write into it or read it any more. */
export function clearRing(ring: SharedArrayBuffer): void {
  new Int32Array(ring, 0, headerInts).fill(0)
}

/** Nanoseconds since `epoch` on the clock that all threads of the process share. */
export const clock = (epoch: bigint) => Number(process.hrtime.bigint() - epoch)

export class MarkWriter {
  readonly #header: Int32Array
  readonly #floats: Float64Array
  readonly #words: Uint32Array
  readonly #bytes: Uint8Array
  readonly #mask: number
  readonly #keptForEnds: number
  readonly #encoder = new TextEncoder()
  readonly #texts = new Map<string, number>()
  #nextText = 1

  constructor(
    ring: SharedArrayBuffer,
    readonly epoch: bigint,
  ) {
    this.#header = new Int32Array(ring, 0, headerInts)
    this.#floats = new Float64Array(ring, headerInts * 4)
    this.#words = new Uint32Array(ring, headerInts * 4)
    this.#bytes = new Uint8Array(ring, headerInts * 4)
    this.#mask = (ring.byteLength - headerInts * 4) / slotBytes - 1
    this.#keptForEnds = (this.#mask + 1) / endsShare
  }

  now(): number {
    return Number(process.hrtime.bigint() - this.epoch)
  }

  /** Slots that are free, those kept for ends among them: a mark takes one, and a text that is new one and as many as its bytes need. */
  get room(): number {
    return this.#room(this.#header[head]!)
  }

  /** `text` and `target` must be short and should repeat; they are cut at 2,000 characters. */
  mark(kind: number, code: number, lane: number, task: number, text = '', time = this.now(), target = '', value = 0): void {
    const kept = kind === markCode.end ? 0 : this.#keptForEnds
    const textId = text === '' ? 0 : this.#text(text, kept)
    const targetId = target === '' ? 0 : this.#text(target, kept)
    this.#append(time, kind | (code << 8) | (lane << 16), task, textId, targetId, value, kept)
  }

  /** The declaration of a task that is called `target-number`, as no other is: a name that is neither made for it nor kept. */
  markNumbered(code: number, lane: number, task: number, number: number, target: string, parent: number): void {
    const kept = this.#keptForEnds
    const time = this.now()
    const textId = this.#newText(target, kept, number)
    this.#append(time, markCode.task | (code << 8) | (lane << 16), task, textId, this.#text(target, kept), parent, kept)
  }

  #append(time: number, what: number, task: number, text: number, extra: number, value: number, kept: number): void {
    const at = this.#header[head]!
    if (this.#room(at) - kept < 1) {
      Atomics.add(this.#header, dropped, 1)
      return
    }
    this.#write(at, time, what, task, text, extra, value)
    Atomics.store(this.#header, head, (at + 1) | 0)
  }

  #room(at: number): number {
    return this.#mask + 1 - ((at - Atomics.load(this.#header, tail)) | 0)
  }

  #write(at: number, time: number, what: number, task: number, text: number, extra: number, value = 0): void {
    const slot = at & this.#mask
    this.#floats[slot * 4] = time
    this.#floats[slot * 4 + 3] = value
    const word = slot * 8
    this.#words[word + 2] = what
    this.#words[word + 3] = task
    this.#words[word + 4] = text
    this.#words[word + 5] = extra
  }

  /** The text's id in this ring; 0 where there was no room for it: the mark is kept without its words. */
  #text(text: string, kept: number): number {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    const id = this.#newText(text, kept)
    if (id === 0) return id
    if (this.#texts.size >= internedTexts) this.#texts.clear()
    this.#texts.set(text, id)
    return id
  }

  /** As #text, for one that is not known here; `number`: follows it, after a hyphen. */
  #newText(text: string, kept: number, number = -1): number {
    const at = this.#header[head]!
    const room = (this.#room(at) - kept - 1) * slotBytes
    const id = this.#nextText
    // A task's name is ASCII as a rule, and the encoder takes a microsecond.
    let length = this.#putAscii(text, at, room, number)
    if (length < 0) length = this.#putBytes(this.#encoder.encode(cut(number < 0 ? text : `${text}-${number}`)), at, room)
    if (length < 0) {
      Atomics.add(this.#header, dropped, 1)
      return 0
    }
    this.#nextText++
    this.#write(at, 0, markCode.text, id, 0, length)
    Atomics.store(this.#header, head, (at + 1 + slotsOf(length)) | 0)
    return id
  }

  /** Puts the text behind the mark at `at`; its length in bytes, or -1 where it is not ASCII, too long or does not fit. */
  #putAscii(text: string, at: number, room: number, number: number): number {
    const digits = digitsOf(number)
    const { length } = text
    if (length > longestText || length + digits >= room) return -1
    const start = ((at + 1) & this.#mask) * slotBytes
    const wrap = this.#bytes.length - 1
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code >= 0x80) return -1
      this.#bytes[(start + i) & wrap] = code
    }
    if (digits === 0) return length
    this.#bytes[(start + length) & wrap] = hyphen
    for (let i = digits, rest = number; i > 0; i--, rest = Math.floor(rest / 10))
      this.#bytes[(start + length + i) & wrap] = zero + (rest % 10)
    return length + 1 + digits
  }

  #putBytes(bytes: Uint8Array, at: number, room: number): number {
    if (bytes.length > room) return -1
    const start = ((at + 1) & this.#mask) * slotBytes
    const wrap = this.#bytes.length - 1
    for (let i = 0; i < bytes.length; i++) this.#bytes[(start + i) & wrap] = bytes[i]!
    return bytes.length
  }
}

/** Of a text of so many bytes. */
const slotsOf = (bytes: number) => Math.ceil(bytes / slotBytes)

const hyphen = 0x2d
const zero = 0x30
/** None of a negative number, which stands for none. */
function digitsOf(number: number): number {
  let digits = 0
  for (let power = 1; power <= number; power *= 10) digits++
  return digits
}

const cut = (text: string) => (text.length > longestText ? `${text.slice(0, longestText)}…` : text)

/** What gives marks in order of time. */
export interface MarkSource {
  /** Time of the next mark; Infinity: there is none. */
  nextTime(): number
  /** Takes the next mark, only where there is one. Valid until the next call. */
  take(): Mark
}

export class MarkReader implements MarkSource {
  readonly #header: Int32Array
  readonly #floats: Float64Array
  readonly #words: Uint32Array
  readonly #bytes: Buffer
  readonly #mask: number
  readonly #texts: string[] = ['']
  /** The slot that comes next, and the one that is not read in this round. */
  #at = 0
  #end = 0
  /** Slots before it are the writer's. */
  #givenBack = 0
  #fullSince = 0
  /** One object for all marks: there are up to a million a second. */
  readonly #mark = { time: 0, kind: 'text' as MarkKind, code: 0, lane: 0, task: 0, text: '', target: '', value: 0 }

  constructor(ring: SharedArrayBuffer) {
    this.#header = new Int32Array(ring, 0, headerInts)
    this.#floats = new Float64Array(ring, headerInts * 4)
    this.#words = new Uint32Array(ring, headerInts * 4)
    this.#bytes = Buffer.from(ring, headerInts * 4)
    this.#mask = (ring.byteLength - headerInts * 4) / slotBytes - 1
    this.#at = this.#header[tail]!
    this.#end = this.#at
    this.#givenBack = this.#at
  }

  get dropped(): number {
    return Atomics.load(this.#header, dropped)
  }

  /** Begins a round, in which what has been written until now can be taken. */
  open(): void {
    this.#end = Atomics.load(this.#header, head)
  }
  /** Ends it: the room of all that was taken is free again. */
  close(): void {
    this.#giveBack()
  }

  nextTime(): number {
    while (this.#at !== this.#end) {
      const slot = this.#at & this.#mask
      if ((this.#words[slot * 8 + 2]! & 0xff) !== markCode.text) return this.#floats[slot * 4]!
      this.#takeText(slot * 8)
    }
    return Number.POSITIVE_INFINITY
  }

  take(): Mark {
    if (((this.#at - this.#givenBack) | 0) >= givenBackAtOnce) this.#giveBack()
    const slot = this.#at & this.#mask
    this.#at = (this.#at + 1) | 0
    const word = slot * 8
    const what = this.#words[word + 2]!
    const mark = this.#mark
    mark.time = this.#floats[slot * 4]!
    mark.kind = markKinds[what & 0xff] ?? 'text'
    if (mark.kind !== 'end') this.#fullSince = mark.time
    mark.code = (what >> 8) & 0xff
    mark.lane = what >>> 16
    mark.task = this.#words[word + 3]!
    mark.text = this.#texts[this.#words[word + 4]!] ?? ''
    mark.target = this.#texts[this.#words[word + 5]!] ?? ''
    mark.value = this.#floats[slot * 4 + 3]!
    return mark
  }

  /** Time of the last mark that was written until this round and that a full ring would not have taken. */
  fullSince(): number {
    let since = this.#fullSince
    for (let at = this.#at; at !== this.#end; at = (at + 1) | 0) {
      const slot = at & this.#mask
      const kind = this.#words[slot * 8 + 2]! & 0xff
      if (kind === markCode.text) at += slotsOf(this.#words[slot * 8 + 5]!)
      else if (kind !== markCode.end) since = this.#floats[slot * 4]!
    }
    return since
  }

  /** Appends what has been written since the last call to `into`. */
  drain(into: Mark[]): void {
    this.open()
    while (this.nextTime() !== Number.POSITIVE_INFINITY) into.push({ ...this.take() })
    this.close()
  }

  #giveBack(): void {
    Atomics.store(this.#header, tail, this.#at)
    this.#givenBack = this.#at
  }

  #takeText(word: number): void {
    const length = this.#words[word + 5]!
    this.#at = (this.#at + 1) | 0
    this.#texts[this.#words[word + 3]!] = this.#readText(length)
    this.#at = (this.#at + slotsOf(length)) | 0
  }

  #readText(length: number): string {
    const bytes = this.#bytes
    const from = (this.#at & this.#mask) * slotBytes
    const untilEnd = bytes.length - from
    if (length <= untilEnd) return bytes.toString('utf8', from, from + length)
    return Buffer.concat([bytes.subarray(from), bytes.subarray(0, length - untilEnd)]).toString()
  }
}
