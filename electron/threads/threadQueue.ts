/** `queue.Queue`: a first-in first-out queue that any thread may put into and take from. Items cross as copies. */
import { deserialize, serialize } from 'node:v8'
import { here } from './context'
import { Stopped } from './controlBlock'
import { registerHandle } from './handles'

const lock = 0
const count = 1
const readAt = 2
const used = 3
/** 1: a `put` found no room since the last `get`. */
const crowded = 4
const headerInts = 8
/** The lock's word. A holder tells those that wait only where it finds `contended`: to tell nobody costs as much as a dozen other steps. */
const free = 0
const held = 1
const contended = 2
/** Before each item: its length, for a text −1 − its length, and the task that put it. */
const itemBytes = 8
/** Bytes of items under way, each on whole fours; `put` waits while they do not fit. */
const capacity = 1024 * 1024
/** A text of so many characters, each of one byte, crosses as it is: serializing it would cost ten times as much. */
const longestText = 256
const codes = new Uint16Array(longestText)

/** `get(timeout)` found nothing in time. Named after Python's exception. */
export class Empty extends Error {
  override name = 'Empty'
}

interface Wire {
  readonly shared: SharedArrayBuffer
  readonly filled: number
  readonly drained: number
}

interface Taken {
  /** A text, or a serialized item. */
  readonly packed: string | Uint8Array
  /** Id of the task that put it, −1: none. */
  readonly sender: number
  /** A `put` waits for room. */
  readonly crowded: boolean
}

export class ThreadQueue<T> {
  readonly #header: Int32Array
  readonly #bytes: Uint8Array
  readonly #ints: Int32Array
  readonly wire: Wire

  constructor(wire?: Wire) {
    this.wire = wire ?? {
      shared: new SharedArrayBuffer(headerInts * 4 + capacity),
      filled: here().control.newResource(),
      drained: here().control.newResource(),
    }
    this.#header = new Int32Array(this.wire.shared, 0, headerInts)
    this.#bytes = new Uint8Array(this.wire.shared, headerInts * 4)
    this.#ints = new Int32Array(this.wire.shared, headerInts * 4)
  }

  /** Appends a copy of `item` (cloneable data). Blocks while 1 MiB of items wait. */
  put(item: T): void {
    const packed = isShortText(item) ? item : serialize(item)
    if (sizeOf(packed.length) > capacity) throw new Error(`an item of ${packed.length} bytes does not fit a thread queue`)
    const me = here()
    let wasEmpty = false
    const push = () => {
      const before = this.#locked(() => this.#push(packed, me.task))
      wasEmpty = before === 0
      return before !== undefined
    }
    me.block('waiting', 'queue full', this.wire.drained, push)
    // Whoever waits found it empty, and the first item after that woke all who did.
    if (wasEmpty) me.control.wake(this.wire.filled)
  }

  /** Takes the oldest item, blocking until there is one; throws `Empty` after `timeout` programme seconds. Its arrival is a marker of its sender. */
  get(timeout?: number): T {
    const me = here()
    let taken: Taken | undefined
    const poll = () => {
      taken = this.#locked(() => this.#shift())
      return taken !== undefined
    }
    if (!me.block('waiting', 'queue', this.wire.filled, poll, timeout)) throw new Empty(`nothing came in ${timeout} s`)
    if (taken!.crowded) me.control.wake(this.wire.drained)
    const { packed } = taken!
    const item: T = typeof packed === 'string' ? packed : deserialize(packed)
    me.marker('message', typeof item === 'string' || typeof item === 'number' ? String(item) : '', taken!.sender)
    return item
  }

  /** Items waiting now. */
  qsize = () => Atomics.load(this.#header, count)

  #locked<R>(critical: () => R): R {
    if (Atomics.compareExchange(this.#header, lock, free, held) !== free) this.#waitForLock()
    try {
      return critical()
    } finally {
      if (Atomics.exchange(this.#header, lock, free) === contended) Atomics.notify(this.#header, lock, 1)
    }
  }

  /** Others may wait, too, so that it is held as contended: Drepper, “Futexes Are Tricky”, mutex 2. */
  #waitForLock(): void {
    while (Atomics.exchange(this.#header, lock, contended) !== free) {
      Atomics.wait(this.#header, lock, contended, 10)
      // The holder may have been killed with its run.
      if (here().control.stopped) throw new Stopped()
    }
  }

  /** Returns how many items there were before; undefined: it does not fit. */
  #push(item: Uint8Array | string, sender: number): number | undefined {
    const header = this.#header
    const size = sizeOf(item.length)
    if (header[used]! + size > capacity) {
      header[crowded] = 1
      return undefined
    }
    const at = (header[readAt]! + header[used]!) % capacity
    this.#ints[at >> 2] = typeof item === 'string' ? -1 - item.length : item.length
    this.#ints[((at + 4) % capacity) >> 2] = sender
    const from = (at + itemBytes) % capacity
    if (typeof item !== 'string') this.#copyIn(from, item)
    else for (let i = 0; i < item.length; i++) this.#bytes[(from + i) % capacity] = item.charCodeAt(i)
    header[used]! += size
    return Atomics.add(header, count, 1)
  }

  #shift(): Taken | undefined {
    const header = this.#header
    if (header[count] === 0) return undefined
    const at = header[readAt]!
    const told = this.#ints[at >> 2]!
    const sender = this.#ints[((at + 4) % capacity) >> 2]!
    const length = told < 0 ? -1 - told : told
    const from = (at + itemBytes) % capacity
    const packed = told < 0 ? this.#text(from, length) : this.#copyOut(from, length)
    const size = sizeOf(length)
    header[readAt] = (at + size) % capacity
    header[used]! -= size
    Atomics.sub(header, count, 1)
    const taken = { packed, sender, crowded: header[crowded] === 1 }
    header[crowded] = 0
    return taken
  }

  #text(from: number, length: number): string {
    for (let i = 0; i < length; i++) codes[i] = this.#bytes[(from + i) % capacity]!
    return String.fromCharCode(...codes.subarray(0, length))
  }

  #copyIn(from: number, bytes: Uint8Array): void {
    const first = Math.min(bytes.length, capacity - from)
    this.#bytes.set(bytes.subarray(0, first), from)
    this.#bytes.set(bytes.subarray(first), 0)
  }

  #copyOut(from: number, length: number): Uint8Array {
    const out = new Uint8Array(length)
    const first = Math.min(length, capacity - from)
    out.set(this.#bytes.subarray(from, from + first))
    out.set(this.#bytes.subarray(0, length - first), first)
    return out
  }
}

const sizeOf = (length: number) => itemBytes + ((length + 3) & ~3)

function isShortText(item: unknown): item is string {
  if (typeof item !== 'string' || item.length > longestText) return false
  for (let i = 0; i < item.length; i++) if (item.charCodeAt(i) > 0xff) return false
  return true
}

/** One object a queue and thread, however often its handle arrives. */
const known = new Map<number, ThreadQueue<unknown>>()
registerHandle({
  kind: 'threadQueue',
  is: (value) => value instanceof ThreadQueue,
  encode: (queue: ThreadQueue<unknown>) => queue.wire,
  decode: (wire: Wire) => {
    const queue = known.get(wire.filled) ?? new ThreadQueue<unknown>(wire)
    known.set(wire.filled, queue)
    return queue
  },
  kept: { idOf: (queue: ThreadQueue<unknown>) => queue.wire.filled, byId: (id) => known.get(id) },
})
