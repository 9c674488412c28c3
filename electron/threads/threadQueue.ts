/** `queue.Queue`: a first-in first-out queue that any thread may put into and take from. Items cross as copies. */
import { deserialize, serialize } from 'node:v8'
import { here } from './context'
import { Stopped } from './controlBlock'
import { registerHandle } from './handles'

const lock = 0
const count = 1
const readAt = 2
const used = 3
const headerInts = 8
/** Before each item: its length, and the task that put it. */
const itemInts = 2
/** Bytes of serialized items under way; `put` waits while they do not fit. */
const capacity = 1024 * 1024

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
  readonly bytes: Uint8Array
  /** Id of the task that put it, −1: none. */
  readonly sender: number
}

export class ThreadQueue<T> {
  readonly #header: Int32Array
  readonly #bytes: Uint8Array
  readonly wire: Wire

  constructor(wire?: Wire) {
    this.wire = wire ?? {
      shared: new SharedArrayBuffer(headerInts * 4 + capacity),
      filled: here().control.newResource(),
      drained: here().control.newResource(),
    }
    this.#header = new Int32Array(this.wire.shared, 0, headerInts)
    this.#bytes = new Uint8Array(this.wire.shared, headerInts * 4)
  }

  /** Appends a copy of `item` (cloneable data). Blocks while 1 MiB of items wait. */
  put(item: T): void {
    const bytes = serialize(item)
    if (bytes.length + itemInts * 4 > capacity) throw new Error(`an item of ${bytes.length} bytes does not fit a thread queue`)
    const me = here()
    me.block('waiting', 'queue full', this.wire.drained, () => this.#locked(() => this.#push(bytes, me.task)))
    me.control.wake(this.wire.filled)
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
    me.control.wake(this.wire.drained)
    const item: T = deserialize(taken!.bytes)
    me.marker('message', typeof item === 'string' || typeof item === 'number' ? String(item) : '', taken!.sender)
    return item
  }

  /** Items waiting now. */
  qsize = () => Atomics.load(this.#header, count)

  #locked<R>(critical: () => R): R {
    while (Atomics.compareExchange(this.#header, lock, 0, 1) !== 0) {
      Atomics.wait(this.#header, lock, 1, 10)
      // The holder may have been killed with its run.
      if (here().control.stopped) throw new Stopped()
    }
    try {
      return critical()
    } finally {
      Atomics.store(this.#header, lock, 0)
      Atomics.notify(this.#header, lock, 1)
    }
  }

  #push(item: Uint8Array, sender: number): boolean {
    const need = item.length + itemInts * 4
    if (this.#header[used]! + need > capacity) return false
    const at = this.#header[readAt]! + this.#header[used]!
    this.#copyIn(at, new Uint8Array(Int32Array.of(item.length, sender).buffer))
    this.#copyIn(at + itemInts * 4, item)
    this.#header[used]! += need
    Atomics.add(this.#header, count, 1)
    return true
  }

  #shift(): Taken | undefined {
    if (this.#header[count] === 0) return undefined
    const at = this.#header[readAt]!
    const [length, sender] = new Int32Array(this.#copyOut(at, itemInts * 4).buffer) as unknown as [number, number]
    const bytes = this.#copyOut(at + itemInts * 4, length)
    const size = itemInts * 4 + length
    this.#header[readAt] = (at + size) % capacity
    this.#header[used]! -= size
    Atomics.sub(this.#header, count, 1)
    return { bytes, sender }
  }

  #copyIn(at: number, bytes: Uint8Array): void {
    const from = at % capacity
    const first = Math.min(bytes.length, capacity - from)
    this.#bytes.set(bytes.subarray(0, first), from)
    this.#bytes.set(bytes.subarray(first), 0)
  }

  #copyOut(at: number, length: number): Uint8Array {
    const from = at % capacity
    const out = new Uint8Array(length)
    const first = Math.min(length, capacity - from)
    out.set(this.#bytes.subarray(from, from + first))
    out.set(this.#bytes.subarray(0, length - first), first)
    return out
  }
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
