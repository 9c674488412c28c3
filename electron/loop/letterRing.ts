/**
 * The fast way of a submission: numbers, words and handles that have crossed before go through shared memory, one ring a line, one producer and one
 * consumer. A port costs more, and most where a loop was idle and its code has gone cold. What does not fit or is not plain takes the port all the same.
 *
 * In units of 8 bytes. A letter: i32 order, i32 kind | arguments << 8; i32 task or ticket, spare; the name of what it calls; its arguments. A name or an
 * argument: i32 tag, i32 length or place, and what the tag wants: a f64, or UTF-16 in as many units as it takes.
 */
import { type KnownHandle, knownHandle } from '../threads/handles'
import type { Letter, Submission } from './loopMessages'

/** Some fifteen thousand submissions; the system gives pages only as they are written. */
const defaultBytes = 1024 * 1024
const headerInts = 4
const head = 0
const tail = 1
const byPort = 2
const longestText = 4096
/** Programmes pass a handful; their number has 24 bits. */
const mostArguments = 100

const calls = 0
const coroutines = 1
const cancels = 2
const stops = 3
const completes = 4

const aNumber = 0
const aText = 1
const isTrue = 2
const isFalse = 3
const isNull = 4
const isUndefined = 5
/** A handle that has crossed: the name of its kind, its id. */
const aHandle = 6
/** A name by its place, and one that takes the next place. */
const knownName = 7
const newName = 8

/** `bytes`: a power of two. */
export const createLetterRing = (bytes = defaultBytes) => new SharedArrayBuffer(headerInts * 4 + bytes)

const keyOf = ({ handleKind, id }: KnownHandle) => `${handleKind} ${id}`

abstract class RingEnd {
  protected readonly header: Int32Array
  protected readonly ints: Int32Array
  protected readonly floats: Float64Array
  protected readonly chars: Uint16Array
  protected readonly mask: number
  /** The unit that comes next. */
  protected at = 0

  constructor(shared: SharedArrayBuffer) {
    this.header = new Int32Array(shared, 0, headerInts)
    this.ints = new Int32Array(shared, headerInts * 4)
    this.floats = new Float64Array(shared, headerInts * 4)
    this.chars = new Uint16Array(shared, headerInts * 4)
    this.mask = this.floats.length - 1
  }
}

/** The submitting thread's end. */
export class LetterWriter extends RingEnd {
  /** The first unit that is not free. */
  #limit = 0
  /** Names that repeat cross once. */
  readonly #places = new Map<string, number>()
  #nextPlace = 0
  /** Names of the letter under way that are new. */
  #fresh: string[] = []
  /** Handles that have crossed. */
  readonly #handles = new Set<string>()

  /** False, and nothing written, where the letter has to take the port. */
  write(letter: Letter): boolean {
    this.at = this.header[head]!
    this.#limit = (Atomics.load(this.header, tail) + this.mask + 1) | 0
    this.#fresh = []
    if (!this.#letter(letter)) return false
    for (const name of this.#fresh) this.#places.set(name, this.#nextPlace++)
    Atomics.store(this.header, head, this.at)
    return true
  }

  /** A letter has taken the port: the other side knows its handles from now on. */
  countByPort(values: readonly unknown[]): void {
    Atomics.add(this.header, byPort, 1)
    for (const value of values) {
      const handle = knownHandle(value)
      if (handle) this.#handles.add(keyOf(handle))
    }
  }

  #letter(letter: Letter): boolean {
    const { order } = letter
    switch (letter.type) {
      case 'call':
      case 'coroutine':
        return this.#submission(order, letter)
      case 'cancel':
        return this.#pair(order, cancels) && this.#pair(letter.task, 0)
      case 'stop':
        return this.#pair(order, stops) && this.#pair(0, 0)
      case 'complete':
        return this.#pair(order, completes) && this.#pair(letter.ticket, 0) && this.#value(letter.value)
      default:
        return false
    }
  }

  #submission(order: number, { type, task, target, values }: Submission): boolean {
    if (values.length > mostArguments) return false
    const kind = type === 'call' ? calls : coroutines
    if (!this.#pair(order, kind | (values.length << 8)) || !this.#pair(task, 0) || !this.#name(target)) return false
    for (const value of values) if (!this.#value(value)) return false
    return true
  }

  #value(value: unknown): boolean {
    switch (typeof value) {
      case 'number':
        return this.#pair(aNumber, 0) && this.#number(value)
      case 'string':
        return this.#text(aText, value)
      case 'boolean':
        return this.#pair(value ? isTrue : isFalse, 0)
      case 'undefined':
        return this.#pair(isUndefined, 0)
      case 'object': {
        if (value === null) return this.#pair(isNull, 0)
        const handle = knownHandle(value)
        if (!handle || !this.#handles.has(keyOf(handle))) return false
        return this.#pair(aHandle, 0) && this.#name(handle.handleKind) && this.#number(handle.id)
      }
      default:
        return false
    }
  }

  #name(name: string): boolean {
    const place = this.#places.get(name)
    if (place !== undefined) return this.#pair(knownName, place)
    this.#fresh.push(name)
    return this.#text(newName, name)
  }

  #text(tag: number, text: string): boolean {
    const { length } = text
    const units = (length + 3) >> 2
    if (length > longestText || !this.#fits(1 + units)) return false
    this.#pair(tag, length)
    for (let i = 0; i < length; i++) this.chars[((this.at + (i >> 2)) & this.mask) * 4 + (i & 3)] = text.charCodeAt(i)
    this.at = (this.at + units) | 0
    return true
  }

  #pair(first: number, second: number): boolean {
    if (!this.#fits(1)) return false
    const word = (this.at & this.mask) * 2
    this.ints[word] = first
    this.ints[word + 1] = second
    this.at = (this.at + 1) | 0
    return true
  }

  #number(value: number): boolean {
    if (!this.#fits(1)) return false
    this.floats[this.at & this.mask] = value
    this.at = (this.at + 1) | 0
    return true
  }

  #fits(units: number): boolean {
    return ((this.#limit - this.at) | 0) >= units
  }
}

/** The loop's end. */
export class LetterReader extends RingEnd {
  readonly #names: string[] = []
  readonly #codes = new Uint16Array(longestText)

  /** Letters that have taken the port. */
  get byPort(): number {
    return Atomics.load(this.header, byPort)
  }

  /** The order of the next letter; undefined: there is none. */
  order(): number | undefined {
    this.at = this.header[tail]!
    return this.at === Atomics.load(this.header, head) ? undefined : this.ints[(this.at & this.mask) * 2]!
  }

  /** Takes the next letter; only where there is one. */
  read(): Letter {
    this.at = this.header[tail]!
    const letter = this.#letter()
    Atomics.store(this.header, tail, this.at)
    return letter
  }

  #letter(): Letter {
    const order = this.#int(0)
    const kind = this.#int(1) & 0xff
    const count = this.#int(1) >>> 8
    const task = this.#int(2)
    this.at = (this.at + 2) | 0
    switch (kind) {
      case calls:
        return { order, type: 'call', task, target: this.#name(), values: this.#values(count) }
      case coroutines:
        return { order, type: 'coroutine', task, target: this.#name(), values: this.#values(count) }
      case cancels:
        return { order, type: 'cancel', task }
      case completes:
        return { order, type: 'complete', ticket: task, value: this.#value() }
      default:
        return { order, type: 'stop' }
    }
  }

  #values(count: number): unknown[] {
    const values: unknown[] = []
    for (let i = 0; i < count; i++) values.push(this.#value())
    return values
  }

  #value(): unknown {
    const tag = this.#int(0)
    const length = this.#int(1)
    this.at = (this.at + 1) | 0
    switch (tag) {
      case aNumber:
        return this.#number()
      case aText:
        return this.#text(length)
      case isTrue:
        return true
      case isFalse:
        return false
      case isNull:
        return null
      case aHandle:
        return { handleKind: this.#name(), id: this.#number() } satisfies KnownHandle
      default:
        return undefined
    }
  }

  #name(): string {
    const tag = this.#int(0)
    const length = this.#int(1)
    this.at = (this.at + 1) | 0
    if (tag === knownName) return this.#names[length]!
    const name = this.#text(length)
    this.#names.push(name)
    return name
  }

  #text(length: number): string {
    const codes = this.#codes
    for (let i = 0; i < length; i++) codes[i] = this.chars[((this.at + (i >> 2)) & this.mask) * 4 + (i & 3)]!
    const text = String.fromCharCode(...codes.subarray(0, length))
    this.at = (this.at + ((length + 3) >> 2)) | 0
    return text
  }

  #number(): number {
    const value = this.floats[this.at & this.mask]!
    this.at = (this.at + 1) | 0
    return value
  }

  /** The 32-bit word so many after the next unit's first. */
  #int(offset: number): number {
    return this.ints[((this.at + (offset >> 1)) & this.mask) * 2 + (offset & 1)]!
  }
}
